#include "adapters/clinic/mapping/codes.hpp"

#include <charconv>

#include "adapters/clinic/hl7/element.hpp"
#include "adapters/clinic/mapping/code_table.hpp"

namespace carehub::adapters::clinic {
namespace {

constexpr CodeRow<EncounterClass> kEncounterClasses[] = {
    {"I", EncounterClass::Inpatient},
    {"E", EncounterClass::Emergency},
    {"O", EncounterClass::Outpatient},
    {"P", EncounterClass::PreAdmit},
    {"R", EncounterClass::Outpatient},
    {"B", EncounterClass::Inpatient},
    {"C", EncounterClass::Unknown},
    {"U", EncounterClass::Unknown},
    {"INPATIENT", EncounterClass::Inpatient},
    {"IMP", EncounterClass::Inpatient},
    {"ACUTE", EncounterClass::Inpatient},
    {"NONAC", EncounterClass::Inpatient},
    {"EMERGENCY", EncounterClass::Emergency},
    {"EMER", EncounterClass::Emergency},
    {"ED", EncounterClass::Emergency},
    {"OUTPATIENT", EncounterClass::Outpatient},
    {"AMB", EncounterClass::Outpatient},
    {"SS", EncounterClass::Outpatient},
    {"OBS", EncounterClass::Observation},
    {"OBSENC", EncounterClass::Observation},
    {"OBSERVATION", EncounterClass::Observation},
    {"HH", EncounterClass::Home},
    {"VR", EncounterClass::Virtual},
    {"PREADMIT", EncounterClass::PreAdmit},
    {"PRENC", EncounterClass::PreAdmit},
};

constexpr CodeRow<Disposition> kDispositions[] = {
    {"01", Disposition::Home},
    {"02", Disposition::OtherFacility},
    {"03", Disposition::Snf},
    {"04", Disposition::LongTerm},
    {"05", Disposition::OtherFacility},
    {"06", Disposition::HomeHealth},
    {"07", Disposition::AgainstAdvice},
    {"08", Disposition::HomeHealth},
    {"09", Disposition::OtherFacility},
    {"20", Disposition::Deceased},
    {"21", Disposition::Custody},
    {"40", Disposition::Deceased},
    {"41", Disposition::Deceased},
    {"42", Disposition::Deceased},
    {"43", Disposition::OtherFacility},
    {"50", Disposition::Hospice},
    {"51", Disposition::Hospice},
    {"61", Disposition::Snf},
    {"62", Disposition::Rehab},
    {"63", Disposition::LongTerm},
    {"64", Disposition::LongTerm},
    {"65", Disposition::Psychiatric},
    {"66", Disposition::OtherFacility},
    {"69", Disposition::OtherFacility},
    {"70", Disposition::Other},
    {"81", Disposition::Home},
    {"82", Disposition::OtherFacility},
    {"83", Disposition::Snf},
    {"84", Disposition::LongTerm},
    {"85", Disposition::OtherFacility},
    {"86", Disposition::HomeHealth},
    {"87", Disposition::OtherFacility},
    {"88", Disposition::OtherFacility},
    {"89", Disposition::Snf},
    {"90", Disposition::Rehab},
    {"91", Disposition::LongTerm},
    {"92", Disposition::LongTerm},
    {"93", Disposition::Psychiatric},
    {"94", Disposition::OtherFacility},
    {"95", Disposition::Other},
    {"HOME", Disposition::Home},
    {"AADVICE", Disposition::AgainstAdvice},
    {"AMA", Disposition::AgainstAdvice},
    {"EXP", Disposition::Deceased},
    {"HOSP", Disposition::Hospice},
    {"LONG", Disposition::LongTerm},
    {"OTHER-HCF", Disposition::OtherFacility},
    {"PSY", Disposition::Psychiatric},
    {"REHAB", Disposition::Rehab},
    {"SNF", Disposition::Snf},
    {"OTH", Disposition::Other},
};

constexpr CodeRow<FillerStatus> kFillerStatuses[] = {
    {"PENDING", {ObligationStatus::Proposed}},
    {"WAITLIST", {ObligationStatus::Waitlisted}},
    {"BOOKED", {ObligationStatus::Scheduled}},
    {"OVERBOOK", {ObligationStatus::Scheduled}},
    {"SCHEDULED", {ObligationStatus::Scheduled}},
    {"SCH", {ObligationStatus::Scheduled}},
    {"CONFIRMED", {ObligationStatus::Scheduled}},
    {"STARTED", {ObligationStatus::InProgress}},
    {"ARRIVED", {ObligationStatus::InProgress}},
    {"CHECKED-IN", {ObligationStatus::InProgress}},
    {"COMPLETE", {ObligationStatus::Completed}},
    {"COMPLETED", {ObligationStatus::Completed}},
    {"CANCELLED", {ObligationStatus::Cancelled}},
    {"CANCELED", {ObligationStatus::Cancelled}},
    {"DC", {ObligationStatus::Discontinued}},
    {"DISCONTINUED", {ObligationStatus::Discontinued}},
    {"DELETED", {ObligationStatus::EnteredInError}},
    {"NOSHOW", {ObligationStatus::Missed}},
    {"NO-SHOW", {ObligationStatus::Missed}},
    {"NO SHOW", {ObligationStatus::Missed}},
    {"BLOCKED", {ObligationStatus::Scheduled, false}},
};

constexpr CodeRow<std::chrono::seconds> kUnits[] = {
    {"S", std::chrono::seconds{1}},       {"SEC", std::chrono::seconds{1}},
    {"SECONDS", std::chrono::seconds{1}}, {"M", std::chrono::minutes{1}},
    {"MIN", std::chrono::minutes{1}},     {"MINS", std::chrono::minutes{1}},
    {"MINUTE", std::chrono::minutes{1}},  {"MINUTES", std::chrono::minutes{1}},
    {"H", std::chrono::hours{1}},         {"HR", std::chrono::hours{1}},
    {"HRS", std::chrono::hours{1}},       {"HOUR", std::chrono::hours{1}},
    {"HOURS", std::chrono::hours{1}},     {"D", std::chrono::hours{24}},
    {"DAY", std::chrono::hours{24}},      {"DAYS", std::chrono::hours{24}},
};

}  // namespace

std::optional<EncounterClass> encounter_class_of(std::string_view code) {
    return look_up(kEncounterClasses, hl7::to_upper(code));
}

std::optional<Disposition> disposition_of(std::string_view code) {
    // A leading zero is often lost on the way through a spreadsheet.
    const std::string padded = code.size() == 1 ? "0" + std::string(code) : std::string(code);
    return look_up(kDispositions, hl7::to_upper(padded));
}

bool is_still_patient(std::string_view code) { return code == "30"; }

std::optional<FillerStatus> filler_status_of(std::string_view code) {
    return look_up(kFillerStatuses, hl7::to_upper(code));
}

bool is_correction(EventKind kind) {
    return kind == EventKind::AppointmentDeleted || kind == EventKind::EncounterStartCancelled ||
           kind == EventKind::EncounterEndCancelled;
}

std::optional<std::chrono::seconds> unit_of(std::string_view unit) {
    return look_up(kUnits, hl7::to_upper(unit));
}

std::optional<std::chrono::seconds> tq_duration_of(std::string_view text) {
    if (text.size() < 2) {
        return std::nullopt;
    }
    const auto unit = unit_of(text.substr(0, 1));
    constexpr int kCountMax = 100'000;
    int count = 0;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data() + 1, end, count);
    if (!unit || error != std::errc{} || stop != end || count <= 0 || count > kCountMax) {
        return std::nullopt;
    }
    return *unit * count;
}

}  // namespace carehub::adapters::clinic
