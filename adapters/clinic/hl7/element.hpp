// A view of one field, repetition, component or subcomponent of a message.
//
// Contract: numbers count from 1 as in the standard; what is not there is an empty element, never
// an error. value() is the first leaf, decoded, without surrounding blanks and control characters.
// Threads: immutable. Lifetime: borrows the message's text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "adapters/clinic/hl7/delimiters.hpp"

namespace carehub::adapters::clinic::hl7 {

class Element {
public:
    enum class Level { Field, Repetition, Component, Subcomponent };

    Element() = default;
    Element(std::string_view raw, const Delimiters& delimiters, Level level)
        : raw_(raw), delimiters_(delimiters), level_(level) {}

    [[nodiscard]] std::string_view raw() const { return raw_; }
    /// The delete indicator `""`: the sender removes the value it told before.
    [[nodiscard]] bool is_delete() const { return raw_ == "\"\""; }
    /// The text told here; empty when nothing is told or the value is deleted.
    [[nodiscard]] std::string value() const;

    /// At most kRepetitionsMax; none when the field is empty.
    [[nodiscard]] std::vector<Element> repetitions() const;
    /// Of a field: the component of its first repetition.
    [[nodiscard]] Element component(unsigned number) const;
    [[nodiscard]] Element subcomponent(unsigned number) const;

private:
    [[nodiscard]] Element part(unsigned number, char separator, Level level) const;

    std::string_view raw_;
    Delimiters delimiters_;
    Level level_ = Level::Field;
};

/// The `number`th part, from 1, of `text` split at `separator`; empty when there are fewer.
[[nodiscard]] std::string_view nth_part(std::string_view text, char separator, unsigned number);
[[nodiscard]] std::string_view trim(std::string_view text);
/// Upper case of the ASCII letters: tables are compared without regard to case.
[[nodiscard]] std::string to_upper(std::string_view text);

}  // namespace carehub::adapters::clinic::hl7
