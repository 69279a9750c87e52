#include "adapters/kit/drop/csv_row.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "adapters/kit/csv_writer.hpp"
#include "adapters/kit/drop/calendar_entry.hpp"
#include "adapters/kit/json/json_event.hpp"
#include "adapters/kit/out/delivery_id.hpp"
#include "adapters/kit/out/out_message.hpp"
#include "adapters/kit/out/told_period.hpp"

namespace carehub::adapters {
namespace {

enum Column : std::size_t {
    Delivery,
    Action,
    Uid,
    Kind,
    FormTold,
    BusyOnly,
    Status,
    Class,
    Start,
    End,
    Day,
    Authority,
    IdType,
    Id,
    OtherIds,
    PlaceCode,
    PlaceName,
    Remote,
    OccurredAt,
    Discloser,
    Statement,
    Again,
    Correction,
    Series,
    kColumns,
};

constexpr std::array<std::string_view, kColumns> kNames = {
    "delivery",    "action",     "uid",
    "kind",        "form",       "busy_only",
    "status",      "class",      "start",
    "end",         "date",       "authority",
    "id_type",     "id",         "other_ids",
    "place",       "place_name", "remote",
    "occurred_at", "discloser",  "required_statement",
    "again",       "correction", "series"};

/// A spreadsheet shows the apostrophe's text and runs nothing.
std::string guarded(std::string text) {
    const bool is_formula =
        !text.empty() && std::string_view("=+-@\t\r\n").find(text.front()) != std::string::npos;
    return is_formula ? "'" + text : text;
}

/// Of what takes no time: housing withdraws by a correction and tells anew what still holds; of a
/// death the instant is missing.
bool is_taken_back(const Submission& event) {
    const auto* const person = std::get_if<PersonClaim>(&event.payload);
    const bool lives = person != nullptr && person->deceased_at == kUnknownTime;
    return event.correction && (lives || std::holds_alternative<HousingClaim>(event.payload));
}

std::string_view action_of(const Submission& event) {
    if (cancels_entry(event.kind) || event.kind == EventKind::DischargePlanCancelled ||
        is_taken_back(event)) {
        return "cancel";
    }
    const bool is_custody =
        event.kind == EventKind::CustodyStarted || event.kind == EventKind::CustodyEnded;
    const bool takes_time = std::holds_alternative<ObligationClaim>(event.payload) ||
                            std::holds_alternative<ResourceClaim>(event.payload) ||
                            std::holds_alternative<EncounterClaim>(event.payload);
    return is_custody || takes_time ? "set" : "note";
}

/// Fills the cells of one row.
class Row {
public:
    Row(const Notice& notice, KnownZones& zones)
        : notice_(notice), event_(notice.event), zone_(zones.find(notice.event.zone)) {}

    [[nodiscard]] std::string text() {
        set_head();
        set_client();
        std::visit([this](const auto& claim) { set(claim); }, event_.payload);
        return csv_record(cells_);
    }

private:
    void set_head() {
        cells_[Delivery] = delivery_id(notice_);
        cells_[Action] = action_of(event_);
        cells_[Uid] = guarded(event_.business_key);
        cells_[Kind] = name_of(notice_.kind);
        cells_[FormTold] = form_word(notice_.form);
        cells_[BusyOnly] = notice_.form == Form::BusyOnly ? "yes" : "no";
        cells_[OccurredAt] = time(event_.occurred_at);
        cells_[Discloser] = guarded(notice_.discloser);
        cells_[Statement] = guarded(notice_.required_statement);
        cells_[Again] = notice_.history ? "yes" : "no";
        cells_[Correction] = event_.correction ? "true" : "false";
        cells_[Series] = guarded(notice_.series);
        const ToldPeriod period = period_of(event_);
        set_period(period.start, period.end);
        set_day(period.date);
    }

    void set_client() {
        const Identifier& first = event_.identifiers.front();
        cells_[Authority] = guarded(first.authority);
        cells_[IdType] = guarded(first.type);
        cells_[Id] = guarded(first.value);
        std::string others;
        for (const Identifier& one : std::span(event_.identifiers).subspan(1)) {
            others +=
                (others.empty() ? "" : "; ") + one.authority + " " + one.type + " " + one.value;
        }
        cells_[OtherIds] = guarded(std::move(others));
    }

    void set(const ObligationClaim& claim) {
        cells_[Class] = name_of(claim.obligation_class);
        cells_[Status] = name_of(claim.status);
        set_place(claim.location);
    }
    void set(const ResourceClaim& claim) { set_place(claim.location); }
    void set(const EncounterClaim& claim) {
        cells_[Class] = name_of(claim.encounter_class);
        set_period(claim.planned == kUnknownTime ? claim.start : claim.planned, claim.end);
        set_place(claim.location);
    }
    void set(const JusticeClaim& claim) {
        const bool starts = notice_.kind == EventKind::CustodyStarted;
        const bool ends = notice_.kind == EventKind::CustodyEnded;
        set_period(starts ? event_.occurred_at : kUnknownTime,
                   ends ? event_.occurred_at : kUnknownTime);
        set_day(claim.effective);
        set_place(claim.custody_place);
    }
    void set(const HousingClaim& claim) {
        set_day(claim.date == Date{} ? std::nullopt : std::optional(claim.date));
    }
    void set(const PersonClaim& claim) { set_period(claim.deceased_at, kUnknownTime); }
    template <class Claim>
    void set(const Claim&) {}

    void set_period(UtcTime start, UtcTime end) {
        cells_[Start] = time(start);
        cells_[End] = time(end == kNever ? kUnknownTime : end);
    }
    void set_day(const std::optional<Date>& date) { cells_[Day] = date ? to_iso(*date) : ""; }
    void set_place(const Place& place) {
        cells_[PlaceCode] = guarded(place.id);
        cells_[PlaceName] = guarded(place.name);
        cells_[Remote] = place.remote ? "yes" : "";
    }
    [[nodiscard]] std::string time(UtcTime time) const {
        if (time == kUnknownTime) {
            return {};
        }
        return zone_ != nullptr ? to_iso(*zone_, time) : to_iso(time, std::chrono::seconds{0});
    }

    const Notice& notice_;
    const Submission& event_;
    const TimeZone* zone_;
    std::array<std::string, kColumns> cells_;
};

}  // namespace

std::string csv_header() {
    std::array<std::string, kColumns> names;
    std::ranges::copy(kNames, names.begin());
    return csv_record(names);
}

tl::expected<std::optional<std::string>, Refusal> csv_row(const Notice& notice, KnownZones& zones) {
    if (notice.alert) {
        return std::nullopt;
    }
    if (const auto refusal = names_nobody(notice)) {
        return tl::unexpected<Refusal>(*refusal);
    }
    return Row(notice, zones).text();
}

}  // namespace carehub::adapters
