// The public FHIR resources of the corpus: what the standard says each of them tells the hub.
//
// The expectations were written from the resources and from FHIR R4, not from the reader's output.
// A row is one resource: where it is, and the event, or the place that keeps it from being one.
#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <set>

#include "adapters/clinic/corpus_walk.hpp"
#include "adapters/clinic/fhir/operation_outcome.hpp"
#include "adapters/clinic/fhir/test_document.hpp"
#include "tests/support/catch.hpp"

using namespace carehub;
using namespace carehub::adapters::clinic::fhir;
using carehub::adapters::clinic::corpus_site;
using carehub::adapters::clinic::find_corpus;
namespace fs = std::filesystem;

namespace {

using enum EventKind;
constexpr const char* kGoogle = "fhir/google-fhir-r4-examples/";
constexpr const char* kDaVinci = "fhir/HL7-davinci-alerts/";
constexpr const char* kArgonaut = "fhir/argonautproject-scheduling/docs/";
constexpr const char* kStu3 = "fhir/microsoft-FHIR-Converter-STU3/";
constexpr const char* kMalformed = "malformed/fhir-microsoft-fhir-server/";

constexpr const char* kStayKey =
    "corpus|http://example.org|Elden718Halvorson12420181021T2122150700";
constexpr const char* kStayPatient = "06e1f0dd-5fbe-4480-9bb4-6b54ec02d31b";

/// An encounter that became an event.
struct Stay {
    const char* folder;
    const char* file;
    const char* id;
    EventKind kind;
    EncounterClass encounter_class;
    const char* occurred;
    const char* key;
    const char* patient;
    const char* facility;
    const char* start;
    const char* end;
    Disposition disposition;
};
constexpr const char* kStayId = "5fe62cd5-bfcf-4d3b-a1e9-80d6f75d6f82";
constexpr const char* kHolyFamily = "HOLY FAMILY HOSPITAL";
constexpr const char* kBegan = "2018-10-22T04:22:15Z";
const Stay kStays[] = {
    {kDaVinci, "admit-notification-message-bundle-01.json", kStayId, EncounterStarted,
     EncounterClass::Emergency, kBegan, kStayKey, kStayPatient, kHolyFamily, kBegan, "",
     Disposition::Unset},
    {kDaVinci, "admit-notification-message-bundle-02.json", kStayId, EncounterStarted,
     EncounterClass::Emergency, kBegan, kStayKey, kStayPatient, kHolyFamily, kBegan, "",
     Disposition::Unset},
    {kDaVinci, "admit-notification-intermediate-translate-bundle.json", kStayId, EncounterStarted,
     EncounterClass::Emergency, kBegan, kStayKey, kStayPatient, kHolyFamily, kBegan, "",
     Disposition::Unset},
    {kDaVinci, "admit-notification-intermediate-transmit-bundle.json", kStayId, EncounterStarted,
     EncounterClass::Emergency, kBegan, kStayKey, kStayPatient, kHolyFamily, kBegan, "",
     Disposition::Unset},
    {kDaVinci, "transfer-notification-message-bundle-01.json", kStayId, EncounterTransferred,
     EncounterClass::Inpatient, "2020-08-17T18:57:26.887078Z", kStayKey, kStayPatient, kHolyFamily,
     kBegan, "", Disposition::Unset},
    {kDaVinci, "discharge-notification-message-bundle-01.json", kStayId, EncounterEnded,
     EncounterClass::Inpatient, "2018-10-24T05:22:15Z", kStayKey, kStayPatient, kHolyFamily, kBegan,
     "2018-10-24T05:22:15Z", Disposition::Home},
    {kGoogle, "Encounter-emerg.json", "emerg", EncounterStarted, EncounterClass::Inpatient,
     "2017-01-31T21:15:00Z", "corpus|CORPUS|emerg", "example", "corpus", "2017-01-31T21:15:00Z", "",
     Disposition::Unset},
    {kGoogle, "Encounter-home.json", "home", EncounterEnded, EncounterClass::Home,
     "2015-01-17T06:30:00Z", "corpus|CORPUS|home", "example", "corpus", "2015-01-17T06:00:00Z",
     "2015-01-17T06:30:00Z", Disposition::Unknown},
    {kGoogle, "Encounter-f203.json", "f203", EncounterEnded, EncounterClass::Inpatient,
     "2013-03-20T00:00:00Z", "corpus|CORPUS|Encounter_Roel_20130311", "f201", "2",
     "2013-03-11T00:00:00Z", "2013-03-20T00:00:00Z", Disposition::Unknown},
};

/// An appointment that became an event.
struct Visit {
    const char* folder;
    const char* file;
    const char* id;
    const char* occurred;
    Precision precision;
    const char* start;
    const char* end;
    const char* location;
    bool transparent;
    bool uncertain;
};
const Visit kVisits[] = {
    {kGoogle, "Appointment-example.json", "example", "2013-10-10T00:00:00Z", Precision::Day,
     "2013-12-10T09:00:00Z", "2013-12-10T11:00:00Z", "1", false, false},
    {kGoogle, "Appointment-2docs.json", "2docs", "2013-12-09T09:00:00Z", Precision::Second,
     "2013-12-09T09:00:00Z", "2013-12-09T11:00:00Z", "", true, false},
    {kStu3, "Appointment.json", "example", "2013-10-10T00:00:00Z", Precision::Day,
     "2013-12-10T09:00:00Z", "2013-12-10T11:00:00Z", "1", false, false},
};

/// A slot that became time of a schedule.
struct Slot {
    const char* folder;
    const char* file;
    EventKind kind;
    const char* key;
    const char* from;
    const char* to;
};
const Slot kSlots[] = {
    {kGoogle, "Slot-example.json", ScheduleUnblocked, "corpus|CORPUS|example",
     "2013-12-25T09:15:00Z", "2013-12-25T09:30:00Z"},
    {kGoogle, "Slot-1.json", ScheduleBlocked, "corpus|http://example.org/identifiers/slots|123132",
     "2013-12-25T09:00:00Z", "2013-12-25T09:15:00Z"},
    {kGoogle, "Slot-2.json", ScheduleBlocked, "corpus|CORPUS|2", "2013-12-25T09:45:00Z",
     "2013-12-25T10:00:00Z"},
    {kGoogle, "Slot-3.json", ScheduleBlocked, "corpus|CORPUS|3", "2013-12-25T09:30:00Z",
     "2013-12-25T09:45:00Z"},
    {kStu3, "Slot.json", ScheduleUnblocked, "corpus|CORPUS|example", "2013-12-25T09:15:00Z",
     "2013-12-25T09:30:00Z"}};

/// A resource that is no event, and the place that tells why.
struct Other {
    const char* folder;
    const char* file;
    Disposal disposal;
    RefusalReason reason;  ///< None: not refused, the place has a finding
    const char* place;
};
constexpr auto kIdle = Disposal::NotActedOn;
constexpr auto kRefused = Disposal::Refused;
constexpr auto kNoTime = RefusalReason::TimeUnresolvable;
constexpr auto kNone = RefusalReason::None;
const Other kOthers[] = {
    // Its offsets grow with its hours, so that each slot ends when it begins.
    {kArgonaut, "Bundle-slot-bundle-example.json", kRefused, kNoTime,
     "Bundle.entry[0].resource.end"},
    // An encounter that is over at no told time cannot be dated.
    {kGoogle, "Encounter-example.json", kRefused, kNoTime, "Encounter.period.start"},
    {kGoogle, "Encounter-f001.json", kRefused, kNoTime, "Encounter.period.end"},
    {kGoogle, "Encounter-f002.json", kRefused, kNoTime, "Encounter.period.end"},
    {kGoogle, "Encounter-f003.json", kRefused, kNoTime, "Encounter.period.end"},
    {kGoogle, "Encounter-f201.json", kRefused, kNoTime, "Encounter.period.end"},
    {kGoogle, "Encounter-f202.json", kRefused, kNoTime, "Encounter.period.end"},
    {kGoogle, "Encounter-xcda.json", kRefused, kNoTime, "Encounter.period.end"},
    {kStu3, "Encounter.json", kRefused, kNoTime, "Encounter.period.end"},
    // The sample's Encounter names no subject, and a transaction stands or falls as a whole.
    {"fhir/HL7-v2-to-fhir/fhir-bundles/", "FHIR_bundle.hl7_ADT_A01.json", kRefused,
     RefusalReason::MissingField, "Bundle.entry[17].resource.subject"},
    {"fhir/HL7-v2-to-fhir/fhir-bundles/", "FHIR_bundle.hl7_MDM_T02.json", kRefused,
     RefusalReason::FormatUnreadable, ""},
    // A request without start, which changes what may be booked, and proposals of slots without a patient.
    {kGoogle, "Appointment-examplereq.json", Disposal::Events, kNone, "Appointment.start"},
    {kArgonaut, "Appointment-proposed-appt1.json", kIdle, kNone, "Appointment.participant"},
    {kArgonaut, "Appointment-proposed-appt1a-1.json", kIdle, kNone, "Appointment.participant"},
    {kArgonaut, "Appointment-proposed-appt1a-2.json", kIdle, kNone, "Appointment.participant"},
    {kArgonaut, "Appointment-proposed-appt1a-3.json", kIdle, kNone, "Appointment.participant"},
    {kArgonaut, "Appointment-proposed-appt2.json", kIdle, kNone, "Appointment.participant"},
    {kArgonaut, "Appointment-proposed-appt2b-1.json", kIdle, kNone, "Appointment.participant"},
    {kArgonaut, "Appointment-proposed-appt2b-2.json", kIdle, kNone, "Appointment.participant"},
    {kArgonaut, "Appointment-proposed-appt2b-3.json", kIdle, kNone, "Appointment.participant"},
    {kArgonaut, "Appointment-proposed-appt3.json", kIdle, kNone, "Appointment.participant"},
    {kArgonaut, "Bundle-hal-dr-y-appts.json", kIdle, kNone, "Bundle.entry[0].resource.participant"},
    {kArgonaut, "Bundle-hal-dr-y-appts.json", kIdle, kNone, "Bundle.entry[1].resource.participant"},
    {kArgonaut, "Bundle-hal-dr-y-appts.json", kIdle, kNone, "Bundle.entry[2].resource.participant"},
    {kArgonaut, "Bundle-prefetch-derm-appts.json", kIdle, kNone,
     "Bundle.entry[0].resource.participant"},
    {kArgonaut, "Bundle-prefetch-derm-appts.json", kIdle, kNone,
     "Bundle.entry[1].resource.participant"},
    {kArgonaut, "Bundle-prefetch-derm-appts.json", kIdle, kNone,
     "Bundle.entry[2].resource.participant"},
    // Malformed on purpose; entries that are not ours to judge do not refuse a bundle.
    {kMalformed, "Bundle-InvalidBundleType.json", kRefused, RefusalReason::InvalidField,
     "Bundle.type"},
    {kMalformed, "Bundle-TypeMissing.json", kRefused, RefusalReason::MissingField, "Bundle.type"},
    {kMalformed, "Bundle-TransactionWithInvalidBundleEntry.json", kRefused,
     RefusalReason::FormatUnreadable, ""},
    {kMalformed, "Bundle-TransactionWithInvalidProcessingRecord.json", kRefused, kNoTime,
     "Bundle.entry[0].resource.period.end"},
    {kMalformed, "Bundle-TransactionWithInvalidProcessingRoutes.json", kIdle, kNone,
     "Bundle.entry[0].request"},
    {kMalformed, "Bundle-TransactionWithMultipleResourcesWithSameFullUrl.json", kIdle, kNone,
     "Bundle.entry[1].resource"},
    {kMalformed, "Bundle-BatchWithDuplicatedItems.json", kIdle, kNone, ""},
    {kMalformed, "Bundle-BatchWithInvalidEleEnums.json", kIdle, kNone, ""},
    {kMalformed, "Bundle-MissingIdentifier.json", kIdle, kNone, ""},
    {kMalformed, "Bundle-TransactionWithInvalidResourceType.json", kIdle, kNone, ""},
    {kMalformed, "Bundle-TransactionWithMultipleEntriesModifyingSameResource.json", kIdle, kNone,
     ""},
};
/// A collection that holds a Patient who died, and nothing else of ours.
constexpr const char* kDeath = "Bundle-b248b1b2-1686-4b94-9936-37d7a5f94b51.json";

std::optional<fs::path> corpus_folder() {
    const auto corpus = find_corpus(CAREHUB_SOURCE_DIR);
    if (!corpus) {
        std::cout << "corpus: NOT RUN\n";
        const char* ci = std::getenv("CI");
        CHECK_FALSE((ci != nullptr && std::string(ci) == "true"));
    }
    return corpus;
}

std::string read_file(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    REQUIRE(file);
    return {std::istreambuf_iterator<char>(file), {}};
}

Reading read_path(const fs::path& path) {
    const Reading reading = read_fhir(as_bytes(read_file(path)), corpus_site());
    check_ending(reading);
    CHECK_FALSE(operation_outcome(issues_of(reading)).empty());
    return reading;
}

UtcTime time_or_none(const std::string& text) { return text.empty() ? kUnknownTime : utc(text); }

}  // namespace

