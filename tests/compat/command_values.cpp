#include "tests/compat/sample_values.hpp"

namespace carehub::compat {

std::vector<std::pair<std::string, CommandBody>> command_values() {
    return {
        {"PartnerCommand", PartnerCommand{"name", PartnerKind::Court, StaffRole::Operator,
                                          hash<Hash256>(1), "calendar", instant(2), true, true}},
        {"StaffCommand", StaffCommand{"staff", StaffRole::Supervisor, "team", "supervisor",
                                      "calendar", "zone", "email", 1, 2, 3}},
        {"AbsenceCommand", AbsenceCommand{"staff", day(1), day(2), "deputy"}},
        {"OnCallCommand", OnCallCommand{"team", instant(1), instant(2), "staff"}},
        {"PlaceCommand",
         PlaceCommand{"partner", "code", "site", "city", "zone", 1, -2, Program::Shelter, {3}}},
        {"CalendarCommand", CalendarCommand{"calendar", day(1), 2, true, 3, 4}},
        {"RosterCommand", RosterCommand{"client",
                                        {"authority", "type", "value"},
                                        "owner",
                                        "team",
                                        CaseModel::Act,
                                        RiskTier::Low,
                                        Transport::Public,
                                        "zone",
                                        "family_name",
                                        "given_name",
                                        day(1),
                                        "partner"}},
        {"AgreementCommand",
         AgreementCommand{"discloser",
                          "recipient",
                          PurposeOfUse::Treatment,
                          {EventKind::EncounterStarted, EventKind::EncounterEnded},
                          Form::Reduced,
                          "basis",
                          day(1),
                          day(2)}},
        {"AlertCommand",
         AlertCommand{{{1}, 2}, AlertAct::Accept, instant(3), AlertOutcome::Moved, "reason", 4}},
        {"ClockCommand", ClockCommand{instant(1)}},
        {"PauseCommand", PauseCommand{"name", true, "reason"}},
        {"DeadLetterCommand",
         DeadLetterCommand{"recipient", 1, {2}, DeadLetterAct::Discard, "reason"}},
        {"RestoreCommand", RestoreCommand{{1}, instant(2), "reason"}},
        {"RuleCommand", RuleCommand{"rule", "setting", -1, "reason"}},
        {"LinkCommand",
         LinkCommand{LinkAct::Split, "client", {"authority", "type", "value"}, "to", "reason"}},
        {"RetentionCommand",
         RetentionCommand{RetentionAct::Purge, "client", "reason", 6, 7, {hash(8)}, {9}, true}},
    };
}

}  // namespace carehub::compat
