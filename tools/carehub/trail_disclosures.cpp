// trail disclosures: who outside was told what about one client.
#include <iostream>

#include "tools/carehub/disclosure_list.hpp"
#include "tools/carehub/door.hpp"
#include "tools/carehub/output.hpp"

namespace carehub::tool {
namespace {

struct Wanted {
    DisclosureRequest request;
    std::string period;
    std::string html;
    bool owed = false;
    bool each = false;
};

/// "2026-01-01..2026-06-30": both days are in it.
Status take_period(Wanted& wanted) {
    if (wanted.period.empty()) {
        return {};
    }
    const std::size_t dots = wanted.period.find("..");
    const std::string last = dots == std::string::npos ? "" : wanted.period.substr(dots + 2);
    const auto day = parse_iso_date(last);
    const bool is_date = dots != std::string::npos &&
                         parse_iso_date(wanted.period.substr(0, dots)).has_value() && day;
    if (!is_date || !wanted.request.from.empty() || !wanted.request.to.empty()) {
        return fail(ErrorCode::Invalid,
                    "write --period 2026-01-01..2026-06-30, without --from and --to");
    }
    wanted.request.from = wanted.period.substr(0, dots);
    wanted.request.to = to_iso(*day + std::chrono::days{1});
    return {};
}

Status print(const Run& run, const Wanted& wanted, const std::vector<std::string>& lines) {
    const std::vector<DisclosureRow> rows = roll_up(lines);
    if (!wanted.html.empty()) {
        CAREHUB_TRY_DONE(daemon::write_private(wanted.html, disclosure_page(wanted.request, rows)));
        std::cerr << "The list is in " << wanted.html << ".\n";
    }
    if (run.json) {
        for (const DisclosureRow& row : wanted.each ? std::vector<DisclosureRow>{} : rows) {
            std::cout << row_to_json(row) << "\n";
        }
        print_lines(wanted.each ? lines : std::vector<std::string>{}, true, {}, "");
    } else if (wanted.html.empty()) {
        print_disclosures(wanted.request, wanted.each ? each_alone(lines) : rows);
    }
    return {};
}

Result<int> list(const Run& run, Wanted wanted) {
    CAREHUB_TRY_DONE(take_period(wanted));
    CAREHUB_TRY(Door door, Door::open(run));
    CAREHUB_TRY(const UtcTime now, door.now());
    wanted.request.made_at = to_iso(now);
    follower::Arguments arguments{{"client", wanted.request.client},
                                  {"regime", wanted.request.regime},
                                  {"from", wanted.request.from},
                                  {"to", wanted.request.to}};
    if (wanted.request.with_exempt) {
        arguments["exempt"] = "yes";
    }
    if (wanted.owed) {
        arguments["owed"] = "yes";
    }
    CAREHUB_TRY(const std::vector<std::string> lines, door.ask("disclosures", arguments));
    CAREHUB_TRY_DONE(print(run, wanted, lines));
    return 0;
}

}  // namespace

void add_disclosures(CLI::App& trail, Run& run) {
    auto wanted = std::make_shared<Wanted>();
    auto* command = subcommand(trail, "disclosures",
                               "who outside received what about one client, and on what right");
    option(*command, "CLIENT", wanted->request.client, "the client's name in the roster")
        ->required();
    option(*command, "--period", wanted->period, "from a day to a day, 2026-01-01..2026-06-30");
    option(*command, "--from", wanted->request.from,
           "only from this time or date on, ISO 8601; without it as far back as the law goes");
    option(*command, "--to", wanted->request.to, "only before this time or date");
    option(*command, "--regime", wanted->request.regime,
           "hipaa (six years), part2 (three years) or all");
    flag(*command, "--exempt", wanted->request.with_exempt,
         "also what the law does not require to be listed");
    flag(*command, "--owed", wanted->owed,
         "also what was sent or waits, and has no answer yet: it may have left");
    flag(*command, "--each", wanted->each, "each one alone, repeated ones not as one row");
    option(*command, "--html", wanted->html, "write a page for the client to this file, to print");
    runs(command, run, [&run, wanted] { return list(run, *wanted); });
}

}  // namespace carehub::tool
