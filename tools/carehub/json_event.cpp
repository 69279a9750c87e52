#include "tools/carehub/json_event.hpp"

#include <array>
#include <boost/json.hpp>

#include "adapters/kit/sha256.hpp"
#include "hub/base/zone_database.hpp"
#include "tools/carehub/event_fields.hpp"
#include "tools/carehub/nearest.hpp"

namespace carehub::tool {
namespace {

namespace json = boost::json;

/// Digits of a line's digest in the id derived from it: 64 bits tell the lines of a file apart.
constexpr std::size_t kDigestDigits = 16;

template <class E>
struct BitName {
    E bit;
    std::string_view name;
};

constexpr std::array kTimeFlagNames = {
    BitName<TimeFlag>{TimeFlag::Ambiguous, "Ambiguous"},
    BitName<TimeFlag>{TimeFlag::Skipped, "Skipped"},
    BitName<TimeFlag>{TimeFlag::AssumedZone, "AssumedZone"},
    BitName<TimeFlag>{TimeFlag::AssumedDuration, "AssumedDuration"},
    BitName<TimeFlag>{TimeFlag::DateOnly, "DateOnly"},
    BitName<TimeFlag>{TimeFlag::CallList, "CallList"},
    BitName<TimeFlag>{TimeFlag::TimeUncertain, "TimeUncertain"},
};
constexpr std::array kLabelNames = {
    BitName<SecurityLabel>{SecurityLabel::Part2, "Part2"},
    BitName<SecurityLabel>{SecurityLabel::Psychotherapy, "Psychotherapy"},
    BitName<SecurityLabel>{SecurityLabel::MentalHealth, "MentalHealth"},
    BitName<SecurityLabel>{SecurityLabel::Hiv, "Hiv"},
    BitName<SecurityLabel>{SecurityLabel::Minor, "Minor"},
    BitName<SecurityLabel>{SecurityLabel::DvProtected, "DvProtected"},
    BitName<SecurityLabel>{SecurityLabel::LocationProtected, "LocationProtected"},
    BitName<SecurityLabel>{SecurityLabel::Cji, "Cji"},
    BitName<SecurityLabel>{SecurityLabel::SealedCase, "SealedCase"},
};
constexpr const auto& names_of(TimeFlag) { return kTimeFlagNames; }
constexpr const auto& names_of(SecurityLabel) { return kLabelNames; }

template <class E>
std::string known_names() {
    std::string names;
    for (std::size_t i = 1; i < enum_count<E>(); ++i) {
        names += (names.empty() ? "" : ", ") + std::string(kEnumNames<E>[i]);
    }
    return names;
}

/// A Form that fills members from a JSON object; the first fault found is kept.
class JsonReader {
public:
    template <class T>
    using Part = T;

    JsonReader(const json::object& object, std::string path, std::optional<Refusal>& fault)
        : object_(object), path_(std::move(path)), fault_(fault) {}

    template <class T>
    void operator()(std::string_view key, T& member) {
        known_.push_back(key);
        const json::value* value = object_.if_contains(key);
        if (!fault_ && value != nullptr && !value->is_null()) {
            read(*value, path_ + std::string(key), member);
        }
    }
    /// A key that is read elsewhere.
    void passes(std::string_view key) { known_.push_back(key); }

    void refuse_unknown_keys() {
        for (const auto& item : object_) {
            const std::string_view key = item.key();
            if (!fault_ && std::find(known_.begin(), known_.end(), key) == known_.end()) {
                refuse(path_ + printable(key), "no such field; did you mean " + path_ +
                                                   std::string(nearest(key, known_)) + "?");
            }
        }
    }

private:
    void refuse(const std::string& field, std::string fix) {
        if (!fault_) {
            fault_ = Refusal{RefusalReason::InvalidField, field, std::move(fix)};
        }
    }

    /// A key as it may be repeated to a person: short, and without control characters.
    static std::string printable(std::string_view key) {
        std::string text(key.substr(0, 64));
        for (char& c : text) {
            const auto code = static_cast<unsigned char>(c);
            c = code < 0x20 || code == 0x7f ? '?' : c;
        }
        return text;
    }

    void read(const json::value& value, const std::string& field, std::string& out) {
        value.is_string() ? void(out = std::string(value.get_string())) : refuse(field, "give a text");
    }

    void read(const json::value& value, const std::string& field, bool& out) {
        value.is_bool() ? void(out = value.get_bool()) : refuse(field, "give true or false");
    }

    template <std::unsigned_integral T>
    void read(const json::value& value, const std::string& field, T& out) {
        json::error_code error;
        out = value.to_number<T>(error);
        if (error) {
            refuse(field, "give a whole number from 0 to " + std::to_string(std::numeric_limits<T>::max()));
        }
    }

    void read(const json::value& value, const std::string& field, UtcTime& out) {
        const auto time = value.is_string() ? parse_iso_time(value.get_string()) : std::nullopt;
        time ? void(out = *time) : refuse(field, "give a time with offset such as 2026-07-09T14:00:00-04:00");
    }

    void read(const json::value& value, const std::string& field, Date& out) {
        const auto date = value.is_string() ? parse_iso_date(value.get_string()) : std::nullopt;
        date ? void(out = *date) : refuse(field, "give a date such as 2026-07-09");
    }

    void read(const json::value& value, const std::string& field, EventKind& out) {
        const auto kind = value.is_string() ? parse_event_kind(value.get_string()) : std::nullopt;
        kind ? void(out = *kind) : refuse(field, "give a kind of event such as AppointmentBooked");
    }

    template <class E>
        requires std::is_enum_v<E>
    void read(const json::value& value, const std::string& field, E& out) {
        const auto known = value.is_string() ? parse_name<E>(value.get_string()) : std::nullopt;
        known ? void(out = *known) : refuse(field, "give one of " + known_names<E>());
    }

