// One component's text through libical: its properties as plain strings. The door to libical's
// parser.
//
// Contract: text is one component, unfolded, of bounded size (calendar_text.hpp). Values are as
// written in iCalendar, texts still escaped; unescape() undoes that. A property the library could
// not read is in `unreadable` by name. Threads: any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace carehub::adapters::court {

struct Property {
    std::string name;  ///< upper case
    std::string value;
    std::string tzid;   ///< parameter, may be empty
    std::string range;  ///< parameter of RECURRENCE-ID, may be empty
};

struct Component {
    std::string name;
    std::vector<Property> properties;
    std::vector<std::string> unreadable;
    std::vector<Component> children;

    /// The first property of that name, or nullptr.
    [[nodiscard]] const Property* find(std::string_view property) const;
};

/// An empty name: the library made nothing of the text.
[[nodiscard]] Component parse_component(const std::string& text);

[[nodiscard]] std::string unescape(std::string_view text);

}  // namespace carehub::adapters::court
