#include "adapters/clinic/mapping/context.hpp"

#include <algorithm>

#include "adapters/clinic/limits.hpp"
#include "adapters/kit/sha256.hpp"
#include "hub/base/limits.hpp"

namespace carehub::adapters::clinic {
namespace {

std::optional<std::chrono::seconds> message_offset(const hl7::Message& message) {
    const auto created = hl7::parse_timestamp(message.first("MSH").field(7).value());
    return created ? created->offset : std::nullopt;
}

const TimeZone& zone_of(const hl7::Message& message, const Site& site) {
    if (site.zones.empty()) {
        return site.zone;
    }
    const hl7::Element places[] = {message.first("AIL").field(3), message.first("PV1").field(3)};
    std::vector<std::string> codes;
    for (const hl7::Element& place : places) {
        codes.push_back(place.component(1).value());
        codes.push_back(place.component(4).value());
    }
    codes.push_back(message.first("MSH").field(4).component(1).value());
    for (const std::string& code : codes) {
        if (const auto known = site.zones.find(hl7::to_upper(code)); known != site.zones.end()) {
            return known->second;
        }
    }
    return site.zone;
}

/// The separator of keys must not come from inside a part.
std::string key_part(std::string_view text) {
    std::string part;
    for (const char c : text) {
        part += c == '|' ? "%7C" : std::string(1, c);
    }
    return part;
}

}  // namespace

Context::Context(const hl7::Message& message, const hl7::Header& header, const Site& site)
    : message_(message),
      header_(header),
      site_(site),
      zone_(zone_of(message, site)),
      clock_(zone_, message_offset(message)) {
    if (message.stray_lines() != 0) {
        note({}, "lines that are no segments were skipped");
    }
    if (message.character_set_guessed()) {
        note({"MSH", 18}, "the character set was guessed: declare the one in use");
    }
}

void Context::note(const hl7::Location& where, std::string what) {
    const std::string field = hl7::path_of(where);
    const bool known = std::any_of(findings_.begin(), findings_.end(), [&](const Finding& finding) {
        return finding.field == field && finding.what == what;
    });
    if (!known && findings_.size() < kFindingsMax) {
        findings_.push_back({{}, 0, field, std::move(what)});
    }
}

std::optional<hl7::Timestamp> Context::printed_time(const hl7::Segment& segment, unsigned field,
                                                    unsigned component) {
    const std::string text = segment.field(field).component(component).value();
    if (text.empty()) {
        return std::nullopt;
    }
    auto time = hl7::parse_timestamp(text);
    if (!time) {
        note({std::string(segment.name()), field, component}, "not a date or time: ignored");
    }
    return time;
}

std::optional<hl7::Instant> Context::time(const hl7::Segment& segment, unsigned field,
                                          unsigned component) {
    const auto printed = printed_time(segment, field, component);
    if (!printed) {
        return std::nullopt;
    }
    auto instant = clock_.resolve(*printed);
    if (!instant) {
        note({std::string(segment.name()), field, component},
             "a year or month alone is no date: ignored");
    } else if (instant->flags.has(TimeFlag::AssumedZone)) {
        note({std::string(segment.name()), field, component},
             "read with the offset of MSH-7, which is not the feed's zone at that time");
    }
    return instant;
}

std::optional<hl7::Instant> Context::event_time() {
    const hl7::Segment evn = message_.first("EVN");
    for (const unsigned field : {6U, 2U}) {
        if (const auto told = time(evn, field)) {
            return told;
        }
    }
    return time(message_.first("MSH"), 7);
}

std::string Context::code(const hl7::Element& element, const hl7::Location& where) {
    std::string text = element.value();
    if (text.size() > kNameBytesMax) {
        note(where, "longer than 256 bytes: ignored");
        return {};
    }
    return text;
}

std::string Context::authority(const hl7::Element& hd) const {
    for (const unsigned part : {2U, 1U}) {
        std::string name = hd.subcomponent(part).value();
        if (!name.empty() && name.size() <= kNameBytesMax) {
            return name;
        }
    }
    return site_.authority;
}

std::string Context::sender() const {
    const hl7::Element facility = message_.first("MSH").field(4);
    for (const unsigned part : {1U, 2U}) {
        std::string name = facility.component(part).value();
        if (!name.empty() && name.size() <= kNameBytesMax) {
            return name;
        }
    }
    return site_.feed;
}

Labels Context::labels_of(const hl7::Segment& pv1, const Place& place) const {
    const std::string codes[] = {place.id, pv1.field(3).component(1).value(),
                                 pv1.field(3).component(4).value(),
                                 pv1.field(10).component(1).value()};
    Labels all;
    for (const std::string& code : codes) {
        if (const auto known = site_.labels.find(hl7::to_upper(code));
            known != site_.labels.end()) {
            all.add(known->second);
        }
    }
    return all;
}

Submission Context::submission(EventKind kind) const {
    Submission submission;
    submission.kind = kind;
    submission.feed = site_.feed;
    submission.zone = zone_.name;
    if (const auto everywhere = site_.labels.find("*"); everywhere != site_.labels.end()) {
        submission.labels.add(everywhere->second);
    }
    return submission;
}

hl7::Problem no_event_time() {
    return {hl7::Condition::RequiredFieldMissing,
            {"MSH", 7},
            RefusalReason::TimeUnresolvable,
            "tell when it happened: EVN-6, EVN-2 or MSH-7, at least as a date"};
}

std::string business_key(std::string_view feed, std::string_view authority, std::string_view id,
                         std::string_view part) {
    std::string key = std::string(feed) + "|" + key_part(authority) + "|" + key_part(id);
    if (!part.empty()) {
        key += "|" + key_part(part);
    }
    return key.size() <= kKeyBytesMax ? key
                                      : std::string(feed) + "|" + to_hex(sha256(as_bytes(key)));
}

}  // namespace carehub::adapters::clinic
