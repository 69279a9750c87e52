// The door over a real loopback socket, with a hub in memory behind it.
#include <atomic>
#include <deque>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <set>
#include <thread>

#include "adapters/clinic/clinic_server.hpp"
#include "adapters/clinic/limits.hpp"
#include "adapters/clinic/mllp_client.hpp"
#include "adapters/clinic/mllp_frame.hpp"
#include "adapters/clinic/test_site.hpp"
#include "tests/support/catch.hpp"

using namespace carehub;
using namespace carehub::adapters;
using namespace carehub::adapters::clinic;

namespace {

/// A hub that answers as told; its knobs may be turned from the test's thread.
class MemoryHub final : public HubLink {
public:
    std::size_t credit() const override { return connected ? 64 : 0; }
    Status submit(std::uint64_t ticket, const Submission& submission) override {
        const std::lock_guard lock(mutex_);
        submitted_.push_back(submission);
        if (!mute) {
            receipts_.push_back(answer(ticket, submission));
        }
        return {};
    }
    Result<LinkNews> poll(std::chrono::milliseconds) override {
        const std::lock_guard lock(mutex_);
        LinkNews news;
        news.reconnected = reconnect.exchange(false);
        news.receipts = std::move(receipts_);
        receipts_.clear();
        return news;
    }
    int wake_fd() const override { return -1; }

    std::vector<Submission> submitted() {
        const std::lock_guard lock(mutex_);
        return submitted_;
    }

    std::atomic<bool> connected = true;
    std::atomic<bool> mute = false;
    std::atomic<bool> reconnect = false;
    std::atomic<int> busy_answers = 0;
    std::atomic<RefusalReason> refuse_with = RefusalReason::None;

private:
    Receipt answer(std::uint64_t ticket, const Submission& submission) {
        Receipt receipt;
        receipt.ticket = ticket;
        if (busy_answers > 0) {
            --busy_answers;
            receipt.status = ReceiptStatus::Refused;
            receipt.refusal = {RefusalReason::Overloaded, "", "try again"};
        } else if (refuse_with != RefusalReason::None) {
            receipt.status = ReceiptStatus::Refused;
            receipt.refusal = {refuse_with, "payload.facility", "use a known one"};
        } else {
            const bool fresh = stored_.insert(submission.source_msg_id).second;
            receipt.status = fresh ? ReceiptStatus::Accepted : ReceiptStatus::Duplicate;
        }
        return receipt;
    }

    std::mutex mutex_;
    std::vector<Submission> submitted_;
    std::vector<Receipt> receipts_;
    std::set<std::string> stored_;
};

ClinicConfig config_at(std::string address, std::uint16_t port) {
    ClinicConfig config;
    config.site = test_site();
    config.listen.address = std::move(address);
    config.listen.port = port;
    return config;
}

/// A door that runs while the test lives.
struct RunningDoor {
    MemoryHub hub;
    Counts counts;
    std::atomic<bool> stop = false;
    std::unique_ptr<ClinicServer> server =
        std::move(ClinicServer::open(config_at("127.0.0.1", 0), hub, nullptr, counts).value());
    Status outcome;
    std::thread thread{[this] { outcome = server->run(stop); }};

    ~RunningDoor() { finish(); }
    void finish() {
        stop = true;
        if (thread.joinable()) {
            thread.join();
        }
    }
    [[nodiscard]] MllpClient connect() {
        return MllpClient::connect("127.0.0.1", server->port()).value();
    }
};

std::string admission(std::string_view id) {
    return message_of(
        {"MSH|^~\\&|EHR|NORTH|HUB|COUNTY|20260709120000||ADT^A01|" + std::string(id) + "|P|2.5.1",
         "PID|1||7001^^^NORTH^MR", segment("PV1", {{2, "I"}, {19, "V9"}})});
}

std::string code(MllpClient& client, const std::string& message) {
    return answer_code(client.exchange(message).value());
}

}  // namespace

TEST_CASE("a stored message is acknowledged, its repeat too", "[clinic][mllp]") {
    RunningDoor door;
    MllpClient client = door.connect();
    CHECK(code(client, admission("1")) == "AA");
    CHECK(code(client, admission("1")) == "AA");
    CHECK(code(client, admission("2")) == "AA");
    door.finish();
    CHECK(door.outcome);
    CHECK(door.counts.accepted == 2);
    CHECK(door.counts.duplicate == 1);
    CHECK(door.hub.submitted().at(0).kind == EventKind::EncounterStarted);
}

