#include "tools/carehub/adapter_preview.hpp"

#include <iostream>
#include <set>
#include <string_view>
#include <utility>

#include "hub/base/time_zone.hpp"
#include "hub/base/zone_database.hpp"
#include "tools/carehub/output.hpp"

namespace carehub::tool {
namespace {

/// As many as a screen shows.
constexpr std::size_t kRowsMax = 40;

std::string when_of(const Submission& event) {
    const auto* const claim = std::get_if<ObligationClaim>(&event.payload);
    if (claim != nullptr && claim->date) {
        return to_iso(*claim->date);
    }
    const bool starts = claim != nullptr && claim->start != kUnknownTime;
    const UtcTime time = starts ? claim->start : event.occurred_at;
    const auto zone = load_zone(event.zone);
    return zone ? to_iso(*zone, time) : to_iso(time);
}

std::string what_of(const Submission& event) {
    if (const auto* const claim = std::get_if<ObligationClaim>(&event.payload)) {
        return claim->reason_code.empty() ? std::string(name_of(claim->obligation_class))
                                          : claim->reason_code;
    }
    const auto* const claim = std::get_if<JusticeClaim>(&event.payload);
    return claim == nullptr ? "" : claim->category;
}

std::string place_of(const Submission& event) {
    if (const auto* const claim = std::get_if<ObligationClaim>(&event.payload)) {
        return claim->location.id;
    }
    const auto* const claim = std::get_if<JusticeClaim>(&event.payload);
    return claim == nullptr ? "" : claim->custody_place.id;
}

}  // namespace

void print_preview(std::span<const Submission> events) {
    std::vector<std::vector<std::string>> rows;
    for (const Submission& event : events.first(std::min(events.size(), kRowsMax))) {
        const std::string whose = event.identifiers.empty() ? "" : event.identifiers.front().value;
        rows.push_back({std::string(name_of(event.kind)), when_of(event), whose, what_of(event),
                        place_of(event)});
    }
    print_table({"event", "when", "number", "what", "place"}, rows);
    if (events.size() > kRowsMax) {
        std::cout << "and " << events.size() - kRowsMax << " more\n";
    }
}

std::string share_mapped(const adapters::Parsed& parsed) {
    if (parsed.records == 0) {
        return std::to_string(parsed.events.size()) + " events";
    }
    // What names no line is told of a whole file, or of rows that are counted already.
    std::set<std::pair<std::string_view, std::uint64_t>> refused;
    std::uint64_t of_no_line = 0;
    for (const adapters::RecordRefusal& refusal : parsed.refusals) {
        if (refusal.line == 0) {
            ++of_no_line;
        } else {
            refused.emplace(refusal.file, refusal.line);
        }
    }
    const bool none = parsed.events.empty() && !parsed.refusals.empty();
    const std::uint64_t lost =
        std::min<std::uint64_t>(refused.size() + parsed.refused_untold, parsed.records);
    const std::uint64_t mapped = none ? 0 : parsed.records - lost;
    return std::to_string(mapped) + " of " + std::to_string(parsed.records) + " records mapped (" +
           std::to_string(mapped * 100 / parsed.records) + " %), " +
           std::to_string(parsed.events.size()) + " events" +
           (of_no_line == 0 ? "" : ", refused without a line: " + std::to_string(of_no_line));
}

}  // namespace carehub::tool
