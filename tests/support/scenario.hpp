// Stories in a supervisor's words, run against the machine (hub/rules/*/*.scenario,
// tests/scenario).
//
// A file opens with a head of comments. `case WORDS` begins a labelled case and names what it
// shows; nothing of the case before is left. Lines before the first case are given to every case.
//
// Lines, one act or expectation each; `#` begins a comment. Times are local, "2026-07-09 10:00".
//   now TIME                                   business time; ticks that fall due on the way happen
//   client NAME [transport own|public|none] [model MODEL] [owner none|NAME] [team TEAM]
//   staff NAME ROLE [team TEAM] [supervisor NAME] [limit N]   (with a link of their own)
//   absent NAME DATE - DATE [deputy NAME]   /   on-call TEAM NAME TIME - TIME
//   partner NAME [kind KIND] [zone ZONE] [calendar NAME] [backfill TIME]   the times it tells are of
//                                              ZONE; what it tells until TIME is of the past
//   agree NAME                                 what that partner tells may flow to the owner; it is
//                                              so of the partners that every story has
//   pause NAME   /   resume NAME               a partner
//   set RULE SETTING VALUE
//   place PARTNER CODE site SITE city CITY [program PROGRAM] [labels LABEL...]
//   closed DATE [of CALENDAR]                  a holiday, of the owner's calendar unless told
//   verbs of partners: scenario_tellings.hpp; of housing, supervision, warrants and moves:
//   scenario_matters.hpp
//   contact CLIENT TIME [one-way]   /   attempt CLIENT TIME   /   informed CLIENT TIME
//   move-notice CLIENT TIME   /   assign CLIENT NAME   /   tier CLIENT TIER
//   consent ID for CLIENT KIND from DISCLOSER to RECIPIENT [until DATE]   /   revoke ID
//   whose an identifier is: scenario_links.hpp; acts on alerts and expectations: scenario_alerts.hpp
//   as NAME [not] ACT                          of these two, or `reads CLIENT`, `breaks-glass CLIENT`;
//                                              `not`: it is refused. So is `not roster`
//   (a client `office` stands for what is about no client)
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <vector>

namespace carehub::test {

/// What the cases of one file came to.
struct ScenarioReport {
    std::size_t cases = 0;
    /// Each "case NAME, line N: what was found instead"; none when all of it is as told.
    std::vector<std::string> problems;
    std::set<std::string> raised;  ///< rules that a case expects to be raised, and they were
    std::set<std::string> ended;   ///< rules that a case expects to clear or to be closed likewise
};

[[nodiscard]] ScenarioReport run_scenario(const std::filesystem::path& file);

}  // namespace carehub::test
