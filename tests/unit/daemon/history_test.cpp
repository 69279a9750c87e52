#include "hub/daemon/history.hpp"

#include "tests/unit/daemon/sealed_folder.hpp"

namespace carehub::daemon {
namespace {

using gateway::Recall;

/// A folder's desk with a history that looks at its journal.
struct Past {
    SealedFolder folder;
    Desk desk{folder.data()};
    GuardedHealth health;
    JournalHistory history{{*desk.hub->journal, *desk.entries, desk.hub->follower, health}};

    Receipt submit(const std::string& id) {
        Submission event = SealedFolder::obligation("ada", EventKind::AppointmentBooked, id);
        event.business_key = "the same";  // one appointment told again: a hundred would conflict
        const Receipt receipt = desk.submit("clinic", event);
        REQUIRE(receipt.status == ReceiptStatus::Accepted);
        return receipt;
    }
    Recall judge(Sequence sequence, const Hash256& root) {
        gateway::Principal clinic;
        clinic.name = "clinic";
        return history.judge(clinic, sequence, root);
    }
    [[nodiscard]] std::uint64_t differing() const {
        return health.read([](const follower::Health& known) {
            const auto found = known.receipts_differ.find("clinic");
            return found == known.receipts_differ.end() ? 0 : found->second;
        });
    }
};

TEST_CASE("every receipt of an accepted event is of this history, also long after", "[daemon]") {
    Past past;
    std::vector<Receipt> receipts;
    for (int i = 0; i < 100; ++i) {
        receipts.push_back(past.submit("e" + std::to_string(i)));
    }
    for (const Receipt& receipt : receipts) {
        CHECK(past.judge(receipt.sequence, receipt.root) == Recall::Known);
    }
    CHECK(past.differing() == 0);
}

TEST_CASE("a receipt from after the journal's end, or of another root, is not", "[daemon]") {
    Past past;
    const Receipt receipt = past.submit("e1");
    CHECK(past.judge(Sequence{receipt.sequence.value + 1}, receipt.root) == Recall::Lost);
    CHECK(past.differing() == receipt.sequence.value + 1);
    Hash256 other = receipt.root;
    other[0] = static_cast<std::uint8_t>(other[0] ^ 1U);
    CHECK(past.judge(receipt.sequence, other) == Recall::Lost);
    CHECK(past.judge(receipt.sequence, receipt.root) == Recall::Known);
    CHECK(past.differing() == 0);
}

TEST_CASE("a receipt of a commit of several blocks has the root of a later one", "[daemon]") {
    Past past;
    const Receipt first = past.submit("e1");
    const Receipt second = past.submit("e2");
    CHECK(past.judge(first.sequence, second.root) == Recall::Known);
    CHECK(past.judge(second.sequence, first.root) == Recall::Lost);
}

TEST_CASE("a loss is accepted once a restore from before the receipt is", "[daemon]") {
    Past past;
    const Receipt receipt = past.submit("e1");
    const Sequence lost{receipt.sequence.value + 50};
    CHECK(past.judge(lost, receipt.root) == Recall::Lost);
    CHECK(past.desk.command(RestoreCommand{receipt.sequence, kUnknownTime, "disk broke"}).status ==
          ReceiptStatus::Accepted);
    CHECK(past.judge(lost, receipt.root) == Recall::LossAccepted);
    CHECK(past.differing() == 0);
    // Of what the backup holds nothing was lost: another root there is another history.
    CHECK(past.judge(receipt.sequence, Hash256{}) == Recall::Lost);
}

}  // namespace
}  // namespace carehub::daemon
