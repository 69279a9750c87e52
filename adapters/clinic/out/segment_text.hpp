// Segments of a message we write, with the separators everybody expects: |^~\&
//
// Contract: fields are numbered as in the standard; what ends empty is left out. Texts are escaped
// by text(), components put together by components().
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/clinic/hl7/escape.hpp"

namespace carehub::adapters::clinic::out {

[[nodiscard]] inline std::string text(std::string_view value) {
    return hl7::encode_escapes(value, hl7::Delimiters{});
}

/// The parts, each escaped, between carets; nothing where all are empty.
[[nodiscard]] inline std::string components(std::initializer_list<std::string_view> parts) {
    std::string joined;
    for (const std::string_view part : parts) {
        joined += text(part);
        joined += '^';
    }
    joined.erase(joined.find_last_not_of('^') + 1);
    return joined;
}

class SegmentText {
public:
    explicit SegmentText(std::string_view name) : name_(name) {}

    /// `raw`: as it stands in the message.
    SegmentText& set(unsigned number, std::string raw) {
        const std::size_t at = name_ == "MSH" ? number - 1 : number;
        fields_.resize(std::max(fields_.size(), at));
        fields_[at - 1] = std::move(raw);
        return *this;
    }
    [[nodiscard]] std::string end() const {
        std::string line = name_;
        for (const std::string& field : fields_) {
            line += '|';
            line += field;
        }
        line.erase(line.find_last_not_of('|') + 1);
        line += '\r';
        return line;
    }

private:
    std::string name_;
    std::vector<std::string> fields_;
};

}  // namespace carehub::adapters::clinic::out
