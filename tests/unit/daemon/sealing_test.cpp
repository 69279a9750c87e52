// What the folder gives away of people (nothing), and the law of erasure over a whole hub.
#include <boost/json.hpp>

#include "hub/core/keyed.hpp"
#include "hub/daemon/replay.hpp"
#include "hub/snapshot/state_chunks.hpp"
#include "tests/unit/daemon/sealed_folder.hpp"

namespace carehub::daemon {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

const Hash256 kReviewer{77};
const std::string kNote = "moved-her-visit-to-Friday";

/// Two collisions, and ada's closed with a note.
void fill(const SealedFolder& folder) {
    Desk desk(folder.data());
    PartnerCommand link;
    link.name = "sue";
    link.kind = PartnerKind::Staff;
    link.role = StaffRole::Supervisor;
    link.public_key = kReviewer;
    SealedFolder::accept(desk.command(link));
    for (const std::string client : {"ada", "bob"}) {
        SealedFolder::accept(desk.submit(
            "clinic",
            SealedFolder::obligation(client, EventKind::AppointmentBooked, "v-" + client)));
        SealedFolder::accept(desk.submit(
            "court", SealedFolder::obligation(client, EventKind::HearingScheduled, "h-" + client)));
    }
    const core::Case* ada = desk.hub->machine.state().find_case(desk.client("ada"));
    REQUIRE(ada != nullptr);
    REQUIRE(ada->alerts.size() == 1);
    AlertCommand close;
    close.alert = ada->alerts.front().id;
    close.act = AlertAct::Close;
    close.outcome = AlertOutcome::Resolved;
    close.reason = kNote;
    SealedFolder::accept(desk.command(close));
}

follower::Answer answer_to(const SealedFolder& folder, const std::string& question,
                           const std::string& client) {
    const auto hub = LocalHub::open(folder.data());
    REQUIRE(hub);
    REQUIRE((*hub)->speak_as("sue", kReviewer));
    follower::Arguments arguments{{follower::kReason, "to look for words"}};
    if (!client.empty()) {
        arguments["client"] = client;
    }
    const auto answer = (*hub)->ask(question, arguments);
    REQUIRE(answer);
    return *answer;
}

std::vector<std::string> ask(const SealedFolder& folder, const std::string& question,
                             const std::string& client = "") {
    const follower::Answer answer = answer_to(folder, question, client);
    REQUIRE(answer.refusal.reason == RefusalReason::None);
    return answer.lines;
}

RefusalReason refused(const SealedFolder& folder, const std::string& question,
                      const std::string& client) {
    return answer_to(folder, question, client).refusal.reason;
}

bool tells(const std::vector<std::string>& lines, const std::string& text) {
    return std::ranges::any_of(
        lines, [&](const std::string& line) { return line.find(text) != std::string::npos; });
}

std::uint64_t erase(const SealedFolder& folder, const std::string& client) {
    Desk desk(folder.data());
    return desk.erase(client);
}

/// The root that a complete verification recomputes, and the State that a replay gives.
void require_whole(const SealedFolder& folder) {
    const Desk desk(folder.data());
    const auto head = desk.hub->journal->verify({});
    REQUIRE(head);
    CHECK(head->root == desk.hub->journal->root());
    const auto report = replay_folder(folder.data(), {});
    REQUIRE(report);
    CHECK(report->digest == *snapshot::digest_of(desk.hub->machine.state()));
}

}  // namespace

TEST_CASE("no file of the folder holds a name, number, place or text of a person", "[daemon]") {
    const SealedFolder folder;
    fill(folder);
    for (const std::string client : {"ada", "bob"}) {
        for (const std::string& text :
             {"Family-of-" + client, "Given-" + client, "MRN-" + client, "CASE-" + client,
              "Place-of-" + client, "Dr-of-" + client, "because-of-" + client, "key-v-" + client,
              "v-" + client, kNote}) {
            INFO(text);
            CHECK(files_with(folder.data().path, text).empty());
        }
    }
    // The search does find what is there: names of organisations are no secret.
    CHECK_FALSE(files_with(folder.data().path, "clinic").empty());
    CHECK(tells(ask(folder, "client", "ada"), "MRN-ada"));
}