TEST_CASE("what another connection told of the same thing later is not overwritten",
          "[clinic][mllp]") {
    RunningDoor door;
    const auto appointment = [](const char* trigger, const char* made) {
        return message_of({"MSH|^~\\&|EHR|NORTH|HUB|COUNTY|20260709" + std::string(made) +
                               "||SIU^" + trigger + "|" + trigger + made + "|P|2.5.1",
                           "SCH|P1|F1^EHR||||X|||||^^^202607101000", "PID|1||7001^^^NORTH^MR"});
    };
    MllpClient one = door.connect();
    MllpClient other = door.connect();
    CHECK(code(one, appointment("S15", "1010")) == "AA");
    CHECK(code(other, appointment("S12", "1000")) == "AA");
    CHECK(code(other, appointment("S12", "1020")) == "AA");
    CHECK(code(other, appointment("S13", "1015")) == "AA");
    door.finish();
    std::vector<EventKind> told;
    for (const Submission& event : door.hub.submitted()) {
        told.push_back(event.kind);
    }
    CHECK(told == std::vector<EventKind>{EventKind::AppointmentCancelled,
                                         EventKind::AppointmentBooked,
                                         EventKind::AppointmentRescheduled});
    CHECK(door.server->not_acted_on() == 1);
}

TEST_CASE("a control id used again for another message is told once, and the message is taken",
          "[clinic][mllp]") {
    RunningDoor door;
    const auto anomalies = [&] {
        std::vector<Submission> told = door.hub.submitted();
        std::erase_if(told, [](const Submission& s) { return s.kind != EventKind::FeedAnomaly; });
        return told;
    };
    const auto admitted = [](const std::string& visit) {
        return message_of({"MSH|^~\\&|EHR|NORTH|HUB|COUNTY|20260709120000||ADT^A01|1|P|2.5.1",
                           "PID|1||7001^^^NORTH^MR", segment("PV1", {{2, "I"}, {19, visit}})});
    };
    MllpClient client = door.connect();
    CHECK(code(client, admitted("V1")) == "AA");
    CHECK(code(client, admitted("V1")) == "AA");
    CHECK(anomalies().empty());
    // What becomes of the telling is no answer to the sender.
    for (const char* visit : {"V2", "V3", "V2"}) {
        CHECK(code(client, admitted(visit)) == "AA");
    }
    REQUIRE(anomalies().size() == 1);
    const Submission told = anomalies().front();
    CHECK(told.feed == "northside");
    CHECK(told.business_key == "northside/ControlIdReused");
    CHECK_FALSE(told.correction);
    CHECK(told.identifiers.empty());
    CHECK(told.payload.index() == 0);
    // The same id of another sender is another id.
    MllpClient other = door.connect();
    CHECK(code(other, "MSH|^~\\&|LAB|N|||20260709||ORU^R01|1|P|2.5\r") == "AA");
    door.finish();
    CHECK(door.counts.accepted == 4);
    CHECK(door.counts.duplicate == 2);
}

TEST_CASE("the answer waits for the hub's receipt", "[clinic][mllp]") {
    RunningDoor door;
    door.hub.connected = false;
    MllpClient slow = door.connect();
    REQUIRE(slow.send_raw(as_text(make_frame(admission("1")))));
    MllpClient other = door.connect();
    // Another connection is served meanwhile: this message needs no hub.
    CHECK(code(other, "MSH|^~\\&|LAB|N|||20260709||ORU^R01|9|P|2.5\r") == "AA");
    CHECK(door.hub.submitted().empty());
    door.hub.connected = true;
    CHECK(answer_code(slow.receive().value()) == "AA");
    CHECK(door.server->not_acted_on() == 1);
}

TEST_CASE("a bad message is answered and the connection goes on", "[clinic][mllp]") {
    RunningDoor door;
    MllpClient client = door.connect();
    CHECK(code(client, "no message at all") == "AR");
    CHECK(code(client, message_of({"MSH|^~\\&|EHR|N|||20260709||ADT^A01|1|P|2.5", "PID|1"})) ==
          "AE");
    CHECK(code(client, message_of({"MSH|^~\\&|EHR|N|||20260709||ADT^A01|1|T|2.5", "PID|1||7"})) ==
          "AR");
    CHECK(code(client, "MSH|^~\\&|EHR|N|||20260709||ADT^A01|1|P|2.5\r" +
                           std::string(1'100'000, 'x')) == "AE");
    CHECK(code(client, admission("1")) == "AA");
    door.finish();
    CHECK(door.counts.refused == 4);
    CHECK(door.counts.by_reason.at("TooLarge") == 1);
}

TEST_CASE("a refusal of the hub is an error that names the field", "[clinic][mllp]") {
    RunningDoor door;
    door.hub.refuse_with = RefusalReason::InvalidField;
    MllpClient client = door.connect();
    const std::string answer = client.exchange(admission("1")).value();
    CHECK(answer_code(answer) == "AE");
    CHECK(answer.find("102^Data type error") != std::string::npos);
    CHECK(answer.find("payload.facility: use a known one") != std::string::npos);
    door.finish();
    CHECK(door.counts.by_reason.at("InvalidField") == 1);
}

TEST_CASE("a busy hub is asked again until it takes the event", "[clinic][mllp]") {
    RunningDoor door;
    door.hub.busy_answers = 2;
    MllpClient client = door.connect();
    CHECK(code(client, admission("1")) == "AA");
    CHECK(door.hub.submitted().size() == 3);
    door.finish();
    CHECK(door.counts.accepted == 1);
    CHECK(door.counts.refused == 0);
}

