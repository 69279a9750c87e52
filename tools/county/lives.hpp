// What is so about a client's obligations and stays at each moment of the simulation, as the plan
// has the partners tell it.
//
// Contract: a word is known from the feed of its day on. Stays hold what the clinic and the jail
// tell. Threads: plain data.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tools/county/plan_builder.hpp"

namespace carehub::county {

enum class Standing : std::uint8_t { Scheduled, Kept, Missed, Gone, Unlisted };

struct Word {
    UtcTime at{};  ///< told at
    UtcTime start{};
    UtcTime end{};
    Standing standing{};
    bool moved = false;  ///< the news is another time
};

/// One obligation, from its first word to its last.
struct Life {
    Door door{};
    std::string key;
    bool drug_test = false;
    bool transparent = false;
    std::vector<Word> words;  ///< in the order told

    /// The latest word by then; null before the first.
    [[nodiscard]] const Word* at(UtcTime time) const;
    [[nodiscard]] bool is_scheduled(UtcTime time) const;
    /// Scheduled; or out of the list, which nobody calls a cancellation.
    [[nodiscard]] bool may_stand(UtcTime time) const;
    /// Since when it has the start that it has by then; it has one.
    [[nodiscard]] UtcTime dated_at(UtcTime time) const;
};

struct StayWord {
    UtcTime at{};
    char patient_class = 'I';
    bool cancelled = false;
    UtcTime start{};
    std::optional<UtcTime> end;
    std::string_view disposition;
    std::optional<UtcTime> planned_end;
};

struct StayLife {
    std::string id;
    bool custody = false;
    PlaceName place{};
    std::vector<StayWord> words;

    [[nodiscard]] const StayWord* at(UtcTime time) const;
};

[[nodiscard]] UtcTime feed_time(const World& world, int day);
[[nodiscard]] std::vector<Life> lives_of(const World& world, const ClientPlan& plan);
[[nodiscard]] std::vector<StayLife> stays_of(const World& world, const ClientPlan& plan);

}  // namespace carehub::county