TEST_CASE("encounters of the corpus tell what they tell", "[clinic][fhir][corpus]") {
    const auto corpus = corpus_folder();
    for (const Stay& row : kStays) {
        if (!corpus) {
            return;
        }
        INFO(row.file);
        const Submission event = only_event(read_path(*corpus / row.folder / row.file));
        CHECK(event.kind == row.kind);
        CHECK(event.business_key == row.key);
        CHECK(event.occurred_at == utc(row.occurred));
        CHECK(event.identifiers.front().value == row.patient);
        CHECK(event.source_msg_id.rfind(std::string("corpus|Encounter|") + row.id + "|", 0) == 0);
        const auto& claim = std::get<EncounterClaim>(event.payload);
        CHECK(claim.encounter_class == row.encounter_class);
        CHECK(claim.facility == row.facility);
        CHECK(claim.start == time_or_none(row.start));
        CHECK(claim.end == time_or_none(row.end));
        CHECK(claim.disposition == row.disposition);
        const bool message = row.folder == kDaVinci;
        CHECK(event.identifiers.size() == (message ? 4U : 1U));
        CHECK(event.time_flags.has(TimeFlag::DateOnly) == (std::string(row.id) == "f203"));
        CHECK(claim.location.name.empty());
    }
}

TEST_CASE("appointments of the corpus tell what they tell", "[clinic][fhir][corpus]") {
    const auto corpus = corpus_folder();
    for (const Visit& row : kVisits) {
        if (!corpus) {
            return;
        }
        INFO(row.file);
        const Reading reading = read_path(*corpus / row.folder / row.file);
        const Submission event = only_event(reading);
        CHECK(event.kind == AppointmentBooked);
        CHECK(event.business_key == std::string("corpus|CORPUS|") + row.id);
        CHECK(event.identifiers == std::vector<Identifier>{{"CORPUS", "FHIR", "example"}});
        CHECK(event.occurred_at == utc(row.occurred));
        CHECK(event.occurred_precision == row.precision);
        CHECK(event.time_flags.has(TimeFlag::TimeUncertain) == row.uncertain);
        const auto& claim = std::get<ObligationClaim>(event.payload);
        CHECK(claim.status == ObligationStatus::Scheduled);
        CHECK(claim.obligation_class == ObligationClass::ClinicVisit);
        CHECK(claim.start == utc(row.start));
        CHECK(claim.end == utc(row.end));
        CHECK(claim.location.id == row.location);
        CHECK(claim.provider.id == "example");
        CHECK(claim.provider.name.empty());
        CHECK(claim.transparent == row.transparent);
        CHECK(has_finding_at(reading, "Appointment.indication") == (row.folder == kStu3));
    }
}