TEST_CASE("an erased person is nowhere told of, and everything else goes on", "[daemon]") {
    const SealedFolder folder;
    fill(folder);
    const auto bob = ask(folder, "client", "bob");
    const auto alerts = ask(folder, "alerts").size();
    REQUIRE(tells(ask(folder, "roster"), "Family-of-ada"));
    require_whole(folder);

    CHECK(erase(folder, "ada") == 4);  // its own key, and one for each identifier it is known by

    require_whole(folder);  // chain, replay and digest
    CHECK(refused(folder, "client", "ada") == RefusalReason::ClientErased);
    CHECK(refused(folder, "disclosures", "ada") == RefusalReason::ClientErased);
    CHECK_FALSE(tells(ask(folder, "roster"), "Family-of-ada"));
    CHECK_FALSE(tells(ask(folder, "roster"), "MRN-ada"));
    const auto trail = ask(folder, "trail_client", "ada");
    REQUIRE(trail.size() == 4);  // the erasure, two questions that were refused, and this one
    CHECK(tells({trail.front()}, "\"act\":\"erase\""));
    CHECK(tells({trail.front()}, "asked-for-on-paper"));
    CHECK(tells({trail.front()}, "\"actor\":\"sue\""));
    CHECK(ask(folder, "alerts").size() == alerts);  // ada's was closed
    CHECK(tells(ask(folder, "roster"), "Family-of-bob"));
    CHECK(ask(folder, "client", "bob") == bob);
    CHECK(tells(bob, "MRN-bob"));
    CHECK(tells(bob, "Place-of-bob"));
}

TEST_CASE("a note of staff about a client is sealed for that client and erased with it",
          "[daemon]") {
    const SealedFolder folder;
    fill(folder);
    Desk desk(folder.data());
    const Sequence note = desk.hub->journal->last();
    const auto read = desk.entries->entry(note);
    REQUIRE(read);
    CHECK((*read)->subject.value == desk.client("ada").value);
    const auto command = desk.entries->command(note);
    REQUIRE(command);
    CHECK(std::get<AlertCommand>(*command).reason == kNote);
    REQUIRE(desk.erase("ada") > 0);
    CHECK_FALSE(desk.entries->command(note));
    const auto after = desk.entries->entry(note);
    REQUIRE(after);  // the entry stands, its input tells nothing
    CHECK((*after)->input.empty());
    CHECK((*after)->decisions == (*read)->decisions);
}

TEST_CASE("an erased client's identifier is somebody's again under a key of its own", "[daemon]") {
    const SealedFolder folder;
    fill(folder);
    Sequence later;
    {
        Desk desk(folder.data());
        REQUIRE(desk.erase("ada") == 4);
        SealedFolder::accept(
            desk.command(SealedFolder::row("ada-again", {"CLINIC", "MR", "MRN-ada"})));
        const Receipt receipt = desk.submit(
            "clinic", SealedFolder::obligation("ada", EventKind::AppointmentBooked, "v-later"));
        SealedFolder::accept(receipt);
        later = receipt.sequence;
    }
    const auto ada = ask(folder, "client", "ada-again");
    CHECK(tells(ada, "key-v-later"));
    CHECK_FALSE(tells(ada, "key-v-ada"));
    Desk desk(folder.data());  // a start destroys again, and leaves the new keys
    CHECK(desk.entries->submission(later));
}

TEST_CASE("what staff say of an erased client makes no key and keeps no text", "[daemon]") {
    const SealedFolder folder;
    fill(folder);
    Desk desk(folder.data());
    desk.erase("ada");
    const auto counts = desk.hub->vault->counts();
    const Receipt refused = desk.command(SealedFolder::row("ada", {"CLINIC", "MR", "MRN-ada"}));
    CHECK(refused.refusal.reason == RefusalReason::ClientErased);
    const auto entry = desk.entries->entry(refused.sequence);
    REQUIRE(entry);
    CHECK((*entry)->input.empty());
    CHECK(desk.hub->vault->counts().live == counts.live);
}

TEST_CASE("keys that a crash left are destroyed at the next start", "[daemon]") {
    const SealedFolder folder;
    fill(folder);
    const fs::path keys = folder.data().vault_keys();
    Sequence event;
    {
        Desk desk(folder.data());
        event = desk.submit("clinic",
                            SealedFolder::obligation("ada", EventKind::AppointmentBooked, "v-last"))
                    .sequence;
        REQUIRE(desk.entries->submission(event));
    }
    fs::copy_file(keys, folder.root() / "before");
    CHECK(erase(folder, "ada") == 4);
    fs::copy_file(folder.root() / "before", keys, fs::copy_options::overwrite_existing);
    const Desk desk(folder.data());
    CHECK(desk.hub->vault->counts().erased == 4);
    CHECK_FALSE(desk.entries->submission(event));
}

