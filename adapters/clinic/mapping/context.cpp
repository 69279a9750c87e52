#include "adapters/clinic/mapping/context.hpp"

#include <algorithm>
#include <span>

#include "adapters/clinic/limits.hpp"
#include "adapters/clinic/mapping/security_labels.hpp"
#include "adapters/kit/sha256.hpp"
#include "hub/base/limits.hpp"

namespace carehub::adapters::clinic {
namespace {

std::optional<std::chrono::seconds> message_offset(const hl7::Message& message) {
    const auto created = hl7::parse_timestamp(message.first("MSH").field(7).value());
    return created ? created->offset : std::nullopt;
}

const TimeZone* find_zone(const Site& site, const std::string& code) {
    const auto known = site.zones.find(hl7::to_upper(code));
    return known == site.zones.end() ? nullptr : &known->second;
}

/// Of who speaks.
const TimeZone& sender_zone_of(const hl7::Message& message, const Site& site) {
    const TimeZone* known = find_zone(site, message.first("MSH").field(4).component(1).value());
    return known == nullptr ? site.zone : *known;
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
    for (const std::string& code : codes) {
        if (const TimeZone* known = find_zone(site, code)) {
            return *known;
        }
    }
    return sender_zone_of(message, site);
}

/// A place (PL), a service or a schedule by whatever part of it the profile may name: the code or
/// point of care, the facility or alternate code, the building.
constexpr unsigned kNamingParts[] = {1, 4, 7};

/// The fields of a segment that name a place, a service or a schedule.
struct NamingFields {
    std::string_view segment;
    std::span<const unsigned> fields;
};
constexpr unsigned kMshFields[] = {4};
constexpr unsigned kEvnFields[] = {7};
// PV1: assigned, prior, temporary, pending and prior temporary location, service, discharged to,
// servicing facility.
constexpr unsigned kPv1Fields[] = {3, 6, 10, 11, 37, 39, 42, 43};
// SCH: schedule, appointment reason, appointment type.
constexpr unsigned kSchFields[] = {5, 7, 8};
constexpr unsigned kResourceFields[] = {3};
constexpr unsigned kAigFields[] = {3, 4};
constexpr NamingFields kNaming[] = {
    {"MSH", kMshFields},      {"EVN", kEvnFields},      {"PV1", kPv1Fields}, {"SCH", kSchFields},
    {"AIS", kResourceFields}, {"AIL", kResourceFields}, {"AIG", kAigFields}};

/// Of every place (point of care, facility, building) and service that the message names.
Labels labels_of(const hl7::Message& message, const Site& site) {
    Labels labels;
    if (site.labels.empty()) {
        return labels;
    }
    if (const auto everywhere = site.labels.find("*"); everywhere != site.labels.end()) {
        labels.add(everywhere->second);
    }
    for (const hl7::Segment& segment : message.segments()) {
        for (const NamingFields& naming : kNaming) {
            if (segment.name() != naming.segment) {
                continue;
            }
            for (const unsigned field : naming.fields) {
                for (const hl7::Element& named : segment.field(field).repetitions()) {
                    for (const unsigned part : kNamingParts) {
                        const auto known =
                            site.labels.find(hl7::to_upper(named.component(part).value()));
                        if (known != site.labels.end()) {
                            labels.add(known->second);
                        }
                    }
                }
            }
        }
    }
    return labels;
}

/// ARV (from 2.7): access restriction value and reason, and (2.9) classification, handling
/// instructions and access restriction codes.
constexpr unsigned kArvFields[] = {3, 4, 7, 8, 9};
constexpr unsigned kMshMarkings[] = {8, 26, 27};

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
      sender_clock_(sender_zone_of(message, site), message_offset(message)),
      labels_(labels_of(message, site)) {
    read_markings();
    if (message.stray_lines() != 0) {
        note({}, "lines that are no segments were skipped");
    }
    if (message.character_set_guessed()) {
        note({"MSH", 18}, "the character set was guessed: declare the one in use");
    }
}

void Context::read_markings() {
    SecurityMarkings markings(site_);
    for (const hl7::Segment& segment : message_.segments()) {
        if (segment.name() == "MSH") {
            add_markings(markings, segment, kMshMarkings);
        } else if (segment.name() == "ARV") {
            add_markings(markings, segment, kArvFields);
        } else if (segment.name() == "PD1") {
            add_protection(markings, segment, 12);
        } else if (segment.name() == "PV2") {
            add_protection(markings, segment, 22);
        }
    }
    labels_.add(markings.labels());
}

/// A marking is one code of a CWE, spelled by its code or its alternate; MSH-8 holds it bare.
void Context::add_markings(SecurityMarkings& markings, const hl7::Segment& segment,
                           std::span<const unsigned> fields) {
    for (const unsigned field : fields) {
        for (const hl7::Element& marking : segment.field(field).repetitions()) {
            const std::string code = marking.component(1).value();
            const std::string alternate = marking.component(4).value();
            bool known = code.empty() ? false : markings.add(code);
            known = (!alternate.empty() && markings.add(alternate)) || known;
            if (!known && !marking.is_delete() && !marking.raw().empty()) {
                note({std::string(segment.name()), field},
                     "a security marking that neither the tables nor [labels] know: it guards "
                     "nothing until [labels] name it");
            }
        }
    }
}

/// The protection indicators of patient and visit, table 0136.
void Context::add_protection(SecurityMarkings& markings, const hl7::Segment& segment,
                             unsigned field) {
    const std::string told = hl7::to_upper(segment.field(field).value());
    if (told.empty() || told == "N") {
        return;
    }
    markings.add_protected();
    if (told != "Y") {
        note({std::string(segment.name()), field},
             "neither Y nor N of table 0136: taken as protected");
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
    return printed_time(segment.field(field).component(component),
                        {std::string(segment.name()), field, component});
}

std::optional<hl7::Timestamp> Context::printed_time(const hl7::Element& element,
                                                    const hl7::Location& where) {
    const std::string text = element.value();
    if (text.empty()) {
        return std::nullopt;
    }
    auto time = hl7::parse_timestamp(text);
    if (!time) {
        note(where, "not a date or time: ignored");
        keep_unreadable(where);
    }
    return time;
}

std::optional<hl7::Instant> Context::time(const hl7::Segment& segment, unsigned field,
                                          unsigned component) {
    return time(segment.field(field).component(component),
                {std::string(segment.name()), field, component});
}

std::optional<hl7::Instant> Context::time(const hl7::Element& element, const hl7::Location& where) {
    const auto printed = printed_time(element, where);
    if (!printed) {
        return std::nullopt;
    }
    const bool is_senders = where.segment == "MSH" || where.segment == "EVN";
    auto instant = (is_senders ? sender_clock_ : clock_).resolve(*printed);
    if (!instant) {
        note(where, "a year or month alone is no date: ignored");
        keep_unreadable(where);
    } else if (instant->flags.has(TimeFlag::AssumedZone)) {
        note(where, "read with the offset of MSH-7, which is not the feed's zone at that time");
    }
    return instant;
}

/// A birth or a death in PID dates no event.
void Context::keep_unreadable(const hl7::Location& where) {
    if (!unreadable_time_ && where.segment != "PID") {
        unreadable_time_ = where;
    }
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

hl7::Problem Context::precise(hl7::Problem problem) const {
    if (problem.reason == RefusalReason::TimeUnresolvable && unreadable_time_) {
        problem.condition = hl7::Condition::DataType;
        problem.where = *unreadable_time_;
        problem.fix = "write a date or time as YYYYMMDD[HHMM[SS[.SSSS]]][+/-ZZZZ]";
    }
    return problem;
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
