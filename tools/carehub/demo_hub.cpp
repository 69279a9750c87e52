#include "tools/carehub/demo_hub.hpp"

#include <csignal>

#include <boost/json.hpp>

#include "tools/carehub/demo_limits.hpp"
#include "tools/carehub/output.hpp"

namespace carehub::tool::demo {
namespace {

constexpr int kEndedBySignal = 128;  ///< exit codes of Process::wait

}  // namespace

Result<std::string> ready_value(Process& process, const std::string& key) {
    CAREHUB_TRY(const std::string line, process.read_line(kReadyMax));
    boost::json::error_code error;
    const boost::json::value ready = boost::json::parse(line, error);
    if (error || !ready.is_object() || !ready.get_object().contains("ready")) {
        return fail(ErrorCode::Invalid, "a process said something else than that it is ready");
    }
    return text_at(ready.get_object(), key);
}

Result<HubProcess> HubProcess::start(const DemoFolder& folder) {
    HubProcess hub(folder);
    CAREHUB_TRY_DONE(hub.launch("0"));
    return hub;
}

Status HubProcess::launch(const std::string& port) {
    CAREHUB_TRY(Process process,
                Process::start({"--data", folder_.hub().string(), "hub", "--port", port},
                               folder_.log("hub")));
    CAREHUB_TRY(endpoint_, ready_value(process, "endpoint"));
    process_ = std::move(process);
    return {};
}

Status HubProcess::kill_and_restart() {
    CAREHUB_TRY_DONE(process_->kill());
    // A hub that ended by itself must not pass for a killed one.
    CAREHUB_TRY(const int code, process_->wait(kStopMax));
    if (code != kEndedBySignal + SIGKILL) {
        return fail(ErrorCode::Invalid, "the hub had ended with " + std::to_string(code) +
                                            " before it was killed; see " +
                                            folder_.log("hub").string());
    }
    ++kills_;
    return launch(port());
}

Status HubProcess::stop() {
    CAREHUB_TRY(const int code, process_->stop(kStopMax));
    if (code != 0) {
        return fail(ErrorCode::Invalid, "the hub ended with " + std::to_string(code) +
                                            " when asked to stop; see " +
                                            folder_.log("hub").string());
    }
    return {};
}

}  // namespace carehub::tool::demo
