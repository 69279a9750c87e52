#include "tools/carehub/demo_probe.hpp"

#include <algorithm>

#include "tools/carehub/demo_limits.hpp"
#include "tools/carehub/output.hpp"

namespace carehub::tool::demo {

DetectionProbe::DetectionProbe(const Truth& truth, Reviewers& reviewers) : reviewers_(reviewers) {
    for (const PlantedAlert& planted : truth.alerts) {
        if (planted.rule == "ScheduleConflict" || planted.rule == "TightTravel") {
            candidates_.push_back({planted, {planted.ids.begin(), planted.ids.end()}});
        }
    }
}

std::vector<PlantedAlert> DetectionProbe::take(std::string_view text, unsigned day) {
    std::vector<PlantedAlert> complete;
    for (Candidate& candidate : candidates_) {
        const bool completes = std::erase_if(candidate.unseen,
                                             [text](const std::string& id) {
                                                 return text.find(id) != std::string_view::npos;
                                             }) > 0 &&
                               candidate.unseen.empty();
        if (completes && candidate.planted.day == static_cast<std::int64_t>(day)) {
            complete.push_back(candidate.planted);
        }
    }
    return complete;
}

Result<bool> DetectionProbe::is_readable(const PlantedAlert& planted) {
    CAREHUB_TRY(const std::vector<std::string> lines,
                reviewers_.ask_about(planted.client, "alerts", {{"client", planted.client}}));
    return std::ranges::any_of(lines, [&planted](const std::string& line) {
        return text_at(parse_line(line), "rule") == planted.rule;
    });
}

Status DetectionProbe::after_message(std::string_view text, unsigned day) {
    const auto acknowledged = std::chrono::steady_clock::now();
    for (const PlantedAlert& planted : take(text, day)) {
        CAREHUB_TRY(bool readable, is_readable(planted));
        while (!readable && std::chrono::steady_clock::now() - acknowledged < kDetectionMax) {
            CAREHUB_TRY(readable, is_readable(planted));
        }
        if (readable) {
            times_.push_back(std::chrono::ceil<std::chrono::microseconds>(
                std::chrono::steady_clock::now() - acknowledged));
        } else {
            ++not_detected_;
        }
    }
    return {};
}

std::vector<std::chrono::microseconds> DetectionProbe::times() const {
    std::vector<std::chrono::microseconds> sorted = times_;
    std::ranges::sort(sorted);
    return sorted;
}

}  // namespace carehub::tool::demo