TEST_CASE("slots of the corpus open and close time", "[clinic][fhir][corpus]") {
    const auto corpus = corpus_folder();
    for (const Slot& row : kSlots) {
        if (!corpus) {
            return;
        }
        INFO(row.folder << row.file);
        const Submission event = only_event(read_path(*corpus / row.folder / row.file));
        CHECK(event.kind == row.kind);
        CHECK(event.business_key == row.key);
        const auto& claim = std::get<ResourceClaim>(event.payload);
        CHECK(claim.schedule_id == "example");
        CHECK(claim.from == utc(row.from));
        CHECK(claim.to == utc(row.to));
        CHECK(claim.obligation_class == ObligationClass::Unset);
    }
}

TEST_CASE("what is no event says where and why", "[clinic][fhir][corpus]") {
    const auto corpus = corpus_folder();
    for (const Other& row : kOthers) {
        if (!corpus) {
            return;
        }
        INFO(row.file << " " << row.place);
        const Reading reading = read_path(*corpus / row.folder / row.file);
        CHECK(reading.disposal == row.disposal);
        if (reading.refusal) {
            CHECK(reading.refusal->reason == row.reason);
            CHECK(reading.refusal->field == row.place);
        } else if (*row.place != '\0') {
            CHECK(has_finding_at(reading, row.place));
        }
    }
}

