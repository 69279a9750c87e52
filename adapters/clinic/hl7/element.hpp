// A view of one field, repetition, component or subcomponent of a message.
//
// Contract: numbers count from 1 as in the standard; what is not there is an empty element, never
// an error. value() is the first leaf, decoded, without surrounding blanks and control characters.
// Threads: immutable. Lifetime: borrows the message's text.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/clinic/hl7/delimiters.hpp"

namespace carehub::adapters::clinic::hl7 {

/// The delete indicator: the sender removes the value it told before.
inline constexpr std::string_view kDelete = "\"\"";

class Element {
public:
    enum class Level { Field, Repetition, Component, Subcomponent };

    Element() = default;
    Element(std::string_view raw, const Delimiters& delimiters, Level level)
        : raw_(raw), delimiters_(delimiters), level_(level) {}

    [[nodiscard]] std::string_view raw() const { return raw_; }
    [[nodiscard]] bool is_delete() const { return raw_ == kDelete; }
    /// The text told here; empty when nothing is told or the value is deleted.
    [[nodiscard]] std::string value() const;

    /// At most kRepetitionsMax; none when the field is empty.
    [[nodiscard]] std::vector<Element> repetitions() const;
    /// Of a field: the component of its first repetition.
    [[nodiscard]] Element component(unsigned number) const;
    [[nodiscard]] Element subcomponent(unsigned number) const;

private:
    [[nodiscard]] Element part(unsigned number, char separator, Level level) const;
    /// The first leaf as it was sent.
    [[nodiscard]] std::string_view leaf() const;

    std::string_view raw_;
    Delimiters delimiters_;
    Level level_ = Level::Field;
};

/// The `number`th part, from 1, of `text` split at `separator`; empty when there are fewer.
[[nodiscard]] std::string_view nth_part(std::string_view text, char separator, unsigned number);
[[nodiscard]] std::string_view trim(std::string_view text);
/// Upper case of the ASCII letters: tables are compared without regard to case.
[[nodiscard]] std::string to_upper(std::string_view text);

// Inline from here on: every value of every message is found this way.

/// Parts are short: a plain loop is quicker than a call for each of them.
inline std::string_view nth_part(std::string_view text, char separator, unsigned number) {
    if (separator == 0) {
        return number == 1 ? text : std::string_view{};
    }
    const char* at = text.data();
    const char* const end = at + text.size();
    for (; number > 1; --number) {
        at = std::find(at, end, separator);
        if (at == end) {
            return {};
        }
        ++at;
    }
    return {at, static_cast<std::size_t>(std::find(at, end, separator) - at)};
}

inline Element Element::part(unsigned number, char separator, Level level) const {
    return {nth_part(raw_, separator, number), delimiters_, level};
}

inline Element Element::component(unsigned number) const {
    const Element whole =
        level_ == Level::Field ? part(1, delimiters_.repetition, Level::Repetition) : *this;
    return whole.part(number, delimiters_.component, Level::Component);
}

inline Element Element::subcomponent(unsigned number) const {
    const bool holds_components = level_ == Level::Field || level_ == Level::Repetition;
    const Element whole = holds_components ? component(1) : *this;
    return whole.part(number, delimiters_.subcomponent, Level::Subcomponent);
}

}  // namespace carehub::adapters::clinic::hl7
