#include "adapters/clinic/out/hl7_notice.hpp"

#include "adapters/clinic/out/segment_text.hpp"
#include "adapters/clinic/out/told.hpp"
#include "adapters/kit/out/delivery_id.hpp"

namespace carehub::adapters::clinic::out {
namespace {

constexpr std::string_view kOwnCodes = "CAREHUB";
constexpr unsigned kStatementField = 28;  ///< of MSH, from version 2.9 on

std::string digits_of(std::string_view iso) {
    std::string digits;
    for (const char c : iso) {
        if (c >= '0' && c <= '9') {
            digits += c;
        }
    }
    return digits;
}

std::string print_day(Date day) { return digits_of(to_iso(day)); }

/// "20260710090000-0400"; nothing for a time that is not told.
std::string print_time(const TimeZone* zone, UtcTime time) {
    if (time == kUnknownTime || time == kNever) {
        return {};
    }
    constexpr std::size_t kToSeconds = 19;
    const UtcTime whole = std::chrono::floor<std::chrono::seconds>(time);
    const std::string iso = zone == nullptr ? to_iso(whole) : to_iso(*zone, whole);
    const std::string offset = iso.substr(kToSeconds);
    return digits_of(iso.substr(0, kToSeconds)) +
           (offset == "Z" ? std::string("+0000") : offset.substr(0, 1) + digits_of(offset));
}

/// Table 0004.
std::string_view class_code(EncounterClass encounter_class) {
    switch (encounter_class) {
        case EncounterClass::Inpatient:
        case EncounterClass::Observation: return "I";
        case EncounterClass::Emergency: return "E";
        case EncounterClass::Outpatient:
        case EncounterClass::Home:
        case EncounterClass::Virtual: return "O";
        case EncounterClass::PreAdmit: return "P";
        case EncounterClass::Unset:
        case EncounterClass::Unknown: break;
    }
    return "U";
}

/// UB-04 FL17, as far as the glossary's word is one code.
std::string_view disposition_code(Disposition disposition) {
    switch (disposition) {
        case Disposition::Home: return "01";
        case Disposition::OtherFacility: return "70";
        case Disposition::Snf: return "03";
        case Disposition::HomeHealth: return "06";
        case Disposition::AgainstAdvice: return "07";
        case Disposition::Deceased: return "20";
        case Disposition::Custody: return "21";
        case Disposition::Hospice: return "50";
        case Disposition::Rehab: return "62";
        case Disposition::LongTerm: return "63";
        case Disposition::Psychiatric: return "65";
        case Disposition::Unset:
        case Disposition::Other:
        case Disposition::Unknown: break;
    }
    return "";
}

std::string_view structure_of(std::string_view trigger) {
    if (trigger == "A03" || trigger == "A31") {
        return trigger == "A03" ? "ADT_A03" : "ADT_A05";
    }
    return trigger == "A11" ? "ADT_A09" : "ADT_A01";
}

class Writer {
public:
    Writer(const Notice& notice, const Told& told, const Hl7Names& names, KnownZones& zones)
        : notice_(notice),
          event_(notice.event),
          told_(told),
          names_(names),
          zone_(zones.find(notice.event.zone)) {}

    [[nodiscard]] std::string siu(const std::string& id, UtcTime now) const {
        return header(id, now, "SIU", "SIU_S12").end() + sch() + tq1() + nte() + pid() +
               resources();
    }

    [[nodiscard]] std::string adt(const std::string& id, UtcTime now) const {
        SegmentText msh = header(id, now, "ADT", structure_of(told_.trigger));
        msh.set(kStatementField, text(notice_.required_statement));
        SegmentText evn("EVN");
        evn.set(2, print_time(zone_, now)).set(6, print_time(zone_, event_.occurred_at));
        return msh.end() + evn.end() + pid() + pv1();
    }

private:
    [[nodiscard]] SegmentText header(const std::string& id, UtcTime now, std::string_view type,
                                     std::string_view structure) const {
        SegmentText msh("MSH");
        msh.set(2, "^~\\&")
            .set(3, text(names_.sending_application))
            .set(4, text(names_.sending_facility))
            .set(5, text(names_.receiving_application))
            .set(6, text(names_.receiving_facility))
            .set(7, print_time(nullptr, now))
            .set(9, components({type, told_.trigger, structure}))
            .set(10, id)
            .set(11, text(names_.processing_id))
            .set(12, "2.5.1")
            .set(18, "UNICODE UTF-8");
        return msh;
    }

    [[nodiscard]] const ObligationClaim* claim() const {
        return std::get_if<ObligationClaim>(&event_.payload);
    }

    /// The day alone where no more is known.
    [[nodiscard]] std::string start() const {
        const ToldPeriod period = period_of(event_);
        return period.date ? print_day(*period.date) : print_time(zone_, period.start);
    }
    [[nodiscard]] std::string end() const {
        const ToldPeriod period = period_of(event_);
        return period.date ? std::string{} : print_time(zone_, period.end);
    }

    [[nodiscard]] std::string filler_status() const {
        const bool tells = claim() != nullptr && claim()->status != ObligationStatus::Unset;
        if (!tells && notice_.kind == EventKind::AppointmentModified) {
            return {};  // the sender told none: it is as it was
        }
        return std::string(tells ? words_of(claim()->status).filler : told_.status);
    }

