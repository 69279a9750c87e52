#include "adapters/court/warrant_compare.hpp"

#include <algorithm>

#include "adapters/court/hearing_event.hpp"
#include "adapters/court/limits.hpp"
#include "adapters/kit/fingerprint.hpp"

namespace carehub::adapters::court {
namespace {

std::string digest_of(const Warrant& warrant) {
    const bool issued = warrant.state == WarrantState::Issued;
    return short_digest(std::string(issued ? "issued" : "cleared") + "\n" +
                        (warrant.date ? to_iso(*warrant.date) : "") + "\n" + warrant.category +
                        "\n" + warrant.participant);
}

/// The day on which what is told of a warrant happened; nothing where its record tells another day: a
/// list of warrants that are over may still carry the day of issue of each, and so does one that stands
/// again after it was cleared.
std::optional<Date> day_of(const Warrant& told, const KnownWarrant& before, const Site& site) {
    const bool issued = told.state == WarrantState::Issued;
    const bool was_cleared = before.version > 0 && !before.stands;
    const bool is_former = issued
                               ? was_cleared && told.date <= local_date(site.zone, before.stated_at)
                               : before.stands && told.date == before.date;
    return is_former ? std::nullopt : told.date;
}

JusticeClaim claim_of(const Site& site, const Warrant& warrant, std::optional<Date> day) {
    JusticeClaim claim;
    claim.case_number = warrant.case_number;
    claim.court = site.authority;
    claim.category = warrant.category;
    const bool issued = warrant.state == WarrantState::Issued;
    (issued ? claim.issued : claim.effective) = issued ? warrant.date : day;
    return claim;
}

/// `day`: when it happened; else it is as old as the file.
Submission event_of(const Site& site, const Warrant& warrant, std::optional<Date> day,
                    const KnownWarrant& known, UtcTime file_time) {
    Submission event;
    event.kind = warrant.state == WarrantState::Issued ? EventKind::WarrantIssued
                                                       : EventKind::WarrantCleared;
    event.feed = site.feed;
    event.business_key = warrant.key;
    event.source_msg_id = warrant.key + "|" + known.digest + "." + std::to_string(known.version);
    event.identifiers = identifiers_of(site, warrant.case_number, warrant.participant);
    event.occurred_at = file_time;
    event.recorded_at = file_time;
    if (day) {
        event.occurred_at = std::min(file_time, start_of_day(site.zone, *day));
        event.occurred_precision = Precision::Day;
    }
    event.zone = site.zone.name;
    event.raw_sha256 = warrant.raw_sha256;
    event.payload = claim_of(site, warrant, day);
    return event;
}

void forget_unstated(UtcTime file_time, KnownWarrants& known) {
    for (auto& [key, warrant] : known) {
        if (warrant.stated_at == kUnknownTime) {
            warrant.stated_at = file_time;  // an earlier version's
        }
    }
    std::erase_if(known, [&](const auto& entry) {
        return entry.second.stated_at + kWarrantMemory < file_time;
    });
}

void note_old(const Warrant& warrant, bool differs, Report& report) {
    if (differs) {
        report.note(warrant.line, "warrant",
                    "a file written later told otherwise of this warrant: ignored");
    }
}

/// The same warrant's number, with another case or person: it never was the first one's.
using Numbers = std::map<std::string, std::string>;

Numbers standing_by_number(const KnownWarrants& known) {
    Numbers keys;
    for (const auto& [key, warrant] : known) {
        if (warrant.stands && !warrant.number.empty()) {
            keys[warrant.number] = key;
        }
    }
    return keys;
}

Submission withdrawn(const Site& site, const std::string& key, KnownWarrant& known,
                     UtcTime file_time) {
    Warrant former;
    former.key = key;
    former.case_number = known.case_number;
    former.participant = known.participant;
    former.state = WarrantState::Issued;
    const std::string before = known.digest + "." + std::to_string(known.version);
    known.stands = false;
    known.digest = digest_of(former);
    known.stated_at = file_time;
    ++known.version;
    Submission event = event_of(site, former, std::nullopt, known, file_time);
    event.correction = true;
    event.supersedes_key = key + "|" + before;
    return event;
}

void remember(const Warrant& warrant, KnownWarrant& known) {
    known.number = warrant.number;
    known.case_number = warrant.case_number;
    known.participant = warrant.participant;
    known.date = warrant.date;
    known.stands = warrant.state == WarrantState::Issued;
}

}  // namespace

std::vector<Submission> compare_warrants(const std::vector<Warrant>& told, const Site& site,
                                         UtcTime file_time, KnownWarrants& known, Report& report) {
    std::map<std::string, const Warrant*> last;
    for (const Warrant& warrant : told) {
        const Warrant*& kept = last[warrant.key];
        if (kept == nullptr || !(warrant.date < kept->date)) {
            kept = &warrant;
        }
    }
    const Numbers numbers = standing_by_number(known);
    std::vector<Submission> events;
    for (const auto& [key, warrant] : last) {
        std::string digest = digest_of(*warrant);
        KnownWarrant& before = known[key];
        if (before.stated_at > file_time) {
            note_old(*warrant, before.digest != digest, report);
            continue;
        }
        const std::optional<Date> day = day_of(*warrant, before, site);
        before.stated_at = file_time;
        if (before.digest != digest) {
            before.digest = std::move(digest);
            ++before.version;
            events.push_back(event_of(site, *warrant, day, before, file_time));
            remember(*warrant, before);
        }
        const auto other = numbers.find(warrant->number);
        if (other != numbers.end() && other->second != key && !last.contains(other->second)) {
            report.note(warrant->line, "warrant", "stood with another case: withdrawn there");
            events.push_back(withdrawn(site, other->second, known.at(other->second), file_time));
        }
    }
    forget_unstated(file_time, known);
    return events;
}

}  // namespace carehub::adapters::court
