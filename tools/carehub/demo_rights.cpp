#include "tools/carehub/demo_rights.hpp"

#include <iostream>
#include <optional>

#include "tools/carehub/demo_limits.hpp"
#include "tools/carehub/output.hpp"

namespace carehub::tool::demo {

namespace json = boost::json;

namespace {

constexpr const char* kReason = "the demonstration shows it";

/// An event that was withheld from somebody.
struct Refusal {
    std::string client;
    std::string event_id;
    std::string recipient;
};

class RightsPages {
public:
    RightsPages(const Outcome& outcome, Reviewers& reviewers)
        : outcome_(outcome), reviewers_(reviewers) {}

    Status print() {
        CAREHUB_TRY_DONE(print_refusal());
        CAREHUB_TRY_DONE(print_disclosures());
        return print_export();
    }

    [[nodiscard]] std::vector<std::string> take_differences() { return std::move(differences_); }

private:
    Status print_refusal() {
        print_title("Why somebody is not told");
        CAREHUB_TRY(const std::optional<Refusal> refusal, find_refusal());
        if (!refusal) {
            std::cout << "Nothing was withheld in this county.\n";
            if (!outcome_.truth.withheld.empty()) {
                differences_.emplace_back("what is withheld is not explained as such");
            }
            return {};
        }
        return print_page(refusal->client, {"explain", refusal->event_id, refusal->recipient});
    }

    /// The first of the truth that the hub explains with a no today.
    Result<std::optional<Refusal>> find_refusal() {
        for (const Disclosure& withheld : outcome_.truth.withheld) {
            CAREHUB_TRY(const auto steps, reviewers_.ask_about(withheld.client, "trail_client",
                                                               {{"client", withheld.client}}));
            for (const std::string& line : steps) {
                const json::object step = parse_line(line);
                if (text_at(step, "result") != "withheld") {
                    continue;
                }
                Refusal refusal{withheld.client, text_at(step, "event_id"),
                                text_at(step, "recipient")};
                CAREHUB_TRY(const bool is_no, is_explained(refusal));
                if (is_no) {
                    return std::optional(std::move(refusal));
                }
            }
        }
        return std::optional<Refusal>();
    }

    Result<bool> is_explained(const Refusal& refusal) {
        CAREHUB_TRY(const auto lines, reviewers_.ask_about(refusal.client, "explain",
                                                           {{"event", refusal.event_id},
                                                            {"recipient", refusal.recipient}}));
        return !lines.empty() && text_at(parse_line(lines.front()), "may") == "false";
    }

    Status print_disclosures() {
        print_title("What left the hub about one client, and on what right");
        if (outcome_.truth.delivered.empty()) {
            std::cout << "Nobody outside was to be told anything in this county.\n";
            return {};
        }
        const std::string& client = outcome_.truth.delivered.front().client;
        CAREHUB_TRY(const auto listed,
                    reviewers_.ask_about(client, "disclosures",
                                         {{"client", client}, {"owed", "yes"}, {"exempt", "yes"}}));
        if (listed.empty()) {
            differences_.push_back(client + ": told outside, and no disclosure is listed");
        }
        return print_page(client, {"trail", "disclosures", client, "--exempt", "--owed"});
    }

    Status print_export() {
        print_title("A trail that is checked without the hub");
        const std::string client = shown_client();
        const std::filesystem::path bundle = outcome_.folder.path / ("trail-" + client + ".json");
        CAREHUB_TRY_DONE(
            print_page(client, {"trail", "export", client, "--proof", "--out", bundle.string()}));
        CAREHUB_TRY(const Finished verified,
                    run_command({"trail", "verify", bundle.string()}, outcome_.folder.log("pages"),
                                kCommandMax));
        std::cout << "$ carehub trail verify " << bundle.string() << "\n" << verified.output;
        if (verified.code != 0) {
            differences_.emplace_back("an exported trail does not verify");
        }
        return {};
    }

    /// Somebody of whom there is something to show.
    [[nodiscard]] std::string shown_client() const {
        return outcome_.truth.delivered.empty() ? outcome_.people.owner_of.begin()->first
                                                : outcome_.truth.delivered.front().client;
    }

    /// What the client's supervisor is shown by that command, for a reason.
    Status print_page(const std::string& client, std::vector<std::string> command) {
        const std::string supervisor = outcome_.people.supervisor_of(client);
        std::string words;
        for (const std::string& word : command) {
            words += " " + word;
        }
        command.insert(command.end(),
                       {"--link", outcome_.folder.link(supervisor).string(), "--reason", kReason});
        CAREHUB_TRY(const std::string page,
                    must_run(command, outcome_.folder.log("pages"), kCommandMax));
        std::cout << "$ carehub --link links/" << supervisor << ".carehub --reason \"" << kReason
                  << "\"" << words << "\n"
                  << first_lines(page, kPageLinesShown);
        return {};
    }

    const Outcome& outcome_;
    Reviewers& reviewers_;
    std::vector<std::string> differences_;
};

}  // namespace

Result<std::vector<std::string>> print_rights(const Outcome& outcome, Reviewers& reviewers) {
    RightsPages pages(outcome, reviewers);
    CAREHUB_TRY_DONE(pages.print());
    return pages.take_differences();
}

}  // namespace carehub::tool::demo
