#include "tools/carehub/demo_adapters.hpp"

#include <charconv>
#include <thread>

#include <boost/json.hpp>

#include "hub/daemon/data_folder.hpp"
#include "tools/carehub/demo_hub.hpp"
#include "tools/carehub/demo_limits.hpp"

namespace carehub::tool::demo {
namespace {

namespace fs = std::filesystem;

Status failed(const std::string& what, const std::error_code& error) {
    return fail(ErrorCode::Io, "cannot " + what + ": " + error.message());
}

/// Adapters may ask a file when it was written.
Status keep_times(const fs::path& from, const fs::path& to) {
    std::error_code error;
    for (const auto& entry : fs::recursive_directory_iterator(from, error)) {
        const auto written = fs::last_write_time(entry.path(), error);
        if (!error && entry.is_regular_file()) {
            fs::last_write_time(to / fs::relative(entry.path(), from), written, error);
        }
        if (error) {
            return failed("keep the times of a set", error);
        }
    }
    return error ? failed("read a set", error) : Status{};
}

Status copy_with_times(const fs::path& from, const fs::path& to) {
    std::error_code error;
    fs::copy(from, to, fs::copy_options::recursive, error);
    if (error) {
        return failed("copy " + from.string(), error);
    }
    if (fs::is_directory(from)) {
        return keep_times(from, to);
    }
    fs::last_write_time(to, fs::last_write_time(from), error);
    return error ? failed("keep the time of " + from.string(), error) : Status{};
}

std::uint64_t number_at(const boost::json::object& object, std::string_view key) {
    const boost::json::value* value = object.if_contains(key);
    return value != nullptr && value->is_int64() ? static_cast<std::uint64_t>(value->get_int64())
                                                 : 0;
}

}  // namespace

Result<Adapters> Adapters::start(const DemoFolder& folder) {
    Adapters adapters(folder);
    for (const DemoPartner& partner : kPartners) {
        CAREHUB_TRY_DONE(adapters.launch(partner));
    }
    // Started all at once, then awaited one by one.
    for (auto& [partner, process] : adapters.processes_) {
        CAREHUB_TRY(const std::string listens, ready_value(process, "listen"));
        if (partner == kListens) {
            const std::string port = listens.substr(listens.rfind(':') + 1);
            std::from_chars(port.data(), port.data() + port.size(), adapters.mllp_port_);
        }
    }
    return adapters;
}

Status Adapters::prepare(const DemoPartner& partner) const {
    std::error_code error;
    for (const char* name : {"inbox", "done", "refused"}) {
        fs::create_directories(folder_.partner(partner.name) / name, error);
    }
    fs::copy_file(folder_.county() / "config" / folder_.config(partner.name).filename(),
                  folder_.config(partner.name), error);
    return error ? failed("make an adapter's folder", error) : Status{};
}

Status Adapters::launch(const DemoPartner& partner) {
    CAREHUB_TRY_DONE(prepare(partner));
    CAREHUB_TRY(Process process,
                Process::start({"--link", folder_.link(std::string(partner.name)).string(),
                                "adapter", std::string(partner.adapter), "--config",
                                folder_.config(partner.name).string()},
                               folder_.log(partner.name)));
    processes_.emplace(partner.name, std::move(process));
    return {};
}

Status Adapters::deliver(const std::string& partner, const fs::path& file,
                         const std::string& name) {
    // Adapters pass over names that end in .tmp, so that nothing is read half.
    const fs::path unfinished = folder_.inbox(partner) / (name + ".tmp");
    CAREHUB_TRY_DONE(copy_with_times(file, unfinished));
    std::error_code error;
    fs::rename(unfinished, folder_.inbox(partner) / name, error);
    if (error) {
        return failed("deliver " + name, error);
    }
    ++delivered_[partner];
    return {};
}

bool Adapters::is_idle(const std::string& partner, std::uint64_t files) const {
    const auto text = daemon::read_text(folder_.idle_file(partner));
    if (!text) {
        return false;
    }
    boost::json::error_code error;
    const boost::json::value told = boost::json::parse(*text, error);
    return !error && told.is_object() && number_at(told.get_object(), "files_done") >= files &&
           number_at(told.get_object(), "spooled") == 0;
}

Status Adapters::wait_until_idle() const {
    const Countdown countdown(kDayMax);
    for (const auto& [partner, files] : delivered_) {
        while (!is_idle(partner, files)) {
            if (countdown.is_over()) {
                return fail(ErrorCode::Timeout, "the " + partner +
                                                    " adapter did not finish its files; see " +
                                                    folder_.log(partner).string());
            }
            std::this_thread::sleep_for(kLookAgain);
        }
    }
    return {};
}

std::uint64_t Adapters::delivered() const {
    std::uint64_t files = 0;
    for (const auto& [partner, count] : delivered_) {
        files += count;
    }
    return files;
}

Status Adapters::stop() {
    for (auto& [partner, process] : processes_) {
        CAREHUB_TRY(const int code, process.stop(kStopMax));
        if (code != 0) {
            return fail(ErrorCode::Invalid, "the " + partner + " adapter ended with " +
                                                std::to_string(code) + "; see " +
                                                folder_.log(partner).string());
        }
    }
    return {};
}

}  // namespace carehub::tool::demo
