#include "adapters/kit/last_receipt.hpp"

#include "tests/support/catch.hpp"
#include "tests/unit/kit/fixtures.hpp"

using namespace carehub;
using namespace carehub::adapters;

namespace {

Hash256 filled(std::uint8_t byte) {
    Hash256 hash{};
    hash.fill(byte);
    return hash;
}

Receipt receipt_of(ReceiptStatus status, std::uint64_t sequence, std::uint8_t root) {
    Receipt receipt;
    receipt.status = status;
    receipt.sequence = {sequence};
    receipt.root = filled(root);
    return receipt;
}

}  // namespace

TEST_CASE("the highest accepted receipt is remembered over a restart, once saved", "[kit]") {
    const TemporaryFolder folder;
    const std::filesystem::path file = last_receipt_file(folder.path());
    {
        ReceiptMemory memory = ReceiptMemory::open(file, filled(1));
        memory.note(receipt_of(ReceiptStatus::Accepted, 7, 70));
        memory.note(receipt_of(ReceiptStatus::Accepted, 9, 90));
        memory.note(receipt_of(ReceiptStatus::Accepted, 8, 80));
        memory.note(receipt_of(ReceiptStatus::Duplicate, 11, 110));
        memory.note(receipt_of(ReceiptStatus::Refused, 12, 120));
        CHECK(memory.last() == LastReceipt{9, filled(90)});
        CHECK(ReceiptMemory::open(file, filled(1)).last() == LastReceipt{});
        REQUIRE(memory.save());
    }
    CHECK(ReceiptMemory::open(file, filled(1)).last() == LastReceipt{9, filled(90)});
    const auto mode = std::filesystem::status(file).permissions();
    CHECK((mode & std::filesystem::perms::all) ==
          (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
}

TEST_CASE("a receipt of another hub, or one that is not readable, counts as none", "[kit]") {
    const TemporaryFolder folder;
    const std::filesystem::path file = last_receipt_file(folder.path());
    ReceiptMemory memory = ReceiptMemory::open(file, filled(1));
    memory.note(receipt_of(ReceiptStatus::Accepted, 7, 70));
    REQUIRE(memory.save());
    CHECK(ReceiptMemory::open(file, filled(2)).last() == LastReceipt{});
    write_text(file, "nonsense\n");
    CHECK(ReceiptMemory::open(file, filled(1)).last() == LastReceipt{});
}

TEST_CASE("what is forgotten stays forgotten, and lower receipts count again", "[kit]") {
    const TemporaryFolder folder;
    const std::filesystem::path file = last_receipt_file(folder.path());
    ReceiptMemory memory = ReceiptMemory::open(file, filled(1));
    memory.note(receipt_of(ReceiptStatus::Accepted, 7, 70));
    REQUIRE(memory.save());
    REQUIRE(memory.forget());
    CHECK(ReceiptMemory::open(file, filled(1)).last() == LastReceipt{});
    memory.note(receipt_of(ReceiptStatus::Accepted, 3, 30));
    REQUIRE(memory.save());
    CHECK(ReceiptMemory::open(file, filled(1)).last() == LastReceipt{3, filled(30)});
}
