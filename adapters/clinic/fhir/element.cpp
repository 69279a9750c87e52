#include "adapters/clinic/fhir/element.hpp"

#include <algorithm>

#include <boost/json/value.hpp>

#include "adapters/clinic/fhir/json_text.hpp"
#include "adapters/clinic/limits.hpp"
#include "adapters/kit/text.hpp"

namespace carehub::adapters::clinic::fhir {

namespace json = boost::json;

void Findings::note(const std::string& expression, std::string what) {
    const bool known = std::any_of(all_.begin(), all_.end(), [&](const Finding& finding) {
        return finding.field == expression && finding.what == what;
    });
    if (!known && all_.size() < kFindingsMax) {
        all_.push_back({{}, 0, expression, std::move(what)});
    }
}

Element::Element(const json::value& value, std::string path, Findings& findings)
    : value_(value.is_null() ? nullptr : &value), path_(std::move(path)), findings_(&findings) {}

void Element::note(std::string what) const {
    if (findings_ != nullptr) {
        findings_->note(path_, std::move(what));
    }
}

bool Element::is_object() const { return exists() && value_->is_object(); }

bool Element::has(std::string_view name) const {
    return exists() && value_->is_object() && value_->get_object().contains(name);
}

Element Element::child(std::string_view name) const {
    Element absent;
    absent.path_ = path_ + "." + std::string(name);
    absent.findings_ = findings_;
    if (!exists()) {
        return absent;
    }
    if (!value_->is_object()) {
        note("not an object: ignored");
        return absent;
    }
    const json::value* found = value_->get_object().if_contains(name);
    return found == nullptr ? absent : Element(*found, absent.path_, *findings_);
}

std::vector<Element> Element::items(std::string_view name, std::size_t items_max) const {
    const Element list = child(name);
    if (!list.exists()) {
        return {};
    }
    if (!list.value_->is_array()) {
        list.note("not a list: taken as its only item");
        return {list};
    }
    std::vector<Element> all;
    for (const json::value& value : list.value_->get_array()) {
        if (all.size() == items_max) {
            list.note("more items than are read: the rest is ignored");
            break;
        }
        all.emplace_back(value, list.path_ + "[" + std::to_string(all.size()) + "]", *findings_);
    }
    return all;
}

std::size_t Element::count(std::string_view name) const {
    const Element list = child(name);
    return list.exists() && list.value_->is_array() ? list.value_->get_array().size() : 0;
}

Element Element::first(std::string_view name) const {
    auto all = items(name);
    return all.empty() ? child(name) : std::move(all.front());
}

std::vector<Element> Element::holders_of(std::string_view name) const {
    std::vector<Element> holders;
    if (exists()) {
        find_holders(name, holders);
    }
    return holders;
}

/// No deeper than kFhirDepthMax: the tree has been bounded when it was read.
void Element::find_holders(std::string_view name, std::vector<Element>& holders) const {
    if (value_->is_array()) {
        const json::array& items = value_->get_array();
        for (std::size_t i = 0; i < items.size(); ++i) {
            if (items[i].is_object()) {
                Element(items[i], path_ + "[" + std::to_string(i) + "]", *findings_)
                    .find_holders(name, holders);
            }
        }
        return;
    }
    if (!value_->is_object()) {
        return;
    }
    if (has(name)) {
        holders.push_back(*this);
    }
    for (const auto& member : value_->get_object()) {
        const std::string_view key{member.key().data(), member.key().size()};
        if (key == "resource" || !(member.value().is_object() || member.value().is_array())) {
            continue;
        }
        const std::string path = is_spelled(key) ? path_ + "." + std::string(key) : path_;
        Element(member.value(), path, *findings_).find_holders(name, holders);
    }
}

std::string Element::text(std::size_t bytes_max) const {
    if (!exists()) {
        return {};
    }
    if (!value_->is_string()) {
        note("not a string: ignored");
        return {};
    }
    const json::string& printed = value_->get_string();
    const std::string_view text = trim({printed.data(), printed.size()});
    if (text.size() > bytes_max) {
        note("longer than the hub takes: ignored");
        return {};
    }
    if (has_control(text)) {
        note("control characters in it: ignored");
        return {};
    }
    if (text.size() != printed.size()) {
        note("blanks around it: trimmed");
    }
    return std::string(text);
}

std::optional<bool> Element::boolean() const {
    if (exists() && !value_->is_bool()) {
        note("not a boolean: ignored");
    }
    return exists() && value_->is_bool() ? std::optional(value_->get_bool()) : std::nullopt;
}

std::optional<std::int64_t> Element::number() const {
    if (exists() && !value_->is_int64()) {
        note("not a whole number: ignored");
    }
    return exists() && value_->is_int64() ? std::optional(value_->get_int64()) : std::nullopt;
}

}  // namespace carehub::adapters::clinic::fhir