    void read(const json::value& value, const std::string& field, Hash256& out) {
        if (!value.is_string() || !from_hex(value.get_string(), out)) {
            refuse(field, "give 64 hexadecimal digits");
        }
    }

    template <class T>
    void read(const json::value& value, const std::string& field, std::optional<T>& out) {
        read(value, field, out.emplace());
    }

    template <class E, class Rep>
    void read(const json::value& value, const std::string& field, BitSet<E, Rep>& out) {
        std::vector<std::string> words;
        read(value, field, words);
        for (const std::string& word : words) {
            const auto& names = names_of(E{});
            const auto known = std::find_if(names.begin(), names.end(),
                                            [&](const auto& named) { return named.name == word; });
            known == names.end() ? refuse(field, "use the names of the glossary, such as " +
                                                     std::string(names.front().name))
                                 : out.add(known->bit);
        }
    }

    template <class T>
    void read(const json::value& value, const std::string& field, std::vector<T>& out) {
        if (!value.is_array()) {
            return refuse(field, "give a list");
        }
        for (const json::value& item : value.get_array()) {
            read(item, field + "[" + std::to_string(out.size()) + "]", out.emplace_back());
        }
    }

    template <class T>
        requires std::is_class_v<T>
    void read(const json::value& value, const std::string& field, T& out) {
        if (!value.is_object()) {
            return refuse(field, "give an object");
        }
        JsonReader inner(value.get_object(), field + ".", fault_);
        describe(inner, out);
        inner.refuse_unknown_keys();
    }

    const json::object& object_;
    std::string path_;
    std::optional<Refusal>& fault_;
    std::vector<std::string_view> known_;
};

/// A Form that writes what is told into a JSON object.
class JsonWriter {
public:
    template <class T>
    using Part = const T;

    JsonWriter(json::object& object, const TimeZone* zone) : object_(object), zone_(zone) {}

    template <class T>
    void operator()(std::string_view key, const T& member) {
        if (member != T{}) {
            object_[key] = value_of(member);
        }
    }

private:
    static json::value value_of(const std::string& text) { return json::string(text); }
    static json::value value_of(bool flag) { return flag; }
    template <std::unsigned_integral T>
    static json::value value_of(T number) {
        return number;
    }
    json::value value_of(UtcTime time) const {
        return json::string(zone_ == nullptr ? to_iso(time) : to_iso(*zone_, time));
    }
    static json::value value_of(Date date) { return json::string(to_iso(date)); }
    template <class E>
        requires std::is_enum_v<E>
    static json::value value_of(E word) {
        return json::string(name_of(word));
    }
    static json::value value_of(const Hash256& hash) { return json::string(to_hex(hash)); }
    template <class T>
    json::value value_of(const std::optional<T>& told) const {
        return value_of(*told);
    }
    template <class E, class Rep>
    static json::value value_of(const BitSet<E, Rep>& bits) {
        json::array names;
        for (const auto& named : names_of(E{})) {
            if (bits.has(named.bit)) {
                names.emplace_back(named.name);
            }
        }
        return names;
    }
    template <class T>
    json::value value_of(const std::vector<T>& items) const {
        json::array list;
        for (const T& item : items) {
            list.push_back(value_of(item));
        }
        return list;
    }
    template <class T>
        requires std::is_class_v<T>
    json::value value_of(const T& part) const {
        json::object object;
        JsonWriter inner(object, zone_);
        describe(inner, part);
        return object;
    }

    json::object& object_;
    const TimeZone* zone_;
};

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
        fault = Refusal{RefusalReason::MissingField, "payload", "give the payload that the kind asks for"};
        return;
    }
    event.payload = empty_payload(event.kind);
    JsonReader reader(told->get_object(), "payload.", fault);
    std::visit([&reader](auto& claim) { describe(reader, claim); }, event.payload);
    reader.refuse_unknown_keys();
}

std::string derived_id(const LineSource& source, const Hash256& digest) {
    return source.file + ":" + std::to_string(source.line) + ":" + to_hex(digest).substr(0, kDigestDigits);
}

std::string_view form_word(Form form) {
    return form == Form::Reduced ? "reduced" : form == Form::BusyOnly ? "busy_only" : "full";
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
        return tl::unexpected<Refusal>(
            Refusal{RefusalReason::Malformed, "", "write one JSON object a line, and nothing else"});
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
    const Hash256 digest = adapters::sha256(as_bytes(line));
    event.feed = event.feed.empty() ? source.feed : event.feed;
    event.raw_sha256 = event.raw_sha256 == Hash256{} ? digest : event.raw_sha256;
    event.source_msg_id = event.source_msg_id.empty() ? derived_id(source, digest) : event.source_msg_id;
    return event;
}

const TimeZone* EventPrinter::zone(const std::string& name) {
    auto known = zones_.find(name);
    if (known == zones_.end()) {
        auto loaded = load_zone(name);
        known = zones_.emplace(name, loaded ? std::optional(std::move(*loaded)) : std::nullopt).first;
    }
    return known->second ? &*known->second : nullptr;
}

json::object EventPrinter::event_json(const Submission& event) {
    const TimeZone* const where = event.zone.empty() ? nullptr : zone(event.zone);
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
    json::object line{{"sequence", notice.number},
                      {"kind", name_of(notice.kind)},
                      {"event_id", notice.event_id},
                      {"client", notice.client},
                      {"disclosed", form_word(notice.form)},
                      {"discloser", notice.discloser}};
    if (!notice.required_statement.empty()) {
        line["required_statement"] = notice.required_statement;
    }
    line["body"] = notice.alert ? alert_json(*notice.alert, notice.client) : event_json(notice.event);
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

}  // namespace carehub::tool
