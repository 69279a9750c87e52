#include "tools/carehub/bench/mllp.hpp"

#include <fstream>
#include <functional>

#include "adapters/clinic/read_message.hpp"
#include "tools/carehub/bench/accounts.hpp"
#include "tools/carehub/bench/events.hpp"
#include "tools/carehub/bench/hub_process.hpp"
#include "tools/carehub/bench/mllp_load.hpp"
#include "tools/carehub/bench/world.hpp"
#include "tools/carehub/output.hpp"

namespace carehub::tool::bench {
namespace {

using std::chrono::milliseconds;
namespace json = boost::json;

constexpr std::size_t kMessageBytes = 1'024;
constexpr std::uint64_t kMessagesRead = 500'000;
constexpr std::uint64_t kMessagesKept = 100'000;  ///< far more than caches hold
constexpr milliseconds kReadyMax{60'000};
constexpr milliseconds kStopMax{60'000};

/// A discharge as hospitals send it, filled up to 1 KB with what the adapter does not read.
std::string discharge(std::uint64_t index, std::uint64_t clients) {
    const Identifier id = Events::identifier(index % clients);
    const std::string number = std::to_string(index + 1);
    std::string message =
        "MSH|^~\\&|EHR|NORTH|HUB|COUNTY|20260709120000||ADT^A03^ADT_A03|" + number +
        "|P|2.5.1\rEVN||20260709115900|||op|20260709113000\rPID|1||" + id.value + "^^^" +
        id.authority + "^" + id.type +
        "||TESTPERSON^SAMPLE^^^^^L||19800115|F\rPV1|1|I|WARD1^12^A^MAIN|||ED^1|||||||||||||V" +
        number + "^^^NORTH|||||||||||||||||01|HOME||NORTH|||||202607011130|202607091000\rZZZ|1|";
    message.append(kMessageBytes - 1 - std::min(message.size(), kMessageBytes - 1), 'x');
    return message + '\r';
}

/// The port behind the last colon of a ready line's "listen".
std::uint16_t port_of(const std::string& line) {
    const std::string listen = text_at(parse_line(line), "listen");
    return static_cast<std::uint16_t>(std::stoul(listen.substr(listen.rfind(':') + 1)));
}

/// Hub and adapter as processes of their own.
class Clinic {
public:
    static Result<Clinic> start(World& world) {
        CAREHUB_TRY(HubProcess hub, HubProcess::start(world.folder.path(), world.folder.log()));
        adapters::LinkFile link = world.links.publishers.front();
        link.endpoint = hub.endpoint;
        const auto link_path = world.folder.path() / "bench-clinic.carehub";
        const auto config_path = world.folder.path() / "bench-clinic.toml";
        CAREHUB_TRY_DONE(adapters::write_link_file(link_path, link));
        std::ofstream(config_path) << "[feed]\nname = \"bench\"\nzone = \"America/New_York\"\n"
                                      "authority = \"BENCH\"\n[listen]\nport = 0\n";
        CAREHUB_TRY(Process adapter,
                    Process::start({"adapter", "clinic", "--link", link_path.string(), "--config",
                                    config_path.string()},
                                   world.folder.log()));
        CAREHUB_TRY(const std::string ready, adapter.read_line(kReadyMax));
        return Clinic{std::move(hub), std::move(adapter), port_of(ready)};
    }

    Status stop() {
        CAREHUB_TRY([[maybe_unused]] const int code, adapter.stop(kStopMax));
        return hub.stop();
    }

    HubProcess hub;
    Process adapter;
    std::uint16_t port = 0;
};

Result<double> echo_rate(MllpWork work, const std::filesystem::path& log) {
    CAREHUB_TRY(Process echo, Process::start({"bench", "mllp-echo"}, log));
    CAREHUB_TRY(const std::string port, echo.read_line(kReadyMax));
    work.port = static_cast<std::uint16_t>(std::stoul(port));
    CAREHUB_TRY(const MllpDone done, send_messages(work));
    CAREHUB_TRY_DONE(echo.kill());
    return done.messages_per_s;
}

/// Messages a second of processor time: the reader alone, on one core.
double parse_rate(const std::function<std::string(std::uint64_t)>& message) {
    adapters::clinic::Site site;
    site.feed = "bench";
    site.authority = "BENCH";
    site.zone = {"Etc/UTC", {{UtcTime{}, std::chrono::seconds{0}}}};
    std::vector<std::string> messages;
    for (std::uint64_t index = 0; index < kMessagesKept; ++index) {
        messages.push_back(message(index));
    }
    const double begin = own_cpu_s();
    std::size_t events = 0;
    for (std::uint64_t index = 0; index < kMessagesRead; ++index) {
        const ByteView bytes = as_bytes(messages[index % kMessagesKept]);
        events += adapters::clinic::read_message(bytes, site).parsed.events.size();
    }
    return static_cast<double>(events) / (own_cpu_s() - begin);
}

json::object line_of(const MllpWork& work, const MllpDone& done, double hub_s, double adapter_s,
                     double echo_per_s) {
    return {
        {"connections", work.connections},
        {"messages", work.messages},
        {"size_bytes", kMessageBytes},
        {"messages_per_s", static_cast<std::uint64_t>(done.messages_per_s)},
        {"p50_us", done.latency_us.p50},
        {"p99_us", done.latency_us.p99},
        {"cpu_s", json::object{{"hub", hub_s}, {"adapter", adapter_s}, {"senders", done.cpu_s}}},
        {"echo_per_s", static_cast<std::uint64_t>(echo_per_s)},
        {"ratio", done.messages_per_s / echo_per_s}};
}

}  // namespace

Result<std::vector<json::object>> measure_reading(const MllpOptions& options) {
    const double per_s =
        parse_rate([&](std::uint64_t index) { return discharge(index, options.clients); });
    return std::vector<json::object>{{{"messages", kMessagesRead},
                                      {"size_bytes", kMessageBytes},
                                      {"ns_per_message", static_cast<std::uint64_t>(1e9 / per_s)},
                                      {"messages_per_s", static_cast<std::uint64_t>(per_s)}}};
}

Result<std::vector<json::object>> measure_mllp(const MllpOptions& options) {
    Options world_of;
    world_of.clients = options.clients;
    CAREHUB_TRY(const auto world, make_world(world_of));
    CAREHUB_TRY(Clinic clinic, Clinic::start(*world));
    std::vector<json::object> lines;
    std::uint64_t first = 0;
    for (const std::size_t connections : options.connections) {
        MllpWork work{clinic.port, connections, options.messages, {}};
        work.message = [&](std::uint64_t index) {
            return discharge(first + index, options.clients);
        };
        const double hub_before = cpu_s_of(clinic.hub.process.pid());
        const double adapter_before = cpu_s_of(clinic.adapter.pid());
        CAREHUB_TRY(const MllpDone done, send_messages(work));
        const double hub_s = cpu_s_of(clinic.hub.process.pid()) - hub_before;
        const double adapter_s = cpu_s_of(clinic.adapter.pid()) - adapter_before;
        CAREHUB_TRY(const double echo, echo_rate(work, world->folder.log()));
        lines.push_back(line_of(work, done, hub_s, adapter_s, echo));
        lines.back()["parse_per_s"] = static_cast<std::uint64_t>(parse_rate(work.message));
        lines.back()["adapter_bytes"] = resident_bytes_of(clinic.adapter.pid());
        first += options.messages;
    }
    CAREHUB_TRY_DONE(clinic.stop());
    return lines;
}

}  // namespace carehub::tool::bench