    [[nodiscard]] std::string sch() const {
        const bool busy = claim() == nullptr;
        const std::string_view type = busy ? "BUSY" : name_of(claim()->obligation_class);
        const std::string who = text(names_.sending_application);
        const std::string key = components({event_.business_key, names_.sending_application});
        SegmentText sch("SCH");
        sch.set(1, key)
            .set(2, key)
            .set(6, components({name_of(notice_.kind), "", kOwnCodes}))
            .set(8, type == "Unset" ? std::string{} : components({type, "", kOwnCodes}))
            .set(11, start().empty() ? std::string{} : "^^^" + start() + after("^", end()))
            .set(16, who)
            .set(20, who)
            .set(25, filler_status().empty() ? std::string{}
                                             : components({filler_status(), "", "HL70278"}));
        const ToldPeriod period = period_of(event_);
        if (!period.date && period.start != kUnknownTime && period.end > period.start) {
            const auto length = std::chrono::floor<std::chrono::minutes>(period.end - period.start);
            sch.set(9, std::to_string(length.count())).set(10, "MIN");
        }
        return sch.end();
    }

    [[nodiscard]] static std::string after(std::string_view separator, const std::string& value) {
        return value.empty() ? value : std::string(separator) + value;
    }

    [[nodiscard]] std::string tq1() const {
        SegmentText tq1("TQ1");
        return start().empty() ? std::string{}
                               : tq1.set(1, "1").set(7, start()).set(8, end()).end();
    }

    [[nodiscard]] std::string nte() const {
        SegmentText nte("NTE");
        return notice_.required_statement.empty()
                   ? std::string{}
                   : nte.set(1, "1").set(3, text(notice_.required_statement)).end();
    }

    [[nodiscard]] std::string pid() const {
        std::string identifiers;
        for (const Identifier& one : event_.identifiers) {
            identifiers += identifiers.empty() ? "" : "~";
            identifiers += components({one.value, "", "", one.authority, one.type});
        }
        SegmentText pid("PID");
        pid.set(1, "1").set(3, identifiers).set(5, "^^^^^^U");  // table 0200: no name is told
        if (const auto* person = std::get_if<PersonClaim>(&event_.payload)) {
            const bool lives = is_taken_back(event_, *person);
            pid.set(29, lives ? "\"\"" : print_time(zone_, person->deceased_at))
                .set(30, lives ? "N" : "Y");
        }
        return pid.end();
    }

    /// The segment action code of table 0206.
    [[nodiscard]] std::string action() const {
        if (told_.trigger == "S12") {
            return "A";
        }
        return told_.trigger == "S15" || told_.trigger == "S16" || told_.trigger == "S17" ? "D"
                                                                                          : "U";
    }

    [[nodiscard]] std::string resources() const {
        SegmentText rgs("RGS");
        std::string lines = rgs.set(1, "1").set(2, action()).end();
        if (claim() == nullptr) {
            return lines;
        }
        const std::string_view service = name_of(claim()->obligation_class);
        if (service != "Unset") {
            SegmentText ais("AIS");
            lines += ais.set(1, "1")
                         .set(2, action())
                         .set(3, components({service, "", kOwnCodes}))
                         .set(4, start())
                         .end();
        }
        const Place& place = claim()->location;
        if (!place.id.empty() || !place.name.empty()) {
            SegmentText ail("AIL");
            lines += ail.set(1, "1")
                         .set(2, action())
                         .set(3, text(place.id.empty() ? place.name : place.id))
                         .end();
        }
        const Party& provider = claim()->provider;
        if (!provider.id.empty() || !provider.name.empty()) {
            SegmentText aip("AIP");
            lines += aip.set(1, "1")
                         .set(2, action())
                         .set(3, components({provider.id, provider.name}))
                         .set(4, components({provider.role, "", kOwnCodes}))
                         .end();
        }
        return lines;
    }

    [[nodiscard]] std::string pv1() const {
        const auto* claim = std::get_if<EncounterClaim>(&event_.payload);
        SegmentText pv1("PV1");
        pv1.set(1, "1");
        if (claim == nullptr) {
            return pv1.set(2, "N").end();
        }
        const bool has_ended = notice_.kind == EventKind::EncounterEnded;
        return pv1.set(2, std::string(class_code(claim->encounter_class)))
            .set(3, text(claim->location.id))
            .set(19, components({event_.business_key, "", "", names_.sending_application, "VN"}))
            .set(36, has_ended ? std::string(disposition_code(claim->disposition)) : std::string{})
            .set(44, print_time(zone_, claim->start))
            .set(45, has_ended ? print_time(zone_, claim->end) : std::string{})
            .end();
    }

    const Notice& notice_;
    const Submission& event_;
    const Told& told_;
    const Hl7Names& names_;
    const TimeZone* zone_;
};

}  // namespace

Rendered render_hl7(const Notice& notice, const Hl7Names& names, UtcTime now, KnownZones& zones) {
    const auto told = told_of(notice);
    const bool is_siu = told && told->trigger.front() == 'S';
    if (!told || lacks_time(*told, notice.event, Format::Hl7v2)) {
        return std::nullopt;
    }
    if (const auto refusal = lacks(notice)) {
        return tl::unexpected<Refusal>(*refusal);
    }
    const std::string id = delivery_id(notice);
    const Writer writer(notice, *told, names, zones);
    return OutMessage{id, "x-application/hl7-v2+er7",
                      is_siu ? writer.siu(id, now) : writer.adt(id, now)};
}

}  // namespace carehub::adapters::clinic::out
