// Stories in a supervisor's words, run against the machine (hub/rules/*/*.scenario,
// tests/scenario).
//
// Lines, one act or expectation each; `#` begins a comment. Times are local, "2026-07-09 10:00".
//   now TIME                                   business time; ticks that fall due on the way happen
//   client NAME [transport own|public|none] [model MODEL] [owner none|NAME] [team TEAM]
//   staff NAME ROLE [team TEAM] [supervisor NAME] [limit N]   (with a link of their own)
//   absent NAME DATE - DATE [deputy NAME]   /   on-call TEAM NAME TIME - TIME
//   set RULE SETTING VALUE
//   link ID to CLIENT   /   unlink ID from CLIENT   /   split ID from CLIENT to CLIENT
//   [not] roster ID for CLIENT                 the roster says whose it is; `not`: it is refused
//   as NAME [not] acknowledge|close|claim|release|accept RULE CLIENT     `not`: it is refused
//   as NAME [not] link|unlink|split ...
//   place PARTNER CODE site SITE city CITY [program PROGRAM] [labels LABEL...]
//   closed DATE                                a holiday of the owner's calendar
//   PARTNER visit|session|dosing|hearing|check-in|test|meeting ID for CLIENT TIME - TIME [at CODE] [all-day] [transparent]
//   PARTNER missed|completed|cancelled|deleted|arrived|failure-to-appear ID
//   PARTNER admits|emergency|outpatient ID for CLIENT TIME [at CODE]      custody: jail books ID for ...
//   PARTNER discharges ID TIME [home|facility|against-advice]
//   PARTNER cancels-discharge|cancels-admission ID
//   PARTNER plans-discharge ID TIME   /   PARTNER unlists ID   /   PARTNER withdraws ID
//   PARTNER reports-death of CLIENT TIME   /   PARTNER takes-back-death of CLIENT
//   PARTNER speaks of CLIENT from HOUR to HOUR until DATE     hourly, on working days
//   PARTNER confuses CLIENT and CLIENT                        one event with the identifiers of both
//   PARTNER finds-wrong|finds-right KEY [victims]             its adapter's word about its feed
//   verbs of housing, supervision, warrants and moves: scenario_matters.hpp
//   contact CLIENT TIME [one-way]   /   attempt CLIENT TIME   /   informed CLIENT TIME
//   move-notice CLIENT TIME   /   assign CLIENT NAME
//   consent ID for CLIENT KIND from DISCLOSER to RECIPIENT [until DATE]   /   revoke ID
//   acknowledge RULE CLIENT   /   close RULE CLIENT
//   expect RULE CLIENT [STATE] [SEVERITY] [by TIME] [owner NAME]
//   expect [not] told NAME RULE CLIENT         a notice waits for that person
//   (a client `office` stands for what is about no client)
//   expect no RULE CLIENT                      no alert of it that is open
#pragma once

#include <filesystem>
#include <string>

namespace carehub::test {

/// Runs the story; returns "" when all it expects holds, else "line N: what was found instead".
[[nodiscard]] std::string run_scenario(const std::filesystem::path& file);

}  // namespace carehub::test
