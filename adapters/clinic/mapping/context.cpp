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

void add_labels(Labels& labels, const Site& site, const hl7::Element& code) {
    const auto known = site.labels.find(hl7::to_upper(code.value()));
    if (known != site.labels.end()) {
        labels.add(known->second);
    }
}

/// Of every place (point of care, facility) and service that the message names.
Labels labels_of(const hl7::Message& message, const Site& site) {
    Labels labels;
    if (site.labels.empty()) {
        return labels;
    }
    if (const auto everywhere = site.labels.find("*"); everywhere != site.labels.end()) {
        labels.add(everywhere->second);
    }
    // PV1: assigned, prior, temporary, pending and prior temporary location, service, discharged to.
    constexpr unsigned kPv1Fields[] = {3, 6, 10, 11, 37, 42, 43};
    constexpr unsigned kAilFields[] = {3};
    for (const hl7::Segment& segment : message.segments()) {
        const bool is_visit = segment.name() == "PV1";
        if (!is_visit && segment.name() != "AIL") {
            continue;
        }
        for (const unsigned field : is_visit ? std::span<const unsigned>(kPv1Fields)
                                             : std::span<const unsigned>(kAilFields)) {
            add_labels(labels, site, segment.field(field).component(1));
            add_labels(labels, site, segment.field(field).component(4));
        }
    }
    return labels;
}

/// The separator of keys must not come from inside a part.
void add_key_part(std::string& key, std::string_view part) {
    key += '|';
    for (std::size_t at = part.find('|'); at != std::string_view::npos; at = part.find('|')) {
        key.append(part.substr(0, at)).append("%7C");
        part.remove_prefix(at + 1);
    }
    key += part;
}

}  // namespace

Context::Context(const hl7::Message& message, const hl7::Header& header, const Site& site)
    : message_(message),
      header_(header),
      site_(site),
      zone_(zone_of(message, site)),
      clock_(zone_, message_offset(message)),
      labels_(labels_of(message, site)) {
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

Submission Context::submission(EventKind kind) const {
    Submission submission;
    submission.kind = kind;
    submission.feed = site_.feed;
    submission.zone = zone_.name;
    submission.labels = labels_;
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
    std::string key(feed);
    add_key_part(key, authority);
    add_key_part(key, id);
    if (!part.empty()) {
        add_key_part(key, part);
    }
    return key.size() <= kKeyBytesMax ? key
                                      : std::string(feed) + "|" + to_hex(sha256(as_bytes(key)));
}

}  // namespace carehub::adapters::clinic