TEST_CASE("every other file of the corpus is accepted and not acted on, or no JSON",
          "[clinic][fhir][corpus]") {
    const auto corpus = corpus_folder();
    if (!corpus) {
        return;
    }
    std::set<std::string> told = {std::string(kGoogle) + kDeath};
    for (const Stay& row : kStays) {
        told.insert(std::string(row.folder) + row.file);
    }
    for (const Visit& row : kVisits) {
        told.insert(std::string(row.folder) + row.file);
    }
    for (const Other& row : kOthers) {
        told.insert(std::string(row.folder) + row.file);
    }
    for (const Slot& row : kSlots) {
        told.insert(std::string(row.folder) + row.file);
    }
    std::size_t others = 0;
    for (const auto& entry : fs::recursive_directory_iterator(*corpus / "fhir")) {
        const std::string path = fs::relative(entry.path(), *corpus).generic_string();
        if (!entry.is_regular_file() || told.count(path) != 0) {
            continue;
        }
        INFO(path);
        const Reading reading = read_path(entry.path());
        const bool json = entry.path().extension() == ".json";
        CHECK(reading.disposal == (json ? Disposal::NotActedOn : Disposal::Refused));
        ++others;
    }
    CHECK(others > 90);
}

TEST_CASE("the death that a collection of the corpus tells is told", "[clinic][fhir][corpus]") {
    if (const auto corpus = corpus_folder()) {
        const Submission event = only_event(read_path(*corpus / kGoogle / kDeath));
        CHECK(event.kind == ClientDeceased);
        CHECK(event.occurred_at == utc("2002-08-24T00:00:00Z"));
        CHECK(event.occurred_precision == Precision::Day);
    }
}