TEST_CASE("the events of a message keep their order when the first is to be sent again",
          "[clinic][mllp]") {
    RunningDoor door;
    door.hub.busy_answers = 1;
    MllpClient client = door.connect();
    CHECK(code(client, message_of({"MSH|^~\\&|EHR|NORTH|||20260709120000||ADT^A03|1|P|2.5.1",
                                   "PID|1||7001^^^NORTH^MR",
                                   segment("PV1", {{2, "I"}, {19, "V9"}, {36, "20"}})})) == "AA");
    const std::vector<Submission> submitted = door.hub.submitted();
    REQUIRE(submitted.size() == 3);
    CHECK(submitted[0].kind == EventKind::EncounterEnded);
    CHECK(submitted[1].kind == EventKind::EncounterEnded);
    CHECK(submitted[2].kind == EventKind::ClientDeceased);
}

TEST_CASE("one address cannot have all connections", "[clinic][mllp]") {
    static_assert(kConnectionsOfAddressMax < kConnectionsMax);
    RunningDoor door;
    std::vector<MllpClient> clients;
    for (std::size_t i = 0; i < kConnectionsOfAddressMax; ++i) {
        clients.push_back(door.connect());
    }
    CHECK(code(clients.back(), admission("1")) == "AA");
    MllpClient one_more = door.connect();
    CHECK_FALSE(one_more.exchange(admission("2")));
    clients.erase(clients.begin());
    CHECK(code(clients.front(), admission("3")) == "AA");
    MllpClient again = door.connect();
    CHECK(code(again, admission("4")) == "AA");
}

TEST_CASE("what had no receipt is submitted again after a reconnect", "[clinic][mllp]") {
    RunningDoor door;
    door.hub.mute = true;
    MllpClient client = door.connect();
    REQUIRE(client.send_raw(as_text(make_frame(admission("1")))));
    while (door.hub.submitted().empty()) {
        std::this_thread::yield();
    }
    door.hub.mute = false;
    door.hub.reconnect = true;
    CHECK(answer_code(client.receive().value()) == "AA");
    CHECK(door.hub.submitted().size() == 2);
}

TEST_CASE("many connections have their messages with the hub at once", "[clinic][mllp]") {
    constexpr std::size_t kClients = 20;
    RunningDoor door;
    door.hub.mute = true;
    std::vector<MllpClient> clients;
    for (std::size_t i = 0; i < kClients; ++i) {
        clients.push_back(door.connect());
        REQUIRE(clients.back().send_raw(as_text(make_frame(admission(std::to_string(i))))));
    }
    while (door.hub.submitted().size() < kClients) {
        std::this_thread::yield();
    }
    door.hub.mute = false;
    door.hub.reconnect = true;
    for (MllpClient& client : clients) {
        CHECK(answer_code(client.receive().value()) == "AA");
    }
}

TEST_CASE("messages sent at once on a connection are answered one by one, in order",
          "[clinic][mllp]") {
    RunningDoor door;
    MllpClient client = door.connect();
    std::string bytes;
    for (const char* id : {"1", "2", "3"}) {
        bytes += std::string(as_text(make_frame(admission(id))));
    }
    REQUIRE(client.send_raw(bytes));
    for (const char* id : {"1", "2", "3"}) {
        CHECK(client.receive().value().find("MSA|AA|" + std::string(id) + "\r") !=
              std::string::npos);
    }
}

TEST_CASE("broken framing ends the connection and no other", "[clinic][mllp]") {
    RunningDoor door;
    MllpClient broken = door.connect();
    REQUIRE(broken.send_raw("\x0BMSH|^~\\&\x1Cx"));
    CHECK(broken.receive().error().code == ErrorCode::Unavailable);
    MllpClient other = door.connect();
    CHECK(code(other, admission("1")) == "AA");
}

TEST_CASE("a file of messages is sent and counted by answer", "[clinic][mllp]") {
    const auto path = std::filesystem::temp_directory_path() / "carehub_clinic_send_file.hl7";
    std::ofstream(path) << admission("1") << "\n"
                        << admission("2") << "\nMSH|^~\\&|E|N|||20260709||ADT^A01|3|P|2.5\rPID|1\r";
    RunningDoor door;
    CHECK(send_file(path, "127.0.0.1", door.server->port()).value() == Sent{3, 2, 1, 0});
    std::filesystem::remove(path);
    CHECK_FALSE(send_file(path, "127.0.0.1", door.server->port()));
}

TEST_CASE("a door told to stop ends with nothing left open", "[clinic][mllp]") {
    RunningDoor door;
    MllpClient client = door.connect();
    CHECK(code(client, admission("1")) == "AA");
    door.finish();
    CHECK(door.outcome);
}

TEST_CASE("a port that is taken is an error, not a crash", "[clinic][mllp]") {
    RunningDoor door;
    const auto second = ClinicServer::open(config_at("127.0.0.1", door.server->port()), door.hub,
                                           nullptr, door.counts);
    REQUIRE_FALSE(second);
    CHECK(second.error().code == ErrorCode::Io);
    CHECK_FALSE(ClinicServer::open(config_at("not an address", 0), door.hub, nullptr, door.counts));
}
