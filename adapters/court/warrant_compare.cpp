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

JusticeClaim claim_of(const Site& site, const Warrant& warrant) {
    JusticeClaim claim;
    claim.case_number = warrant.case_number;
    claim.court = site.authority;
    claim.category = warrant.category;
    const bool issued = warrant.state == WarrantState::Issued;
    (issued ? claim.issued : claim.effective) = warrant.date;
    return claim;
}

Submission event_of(const Site& site, const Warrant& warrant, const KnownWarrant& known,
                    UtcTime file_time) {
    Submission event;
    event.kind = warrant.state == WarrantState::Issued ? EventKind::WarrantIssued
                                                       : EventKind::WarrantCleared;
    event.feed = site.feed;
    event.business_key = warrant.key;
    event.source_msg_id = warrant.key + "|" + known.digest + "." + std::to_string(known.version);
    event.identifiers = identifiers_of(site, warrant.case_number, warrant.participant);
    event.occurred_at = file_time;
    event.recorded_at = file_time;
    if (warrant.date) {
        event.occurred_at = std::min(file_time, start_of_day(site.zone, *warrant.date));
        event.occurred_precision = Precision::Day;
    }
    event.zone = site.zone.name;
    event.raw_sha256 = warrant.raw_sha256;
    event.payload = claim_of(site, warrant);
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
    std::vector<Submission> events;
    for (const auto& [key, warrant] : last) {
        std::string digest = digest_of(*warrant);
        KnownWarrant& before = known[key];
        if (before.stated_at > file_time) {
            note_old(*warrant, before.digest != digest, report);
            continue;
        }
        before.stated_at = file_time;
        if (before.digest != digest) {
            before.digest = std::move(digest);
            ++before.version;
            events.push_back(event_of(site, *warrant, before, file_time));
        }
    }
    forget_unstated(file_time, known);
    return events;
}

}  // namespace carehub::adapters::court
