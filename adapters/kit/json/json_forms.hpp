// The two forms of event_fields.hpp over Boost.JSON: one reads members from an object, one writes
// them.
//
// Contract: a reader keeps the first fault it meets, and names it by path; null means not told. A
// writer leaves out what has its default value.
// Threads: confined to one thread. Lifetime: both borrow their object, the reader its fault too.
#pragma once

#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

#include "adapters/kit/json/event_fields.hpp"
#include "adapters/kit/json/nearest.hpp"
#include "hub/base/time_zone.hpp"
#include "hub/model/refusal.hpp"

namespace carehub::adapters {

template <class E>
struct BitName {
    E bit;
    std::string_view name;
};

inline constexpr std::array kTimeFlagNames = {
    BitName<TimeFlag>{TimeFlag::Ambiguous, "Ambiguous"},
    BitName<TimeFlag>{TimeFlag::Skipped, "Skipped"},
    BitName<TimeFlag>{TimeFlag::AssumedZone, "AssumedZone"},
    BitName<TimeFlag>{TimeFlag::AssumedDuration, "AssumedDuration"},
    BitName<TimeFlag>{TimeFlag::DateOnly, "DateOnly"},
    BitName<TimeFlag>{TimeFlag::CallList, "CallList"},
    BitName<TimeFlag>{TimeFlag::TimeUncertain, "TimeUncertain"},
};
inline constexpr std::array kLabelNames = {
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

    JsonReader(const boost::json::object& object, std::string path, std::optional<Refusal>& fault)
        : object_(object), path_(std::move(path)), fault_(fault) {}

    template <class T>
    void operator()(std::string_view key, T& member) {
        known_.push_back(key);
        const boost::json::value* value = object_.if_contains(key);
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

    void read(const boost::json::value& value, const std::string& field, std::string& out) {
        value.is_string() ? void(out = std::string(value.get_string()))
                          : refuse(field, "give a text");
    }

    void read(const boost::json::value& value, const std::string& field, bool& out) {
        value.is_bool() ? void(out = value.get_bool()) : refuse(field, "give true or false");
    }

    template <std::unsigned_integral T>
    void read(const boost::json::value& value, const std::string& field, T& out) {
        boost::json::error_code error;
        out = value.to_number<T>(error);
        if (error) {
            refuse(field, "give a whole number from 0 to " +
                              std::to_string(std::numeric_limits<T>::max()));
        }
    }

    void read(const boost::json::value& value, const std::string& field, UtcTime& out) {
        const auto time = value.is_string() ? parse_iso_time(value.get_string()) : std::nullopt;
        time ? void(out = *time)
             : refuse(field, "give a time with offset such as 2026-07-09T14:00:00-04:00");
    }

    void read(const boost::json::value& value, const std::string& field, Date& out) {
        const auto date = value.is_string() ? parse_iso_date(value.get_string()) : std::nullopt;
        date ? void(out = *date) : refuse(field, "give a date such as 2026-07-09");
    }

    void read(const boost::json::value& value, const std::string& field, EventKind& out) {
        const auto kind = value.is_string() ? parse_event_kind(value.get_string()) : std::nullopt;
        kind ? void(out = *kind) : refuse(field, "give a kind of event such as AppointmentBooked");
    }

    template <class E>
    requires std::is_enum_v<E>
    void read(const boost::json::value& value, const std::string& field, E& out) {
        const auto known = value.is_string() ? parse_name<E>(value.get_string()) : std::nullopt;
        known ? void(out = *known) : refuse(field, "give one of " + known_names<E>());
    }

    void read(const boost::json::value& value, const std::string& field, Hash256& out) {
        if (!value.is_string() || !from_hex(value.get_string(), out)) {
            refuse(field, "give 64 hexadecimal digits");
        }
    }

    template <class T>
    void read(const boost::json::value& value, const std::string& field, std::optional<T>& out) {
        read(value, field, out.emplace());
    }

    template <class E, class Rep>
    void read(const boost::json::value& value, const std::string& field, BitSet<E, Rep>& out) {
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
    void read(const boost::json::value& value, const std::string& field, std::vector<T>& out) {
        if (!value.is_array()) {
            return refuse(field, "give a list");
        }
        for (const boost::json::value& item : value.get_array()) {
            const std::string place = field + "[" + std::to_string(out.size()) + "]";
            read(item, place, out.emplace_back());
        }
    }

    template <class T>
    requires std::is_class_v<T>
    void read(const boost::json::value& value, const std::string& field, T& out) {
        if (!value.is_object()) {
            return refuse(field, "give an object");
        }
        JsonReader inner(value.get_object(), field + ".", fault_);
        describe(inner, out);
        inner.refuse_unknown_keys();
    }

    const boost::json::object& object_;
    std::string path_;
    std::optional<Refusal>& fault_;
    std::vector<std::string_view> known_;
};

/// A Form that writes what is told into a JSON object.
class JsonWriter {
public:
    template <class T>
    using Part = const T;

    JsonWriter(boost::json::object& object, const TimeZone* zone) : object_(object), zone_(zone) {}

    template <class T>
    void operator()(std::string_view key, const T& member) {
        if (member != T{}) {
            object_[key] = value_of(member);
        }
    }

private:
    static boost::json::value value_of(const std::string& text) {
        return boost::json::string(text);
    }
    static boost::json::value value_of(bool flag) { return flag; }
    template <std::unsigned_integral T>
    static boost::json::value value_of(T number) {
        return number;
    }
    boost::json::value value_of(UtcTime time) const {
        return boost::json::string(zone_ == nullptr ? to_iso(time) : to_iso(*zone_, time));
    }
    static boost::json::value value_of(Date date) { return boost::json::string(to_iso(date)); }
    template <class E>
    requires std::is_enum_v<E>
    static boost::json::value value_of(E word) { return boost::json::string(name_of(word)); }
    static boost::json::value value_of(const Hash256& hash) {
        return boost::json::string(to_hex(hash));
    }
    template <class T>
    boost::json::value value_of(const std::optional<T>& told) const {
        return value_of(*told);
    }
    template <class E, class Rep>
    static boost::json::value value_of(const BitSet<E, Rep>& bits) {
        boost::json::array names;
        for (const auto& named : names_of(E{})) {
            if (bits.has(named.bit)) {
                names.emplace_back(named.name);
            }
        }
        return names;
    }
    template <class T>
    boost::json::value value_of(const std::vector<T>& items) const {
        boost::json::array list;
        for (const T& item : items) {
            list.push_back(value_of(item));
        }
        return list;
    }
    template <class T>
    requires std::is_class_v<T> boost::json::value value_of(const T& part)
    const {
        boost::json::object object;
        JsonWriter inner(object, zone_);
        describe(inner, part);
        return object;
    }

    boost::json::object& object_;
    const TimeZone* zone_;
};

}  // namespace carehub::adapters