TEST_CASE("no name, address or narrative of the corpus leaves", "[clinic][fhir][corpus]") {
    const auto corpus = corpus_folder();
    if (!corpus) {
        return;
    }
    const auto words_of = [](const Submission& event) {
        std::string all = event.business_key + event.source_msg_id;
        if (const auto* stay = std::get_if<EncounterClaim>(&event.payload)) {
            all += stay->location.id + stay->location.name + stay->discharged_to + stay->facility;
        } else if (const auto* visit = std::get_if<ObligationClaim>(&event.payload)) {
            all += visit->location.id + visit->location.name + visit->provider.id +
                   visit->provider.name + visit->reason_code + visit->owner_org;
        }
        return all;
    };
    for (const auto& entry : fs::recursive_directory_iterator(*corpus / "fhir")) {
        if (!entry.is_regular_file()) {
            continue;
        }
        INFO(entry.path());
        const Reading reading = read_path(entry.path());
        for (const char* word : {"Halvorson124,", "Jakubowski832", "Chalmers", "Careful", "MRI",
                                 "CRONA", "Crona", "999-87-1037", "<div", "South Wing"}) {
            CHECK_FALSE(tells(reading, word));
            for (const Submission& event : reading.parsed.events) {
                CHECK(words_of(event).find(word) == std::string::npos);
            }
        }
    }
}

TEST_CASE("a document of the corpus cut anywhere is refused without harm",
          "[clinic][fhir][corpus]") {
    const auto corpus = corpus_folder();
    if (!corpus) {
        return;
    }
    const Site site = corpus_site();
    for (const Stay& row : kStays) {
        const std::string text = read_file(*corpus / row.folder / row.file);
        for (std::size_t size = 0; size + 3 < text.size(); size += 211) {
            const Reading reading =
                read_fhir(as_bytes(std::string_view(text).substr(0, size)), site);
            REQUIRE(reading.disposal == Disposal::Refused);
        }
    }
}
