// Plays one generated history on the machine and tells what stands in its alerts.
//
// A history is lines of words; README.md lists them. Times are whole seconds since 1970, UTC.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tests/support/world.hpp"

namespace carehub::reference {

class HistoryPlayer {
public:
    HistoryPlayer();

    /// A new world whose business time begins at `start`.
    void begin(UtcTime start);
    /// One line; an answer that is to be printed, or "". Throws std::runtime_error when it cannot
    /// be read.
    [[nodiscard]] std::string play(const std::string& line);

private:
    class Fields;

    void tell(Fields& words);
    void act(Fields& words);
    void note(const Receipt& receipt);
    void add_place(Fields& words);
    [[nodiscard]] const Alert* find_alert(const std::string& rule, const std::string& client,
                                          const std::string& subject) const;
    [[nodiscard]] std::vector<std::string> keys_of(const core::Case& subject,
                                                   const Finding& finding) const;
    [[nodiscard]] std::string show() const;

    std::map<RuleId, std::string> rule_names_;
    std::optional<test::World> world_;
    std::vector<std::string> clients_;
    std::map<Hash128, std::string> keys_;   ///< what the hashes of the records stood for
    std::map<Sequence, std::string> told_;  ///< keys by the entry: of a matter, which has no other
    std::vector<int> refused_;              ///< which lines were, counted from the beginning
    int line_ = 0;
};

}  // namespace carehub::reference
