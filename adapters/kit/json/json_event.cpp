#include "adapters/kit/json/json_event.hpp"

#include <boost/json.hpp>

#include "adapters/kit/json/json_forms.hpp"
#include "adapters/kit/sha256.hpp"

namespace carehub::adapters {
namespace {

namespace json = boost::json;

/// Digits of a line's digest in the id derived from it: 64 bits tell the lines of a file apart.
constexpr std::size_t kDigestDigits = 16;

Payload empty_payload(EventKind kind) {
    switch (payload_of(kind)) {
        case PayloadKind::Obligation: return ObligationClaim{};
        case PayloadKind::Resource: return ResourceClaim{};
        case PayloadKind::Snapshot: return SnapshotClaim{};
        case PayloadKind::Encounter: return EncounterClaim{};
        case PayloadKind::Person: return PersonClaim{};
        case PayloadKind::Identity: return IdentityClaim{};
        case PayloadKind::Housing: return HousingClaim{};
        case PayloadKind::Justice: return JusticeClaim{};
        case PayloadKind::Casework: return CaseworkClaim{};
        case PayloadKind::Consent: return ConsentClaim{};
        case PayloadKind::None: break;
    }
    return std::monostate{};
}

void read_payload(const json::object& line, Submission& event, std::optional<Refusal>& fault) {
    const json::value* told = line.if_contains("payload");
    if (told == nullptr || !told->is_object()) {
        fault = Refusal{RefusalReason::MissingField, "payload",
                        "give the payload that the kind asks for"};
        return;
    }
    event.payload = empty_payload(event.kind);
    JsonReader reader(told->get_object(), "payload.", fault);
    std::visit([&reader](auto& claim) { describe(reader, claim); }, event.payload);
    reader.refuse_unknown_keys();
}

std::string derived_id(const LineSource& source, const Hash256& digest) {
    return source.file + ":" + std::to_string(source.line) + ":" +
           to_hex(digest).substr(0, kDigestDigits);
}

template <class Items>
json::array array_of(const Items& items) {
    json::array list;
    for (const auto& item : items) {
        list.emplace_back(item);
    }
    return list;
}

}  // namespace

tl::expected<Submission, Refusal> parse_event(std::string_view line, const LineSource& source) {
    json::error_code error;
    const json::value value = json::parse(line, error);
    if (error || !value.is_object()) {
        return tl::unexpected<Refusal>(Refusal{RefusalReason::Malformed, "",
                                               "write one JSON object a line, and nothing else"});
    }
    std::optional<Refusal> fault;
    Submission event;
    JsonReader reader(value.get_object(), "", fault);
    describe(reader, event);
    reader.passes("payload");
    reader.refuse_unknown_keys();
    if (!fault && event.kind == EventKind::Unset) {
        fault = Refusal{RefusalReason::MissingField, "kind", "say what kind of event this is"};
    }
    if (!fault) {
        read_payload(value.get_object(), event, fault);
    }
    if (fault) {
        return tl::unexpected<Refusal>(std::move(*fault));
    }
    const Hash256 digest = sha256(as_bytes(line));
    event.feed = event.feed.empty() ? source.feed : event.feed;
    event.raw_sha256 = event.raw_sha256 == Hash256{} ? digest : event.raw_sha256;
    event.source_msg_id =
        event.source_msg_id.empty() ? derived_id(source, digest) : event.source_msg_id;
    return event;
}

std::string event_id_of(std::string_view line, const LineSource& source) {
    json::error_code error;
    const json::value value = json::parse(line, error);
    const json::object* const told = error ? nullptr : value.if_object();
    const json::value* const id = told == nullptr ? nullptr : told->if_contains("id");
    const bool is_told = id != nullptr && id->is_string() && !id->get_string().empty();
    return is_told ? std::string(id->get_string()) : derived_id(source, sha256(as_bytes(line)));
}

std::string_view form_word(Form form) {
    return form == Form::Reduced ? "reduced" : form == Form::BusyOnly ? "busy_only" : "full";
}

json::object EventPrinter::event_json(const Submission& event) {
    const TimeZone* const where = zones_.find(event.zone);
    json::object object;
    JsonWriter writer(object, where);
    describe(writer, event);
    json::object payload;
    JsonWriter inner(payload, where);
    std::visit([&inner](const auto& claim) { describe(inner, claim); }, event.payload);
    object["payload"] = std::move(payload);
    return object;
}

json::object EventPrinter::notice_json(const Notice& notice) {
    json::object line{{"sequence", notice.number},           {"kind", name_of(notice.kind)},
                      {"event_id", notice.event_id},         {"client", notice.client},
                      {"disclosed", form_word(notice.form)}, {"discloser", notice.discloser}};
    if (notice.attempt > 1) {
        line["attempt"] = notice.attempt;
    }
    if (notice.first_number != 0) {
        line["first_number"] = notice.first_number;
    }
    if (notice.history) {
        line["history"] = true;
    }
    if (!notice.series.empty()) {
        line["series"] = notice.series;
    }
    if (!notice.required_statement.empty()) {
        line["required_statement"] = notice.required_statement;
    }
    line["body"] =
        notice.alert ? alert_json(*notice.alert, notice.client) : event_json(notice.event);
    return line;
}

json::object alert_json(const AlertNotice& alert, const std::string& client) {
    json::array suggestions;
    for (const SuggestionText& suggestion : alert.suggestions) {
        suggestions.push_back(json::object{{"action", suggestion.action},
                                           {"obligation", suggestion.obligation},
                                           {"by", to_iso(suggestion.by)},
                                           {"who", suggestion.who},
                                           {"needs_consent", suggestion.needs_consent},
                                           {"why", suggestion.why}});
    }
    return {{"alert_id", alert.alert_id},
            {"rule", alert.rule},
            {"severity", name_of(alert.severity)},
            {"state", name_of(alert.state)},
            {"client", client},
            {"owner", alert.owner},
            {"raised_at", to_iso(alert.raised_at)},
            {"act_by", to_iso(alert.act_by)},
            {"count", alert.count},
            {"text", alert.text},
            {"obligations", array_of(alert.obligations)},
            {"suggestions", suggestions},
            {"evidence", array_of(alert.evidence)}};
}

}  // namespace carehub::adapters
