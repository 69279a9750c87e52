// What a case keeps of housing, supervision and warrants; the rules' scenarios tell what comes of it.
#include "hub/core/matters.hpp"

#include "hub/core/limits.hpp"
#include "tests/support/catch.hpp"

using namespace carehub;
using namespace carehub::core;

namespace {

const UtcTime kMonday = *parse_iso_time("2026-07-06T12:00:00Z");

Hash128 key(std::uint8_t n) {
    Hash128 out{};
    out[0] = n;
    return out;
}

struct Teller {
    Records<Matter> matters;
    std::uint64_t sequence = 0;

    void tell(EventKind kind, std::uint8_t key_byte, UtcTime at, Payload payload,
              bool correction = false, UtcTime asserted = kUnknownTime) {
        Submission claim;
        claim.kind = kind;
        claim.occurred_at = at;
        claim.correction = correction;
        claim.payload = std::move(payload);
        Telling telling;
        telling.partner = PartnerId{1};
        telling.business_key = key(key_byte);
        telling.version = {asserted == kUnknownTime ? at : asserted, 1};
        telling.sequence = Sequence{++sequence};
        telling.now = kMonday;
        put_matters(matters, claim, telling);
    }
    [[nodiscard]] std::size_t count(MatterKind kind) const {
        return static_cast<std::size_t>(std::ranges::count(matters, kind, &Matter::kind));
    }
    [[nodiscard]] const Matter& only(MatterKind kind) const {
        REQUIRE(count(kind) == 1);
        return *std::ranges::find(matters, kind, &Matter::kind);
    }
};

}  // namespace

TEST_CASE("an exit ends the enrollment and says where the client went", "[core][matters]") {
    Teller teller;
    HousingClaim entry;
    entry.project_type = 3;
    teller.tell(EventKind::HousingEnrollmentStarted, 1, kMonday - std::chrono::days{90}, entry);
    HousingClaim exit = entry;
    exit.situation_class = SituationClass::Homeless;
    teller.tell(EventKind::HousingExit, 1, kMonday - std::chrono::days{1}, exit);
    CHECK(teller.only(MatterKind::Enrollment).until == kMonday - std::chrono::days{1});
    CHECK(teller.only(MatterKind::Enrollment).since == kMonday - std::chrono::days{90});
    CHECK(teller.only(MatterKind::Situation).situation == SituationClass::Homeless);
    // The exit was deleted: the enrollment goes on, and nothing says where the client is.
    teller.tell(EventKind::HousingExit, 1, kMonday - std::chrono::days{1}, exit, true);
    CHECK(teller.only(MatterKind::Enrollment).until == kNever);
    CHECK_FALSE(teller.only(MatterKind::Enrollment).withdrawn);
    CHECK(teller.only(MatterKind::Situation).withdrawn);
}

TEST_CASE("a term that an agency corrects goes on", "[core][matters]") {
    Teller teller;
    teller.tell(EventKind::SupervisionStarted, 2, kMonday, JusticeClaim{});
    teller.tell(EventKind::SupervisionEnded, 2, kMonday + std::chrono::days{9}, JusticeClaim{});
    CHECK(teller.only(MatterKind::Supervision).until == kMonday + std::chrono::days{9});
    teller.tell(EventKind::SupervisionStarted, 2, kMonday, JusticeClaim{}, true);
    CHECK(teller.only(MatterKind::Supervision).until == kNever);
    CHECK_FALSE(teller.only(MatterKind::Supervision).withdrawn);
}

TEST_CASE("an enrollment and a loss of one key are two matters", "[core][matters]") {
    Teller teller;
    teller.tell(EventKind::HousingEnrollmentStarted, 3, kMonday, HousingClaim{});
    HousingClaim loss;
    loss.grade = HousingLossGrade::Lost;
    teller.tell(EventKind::HousingLossReported, 3, kMonday, loss);
    CHECK(teller.only(MatterKind::HousingLoss).grade == HousingLossGrade::Lost);
    CHECK(teller.only(MatterKind::Enrollment).grade == HousingLossGrade::Unset);
}

TEST_CASE("older news does not undo newer ones from another session", "[core][matters]") {
    Teller teller;
    HousingClaim later;
    later.situation_class = SituationClass::Permanent;
    teller.tell(EventKind::LivingSituationRecorded, 4, kMonday, later, false, kMonday);
    Submission claim;
    claim.kind = EventKind::LivingSituationRecorded;
    claim.occurred_at = kMonday;
    claim.payload = HousingClaim{};
    Telling telling;
    telling.business_key = key(4);
    telling.version = {kMonday - std::chrono::days{2}, 2};
    telling.sequence = Sequence{9};
    put_matters(teller.matters, claim, telling);
    CHECK(teller.only(MatterKind::Situation).situation == SituationClass::Permanent);
}

TEST_CASE("what is over makes room for what is new", "[core][matters]") {
    Teller teller;
    teller.tell(EventKind::WarrantIssued, 5, kMonday - std::chrono::days{900}, JusticeClaim{});
    for (std::size_t day = 0; day < 2 * kMattersKept; ++day) {
        Submission claim;
        claim.kind = EventKind::LivingSituationRecorded;
        claim.occurred_at = kMonday - std::chrono::days{static_cast<int>(day)};
        claim.payload = HousingClaim{};
        Telling telling;
        telling.sequence = Sequence{100 + day};
        put_matters(teller.matters, claim, telling);
    }
    CHECK(teller.matters.size() == kMattersKept);
    CHECK(teller.count(MatterKind::Warrant) == 1);
}
