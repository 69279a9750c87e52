#include "adapters/court/ical/component.hpp"

#include <algorithm>
#include <memory>

#include <libical/ical.h>

#include "adapters/court/ical/calendar_text.hpp"
#include "adapters/court/ical/calendar_value.hpp"
#include "adapters/court/text.hpp"

namespace carehub::adapters::court {
namespace {

struct FreeComponent {
    void operator()(icalcomponent* component) const { icalcomponent_free(component); }
};
struct FreeBuffer {
    void operator()(char* buffer) const { icalmemory_free_buffer(buffer); }
};

std::string taken(char* buffer) {
    const std::unique_ptr<char, FreeBuffer> owned(buffer);
    return owned ? std::string(owned.get()) : std::string();
}

std::string text_or_empty(const char* text) {
    return text == nullptr ? std::string() : std::string(text);
}

Property copy_property(icalproperty* source) {
    Property property;
    const bool extension = icalproperty_isa(source) == ICAL_X_PROPERTY;
    property.name = extension ? to_upper(text_or_empty(icalproperty_get_x_name(source)))
                              : to_upper(taken(icalproperty_get_property_name_r(source)));
    property.value = taken(icalproperty_get_value_as_string_r(source));
    if (icalparameter* const tzid = icalproperty_get_first_parameter(source, ICAL_TZID_PARAMETER)) {
        property.tzid = text_or_empty(icalparameter_get_tzid(tzid));
    }
    if (icalparameter* const range =
            icalproperty_get_first_parameter(source, ICAL_RANGE_PARAMETER)) {
        property.range = text_or_empty(icalparameter_as_ical_string(range));
    }
    return property;
}

Component copy_component(icalcomponent* source) {
    Component component;
    component.name =
        to_upper(text_or_empty(icalcomponent_kind_to_string(icalcomponent_isa(source))));
    for (icalproperty* p = icalcomponent_get_first_property(source, ICAL_ANY_PROPERTY);
         p != nullptr; p = icalcomponent_get_next_property(source, ICAL_ANY_PROPERTY)) {
        if (icalproperty_isa(p) != ICAL_XLICERROR_PROPERTY) {
            component.properties.push_back(copy_property(p));
        }
    }
    for (icalcomponent* c = icalcomponent_get_first_component(source, ICAL_ANY_COMPONENT);
         c != nullptr; c = icalcomponent_get_next_component(source, ICAL_ANY_COMPONENT)) {
        component.children.push_back(copy_component(c));
    }
    return component;
}

/// The library makes some number of whatever stands here.
bool is_misread(std::string_view line) {
    const std::string name = property_name(line);
    const std::string_view value =
        trim(line.substr(std::min(line.rfind(':'), line.size() - 1) + 1));
    if (name == "SEQUENCE") {
        return parse_int(value).value_or(-1) < 0;
    }
    return (name == "TZOFFSETFROM" || name == "TZOFFSETTO") && !parse_utc_offset(value);
}

/// The text without such lines: they are then missing, and not misunderstood.
std::string drop_misread(std::string_view text) {
    std::string kept;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find("\r\n"), text.size());
        const std::string_view line = text.substr(0, end);
        const std::size_t taken = std::min(end + 2, text.size());
        if (line.empty() || !is_misread(line)) {
            kept += text.substr(0, taken);
        }
        text.remove_prefix(taken);
    }
    return kept;
}

/// What stands in the text at the component's own level but did not survive the library's reading.
void find_unreadable(const std::string& text, Component& component) {
    std::string_view rest = text;
    int depth = 0;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find("\r\n"), rest.size());
        const std::string_view line = rest.substr(0, end);
        const std::string name = property_name(line);
        const bool empty = line.ends_with(':');  // "RRULE:" says nothing, and so nothing is lost
        rest.remove_prefix(std::min(end + 2, rest.size()));
        depth += name == "BEGIN" ? 1 : 0;
        if (depth == 1 && !empty && name != "BEGIN" && name != "END" &&
            component.find(name) == nullptr) {
            component.unreadable.push_back(name);
        }
        depth -= name == "END" ? 1 : 0;
    }
}

}  // namespace

const Property* Component::find(std::string_view property) const {
    const auto at = std::find_if(properties.begin(), properties.end(),
                                 [property](const Property& p) { return p.name == property; });
    return at == properties.end() ? nullptr : &*at;
}

Component parse_component(const std::string& text) {
    icalerror_set_errors_are_fatal(0);
    const std::unique_ptr<icalcomponent, FreeComponent> parsed(
        icalparser_parse_string(drop_misread(text).c_str()));
    if (!parsed) {
        return {};
    }
    Component component = copy_component(parsed.get());
    find_unreadable(text, component);
    return component;
}

std::string unescape(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\\' || i + 1 == text.size()) {
            out.push_back(text[i]);
            continue;
        }
        ++i;
        out.push_back(text[i] == 'n' || text[i] == 'N' ? '\n' : text[i]);
    }
    return out;
}

}  // namespace carehub::adapters::court