TEST_CASE("an event that follows an erasure at once is sealed under a new key", "[daemon]") {
    const SealedFolder folder;
    fill(folder);
    Desk desk(folder.data());
    RetentionCommand erase;
    erase.act = RetentionAct::Erase;
    erase.client = "ada";
    erase.reason = "asked-for-on-paper";
    const auto receipts = desk.all_at_once(
        "sue", erase, SealedFolder::row("ada-again", {"CLINIC", "MR", "MRN-ada"}), "clinic",
        SealedFolder::obligation("ada", EventKind::AppointmentBooked, "v-later"));
    REQUIRE(receipts.size() == 3);
    CHECK(receipts[1].status == ReceiptStatus::Accepted);
    const auto event = desk.entries->submission(receipts[2].sequence);
    REQUIRE(event);
    CHECK(event->business_key == "key-v-later");
    CHECK(desk.hub->vault->counts().erased == 4);
}

TEST_CASE("an identifier linked to another client now keeps its history at an erasure",
          "[daemon]") {
    const SealedFolder folder;
    fill(folder);
    Desk desk(folder.data());
    const Sequence last = desk.hub->machine.state().last;
    LinkCommand split;
    split.act = LinkAct::Split;
    split.client = "ada";
    split.to = "bob";
    split.identifier = {"COURT", "CASE", "CASE-ada"};
    split.reason = "a clerk's slip";
    SealedFolder::accept(desk.command(split));
    CHECK(desk.erase("ada") == 3);
    int left = 0;
    for (Sequence at{1}; at <= last; ++at.value) {
        const auto event = desk.entries->submission(at);
        left += event && event->identifiers.front().value == "CASE-ada" ? 1 : 0;
        CHECK_FALSE((event && event->identifiers.front().value == "MRN-ada"));
    }
    CHECK(left == 1);
}

TEST_CASE("an event is sealed under an identifier of its client, whichever stands first",
          "[daemon]") {
    const SealedFolder folder;
    Desk desk(folder.data());
    Submission event = SealedFolder::obligation("ada", EventKind::AppointmentBooked, "v-1");
    event.identifiers.insert(event.identifiers.begin(), {"CLINIC", "XX", "not-in-the-roster"});
    const Receipt receipt = desk.submit("clinic", event);
    SealedFolder::accept(receipt);
    REQUIRE(desk.entries->submission(receipt.sequence));
    REQUIRE(desk.erase("ada") > 0);
    CHECK_FALSE(desk.entries->submission(receipt.sequence));
}

TEST_CASE("a hub does not start on keys that are gone, older, or another hub's", "[daemon]") {
    const SealedFolder folder;
    const SealedFolder other;
    const fs::path keys = folder.data().vault_keys();
    fs::copy_file(keys, folder.root() / "older");
    fill(folder);
    {
        Desk desk(folder.data());
        SealedFolder::accept(desk.command(SealedFolder::row("cleo", {"CLINIC", "MR", "MRN-cleo"})));
    }
    fs::copy_file(keys, folder.root() / "newest");
    const auto start = [&] { return OpenHub::open(folder.data()); };
    REQUIRE(start());

    fs::remove(keys);
    CHECK(start().error().code == ErrorCode::NotFound);
    CHECK_THAT(start().error().context, Catch::Matchers::Contains("vault.keys is gone"));
    fs::copy_file(folder.root() / "older", keys);
    CHECK(start().error().code == ErrorCode::BehindLedger);
    CHECK_THAT(start().error().context, Catch::Matchers::Contains("older than the journal"));
    fs::copy_file(other.data().vault_keys(), keys, fs::copy_options::overwrite_existing);
    CHECK(start().error().code == ErrorCode::Damaged);
    CHECK_THAT(start().error().context, Catch::Matchers::Contains("does not open vault.keys"));
    fs::copy_file(folder.root() / "newest", keys, fs::copy_options::overwrite_existing);
    CHECK(start());
}

}  // namespace carehub::daemon
