#include "tests/support/scenario.hpp"

#include <algorithm>
#include <fstream>
#include <map>
#include <optional>
#include <sstream>

#include "hub/base/check.hpp"
#include "hub/rules/registry.hpp"
#include "tests/support/scenario_matters.hpp"
#include "tests/support/world.hpp"

namespace carehub::test {
namespace {

struct Known {
    std::string partner;
    std::string client;
    Submission claim;
};

/// The words of one line, taken from the front.
class Words {
public:
    explicit Words(const std::string& line) : in_(line) {}
    std::string next() {
        std::string word;
        in_ >> word;
        return word;
    }
    bool take(const std::string& wanted) {
        const auto at = in_.tellg();
        if (next() == wanted) {
            return true;
        }
        in_.clear();
        in_.seekg(at);
        return false;
    }
    bool done() { return in_.rdbuf()->in_avail() == 0 || (in_ >> std::ws).eof(); }

private:
    std::istringstream in_;
};

class Story {
public:
    /// The first problem of a line, or "".
    std::string run(const std::string& line) {
        Words words(line);
        const std::string verb = words.next();
        if (verb.empty() || verb[0] == '#') {
            return "";
        }
        if (verb == "now") {
            return set_now(words);
        }
        if (!world_) {
            return "a story begins with `now`";
        }
        if (verb == "client") {
            return add_client(words);
        }
        if (verb == "place") {
            return add_place(words);
        }
        if (verb == "closed") {
            return add_closed(words);
        }
        if (verb == "staff") {
            return add_staff(words);
        }
        if (verb == "absent") {
            return add_absence(words);
        }
        if (verb == "on-call") {
            return add_on_call(words);
        }
        if (verb == "set") {
            return set_rule(words);
        }
        if (verb == "as") {
            return act_as(words);
        }
        if (verb == "contact" || verb == "attempt" || verb == "informed") {
            return add_contact(verb, words);
        }
        if (verb == "assign") {
            return assign(words);
        }
        if (verb == "move-notice") {
            return add_move_notice(words);
        }
        if (verb == "consent" || verb == "revoke") {
            return change_consent(words, verb == "revoke");
        }
        if (is_about_link(verb)) {
            return tell_link(verb, words, "admin");
        }
        if (verb == "roster" || verb == "not") {
            return verb == "not" ? refused((words.take("roster"), tell_roster(words)))
                                 : tell_roster(words);
        }
        if (verb == "acknowledge" || verb == "close") {
            return act(words, verb == "close" ? AlertAct::Close : AlertAct::Acknowledge, "ana");
        }
        if (verb == "expect") {
            return words.take("no")     ? expect_none(words)
                   : words.take("told") ? expect_told(words, true)
                   : words.take("not")  ? (words.take("told"), expect_told(words, false))
                                        : expect(words);
        }
        return tell(verb, words);
    }

private:
    UtcTime time(Words& words) {
        const std::string date = words.next();
        const std::string clock = words.next();
        const auto day = parse_iso_date(date);
        CAREHUB_CHECK(day && clock.size() == 5, "a scenario writes times as 2026-07-09 10:00");
        const auto local = LocalTime{day->time_since_epoch()} +
                           std::chrono::hours{std::stoi(clock.substr(0, 2))} +
                           std::chrono::minutes{std::stoi(clock.substr(3, 2))};
        return to_utc(world_ ? world_->zone() : World(kUnknownTime).zone(), local).time;
    }

    std::string set_now(Words& words) {
        const UtcTime to = time(words);
        if (!world_) {
            world_.emplace(to);
        }
        world_->advance(to);
        return "";
    }

    std::string accepted(const Receipt& receipt) {
        return receipt.status == ReceiptStatus::Refused
                   ? "refused: " + std::string(name_of(receipt.refusal.reason)) + " " +
                         receipt.refusal.field
                   : "";
    }

    std::string add_client(Words& words) {
        const std::string name = words.next();
        std::string owner = "ana";
        Transport transport = Transport::Public;
        CaseModel model = CaseModel::Unset;
        std::string team;
        while (!words.done()) {
            const std::string what = words.next();
            const std::string how = words.next();
            if (what == "transport") {
                transport = how == "none"  ? Transport::None
                            : how == "own" ? Transport::Own
                                           : Transport::Public;
            } else if (what == "model") {
                model = parse_name<CaseModel>(how).value_or(CaseModel::Unset);
            } else if (what == "team") {
                team = how;
            } else if (what == "owner") {
                owner = how == "none" ? "" : how;
            } else {
                return "a client has a transport, a model, an owner and a team, no " + what;
            }
        }
        return accepted(world_->add_client(name, owner, transport, model, team));
    }

    std::string add_staff(Words& words) {
        const std::string name = words.next();
        const auto role = parse_name<StaffRole>(words.next());
        const std::string team = words.take("team") ? words.next() : "";
        const std::string supervisor = words.take("supervisor") ? words.next() : "";
        const int limit = words.take("limit") ? std::stoi(words.next()) : 0;
        if (!role) {
            return "no role";
        }
        world_->add_staff(name, *role, team, supervisor, static_cast<std::uint16_t>(limit));
        return "";
    }

    std::string add_absence(Words& words) {
        AbsenceCommand absence;
        absence.staff = words.next();
        absence.from = parse_iso_date(words.next()).value();
        words.take("-");
        absence.until = parse_iso_date(words.next()).value();
        absence.deputy = words.take("deputy") ? words.next() : "";
        return accepted(world_->command(absence));
    }

    std::string add_on_call(Words& words) {
        OnCallCommand turn;
        turn.team = words.next();
        turn.staff = words.next();
        turn.from = time(words);
        words.take("-");
        turn.until = time(words);
        return accepted(world_->command(turn));
    }

    /// A command's threshold of a rule: `set RULE SETTING VALUE`.
    std::string set_rule(Words& words) {
        RuleCommand command;
        command.rule = words.next();
        command.setting = words.next();
        command.value = std::stoll(words.next());
        command.reason = "a story";
        const std::string problem = accepted(world_->command(command));
        world_->advance(world_->now);  // every case is settled anew
        return problem;
    }

    std::string add_place(Words& words) {
        PlaceCommand place;
        place.partner = words.next();
        place.code = words.next();
        words.take("site");
        place.site = words.next();
        words.take("city");
        place.city = words.next();
        if (words.take("program")) {
            place.program = parse_name<Program>(words.next()).value_or(Program::Unset);
        }
        if (words.take("labels")) {
            CAREHUB_CHECK(words.next() == "Part2", "the scenario language knows the label Part2");
            place.labels.add(SecurityLabel::Part2);
        }
        return accepted(world_->command(place));
    }

    std::string add_closed(Words& words) {
        CalendarCommand day;
        day.calendar = "office";
        day.date = parse_iso_date(words.next()).value();
        return accepted(world_->command(day));
    }

    std::string add_contact(const std::string& verb, Words& words) {
        const std::string client = words.next();
        Submission claim;
        claim.kind = verb == "contact"   ? EventKind::ContactMade
                     : verb == "attempt" ? EventKind::ContactAttempted
                                         : EventKind::ClientInformed;
        claim.occurred_at = time(words);
        CaseworkClaim contact;
        contact.contact_kind = ContactKind::Telephone;
        contact.two_way = !words.take("one-way");
        claim.payload = contact;
        return accepted(world_->submit("ana", client, claim));
    }

    std::string assign(Words& words) {
        const std::string client = words.next();
        Submission claim;
        claim.kind = EventKind::CaseAssigned;
        CaseworkClaim assigned;
        assigned.owner = words.next();
        claim.payload = assigned;
        return accepted(world_->submit("admin", client, claim));
    }

    std::string add_move_notice(Words& words) {
        const std::string client = words.next();
        Submission claim;
        claim.kind = EventKind::MoveNoticeRecorded;
        claim.occurred_at = time(words);
        claim.payload = JusticeClaim{};
        return accepted(world_->submit("ana", client, claim));
    }

    std::string change_consent(Words& words, bool revoke) {
        const std::string id = words.next();
        Submission claim;
        ConsentClaim consent;
        consent.consent = id;
        if (revoke) {
            claim.kind = EventKind::ConsentRevoked;
            claim.payload = consent;
            return accepted(world_->submit("ana", consents_.at(id), claim));
        }
        words.take("for");
        consents_[id] = words.next();
        claim.kind = EventKind::ConsentGranted;
        consent.kind = parse_name<ConsentKind>(words.next()).value_or(ConsentKind::Unset);
        words.take("from");
        consent.discloser = words.next();
        words.take("to");
        consent.recipients = {words.next()};
        consent.purpose = PurposeOfUse::CareCoordination;
        consent.signed_on = *make_date(2020, 1, 1);
        if (words.take("until")) {
            consent.expires = parse_iso_date(words.next());
        }
        claim.payload = consent;
        return accepted(world_->submit("ana", consents_[id], claim));
    }

    // --- Partners ---

    std::string tell(const std::string& partner, Words& words) {
        const std::string verb = words.next();
        static const std::map<std::string, ObligationClass> kClasses = {
            {"visit", ObligationClass::ClinicVisit},
            {"session", ObligationClass::TreatmentSession},
            {"dosing", ObligationClass::MedicationDosing},
            {"hearing", ObligationClass::CourtAppearance},
            {"check-in", ObligationClass::SupervisionCheckIn},
            {"test", ObligationClass::DrugTest},
            {"meeting", ObligationClass::CaseManagerMeeting}};
        if (const MatterVerb* matter = matter_verb(verb)) {
            return tell_matter(partner, *matter, words);
        }
        if (verb == "speaks") {
            return speak(partner, words);
        }
        if (verb == "confuses") {
            return confuse(partner, words);
        }
        if (verb == "finds-wrong" || verb == "finds-right") {
            return find_feed(partner, verb == "finds-right", words);
        }
        if (verb == "takes-back-death") {
            words.take("of");
            Submission claim;
            claim.kind = EventKind::ClientDeceased;
            claim.correction = true;
            claim.payload = PersonClaim{};
            return accepted(world_->submit(partner, words.next(), claim));
        }
        if (verb == "reports-death") {
            return tell_death(partner, words);
        }
        if (const auto found = kClasses.find(verb); found != kClasses.end()) {
            return book(partner, found->second, words);
        }
        if (verb == "admits" || verb == "emergency" || verb == "outpatient" || verb == "books") {
            return start_stay(partner, verb, words);
        }
        const std::string id = words.next();
        const auto known = known_.find(id);
        if (known == known_.end()) {
            return "nothing named " + id + " was told before";
        }
        return change(verb, known->second, words);
    }

    std::string tell_matter(const std::string& partner, const MatterVerb& verb, Words& words) {
        const std::string id = words.next();
        Known& known = known_[id];
        if (verb.begins) {
            words.take("for");
            known.client = words.next();
            known.partner = partner;
            known.claim.business_key = id;
        } else if (known.client.empty()) {
            return "nothing named " + id + " was told before";
        }
        known.claim.kind = verb.kind;
        known.claim.occurred_at = time(words);
        const auto payload = matter_payload(verb.kind, known.claim.occurred_at, [&] {
            return words.done() ? std::string() : words.next();
        });
        if (!payload) {
            return "a word that the verb " + std::string(verb.verb) + " does not know";
        }
        known.claim.payload = *payload;
        return send(known);
    }

    /// An event an hour of each working day: `speaks of CLIENT from HOUR to HOUR until DATE`.
    std::string speak(const std::string& partner, Words& words) {
        words.take("of");
        const std::string client = words.next();
        words.take("from");
        const int from = std::stoi(words.next());
        words.take("to");
        const int to = std::stoi(words.next());
        words.take("until");
        const Date until = parse_iso_date(words.next()).value();
        for (Date day = local_date(world_->zone(), world_->now); day < until;
             day += std::chrono::days{1}) {
            if (std::chrono::weekday{day}.iso_encoding() > 5) {
                continue;
            }
            for (int hour = from; hour < to; ++hour) {
                const LocalTime at = LocalTime{day.time_since_epoch()} + std::chrono::hours{hour};
                world_->advance(to_utc(world_->zone(), at).time);
                if (std::string problem = mention(partner, client); !problem.empty()) {
                    return problem;
                }
            }
        }
        return "";
    }

    std::string mention(const std::string& partner, const std::string& client) {
        Submission claim;
        claim.kind = EventKind::PersonUpserted;
        claim.payload = PersonClaim{};
        return accepted(world_->submit(partner, client, claim));
    }

    /// One event with the identifiers of two people.
    std::string confuse(const std::string& partner, Words& words) {
        const std::string one = words.next();
        words.take("and");
        Submission claim;
        claim.kind = EventKind::PersonUpserted;
        claim.payload = PersonClaim{};
        claim.identifiers.push_back({"county", "ID", words.next()});
        return accepted(world_->submit(partner, one, claim));
    }

    /// The adapter's word about its feed; `victims`: rows of a victim service provider.
    std::string find_feed(const std::string& partner, bool right, Words& words) {
        Submission claim;
        claim.kind = EventKind::FeedAnomaly;
        claim.business_key = words.next();
        claim.correction = right;
        if (words.take("victims")) {
            claim.labels.add(SecurityLabel::DvProtected);
        }
        return accepted(world_->submit(partner, "", claim));
    }

    std::string tell_death(const std::string& partner, Words& words) {
        words.take("of");
        const std::string client = words.next();
        Submission claim;
        claim.kind = EventKind::ClientDeceased;
        claim.occurred_at = time(words);
        claim.payload = PersonClaim{};
        return accepted(world_->submit(partner, client, claim));
    }

    std::string send(Known& known) {
        return accepted(world_->submit(known.partner, known.client, known.claim));
    }

    std::string book(const std::string& partner, ObligationClass obligation_class, Words& words) {
        const std::string id = words.next();
        Known& known = known_[id];
        const bool again = !known.client.empty();
        words.take("for");
        known.client = words.next();
        known.partner = partner;
        ObligationClaim claim;
        claim.obligation_class = obligation_class;
        claim.start = time(words);
        words.take("-");
        claim.end = time(words);
        if (words.take("at")) {
            claim.location.id = words.next();
        }
        known.claim.time_flags = {};
        if (words.take("all-day")) {
            known.claim.time_flags.add(TimeFlag::DateOnly);
        }
        claim.transparent = words.take("transparent");
        known.claim.business_key = id;
        known.claim.payload = claim;
        const bool court = obligation_class == ObligationClass::CourtAppearance;
        const bool check_in = obligation_class == ObligationClass::SupervisionCheckIn;
        known.claim.kind = court
                               ? (again ? EventKind::HearingContinued : EventKind::HearingScheduled)
                           : check_in ? EventKind::CheckInScheduled
                           : again    ? EventKind::AppointmentRescheduled
                                      : EventKind::AppointmentBooked;
        return send(known);
    }

    std::string start_stay(const std::string& partner, const std::string& verb, Words& words) {
        const std::string id = words.next();
        Known& known = known_[id];
        words.take("for");
        known.client = words.next();
        known.partner = partner;
        known.claim.business_key = id;
        known.claim.occurred_at = time(words);
        if (verb == "books") {
            known.claim.kind = EventKind::CustodyStarted;
            known.claim.payload = JusticeClaim{};
            return send(known);
        }
        EncounterClaim claim;
        claim.encounter_class = verb == "admits"      ? EncounterClass::Inpatient
                                : verb == "emergency" ? EncounterClass::Emergency
                                                      : EncounterClass::Outpatient;
        claim.start = known.claim.occurred_at;
        if (words.take("at")) {
            claim.location.id = words.next();
        }
        known.claim.kind = EventKind::EncounterStarted;
        known.claim.payload = claim;
        return send(known);
    }

    std::string change(const std::string& verb, Known& known, Words& words) {
        const bool hearing = known.partner == "court";
        const bool check_in = known.partner == "supervision";
        known.claim.occurred_at = kUnknownTime;
        if (verb == "discharges" || verb == "releases") {
            return discharge(known, words);
        }
        if (verb == "plans-discharge") {
            known.claim.kind = EventKind::DischargePlanned;
            std::get<EncounterClaim>(known.claim.payload).planned = time(words);
            return send(known);
        }
        if (verb == "withdraws") {
            known.claim.correction = true;
            const std::string problem = send(known);
            known.claim.correction = false;
            return problem;
        }
        static const std::map<std::string, EventKind> kVisitKinds = {
            {"missed", EventKind::AppointmentNoShow},
            {"completed", EventKind::AppointmentCompleted},
            {"cancelled", EventKind::AppointmentCancelled},
            {"deleted", EventKind::AppointmentDeleted},
            {"failure-to-appear", EventKind::FailureToAppear},
            {"unlists", EventKind::HearingUnlisted},
            {"cancels-discharge", EventKind::EncounterEndCancelled},
            {"cancels-admission", EventKind::EncounterStartCancelled}};
        const auto kind = kVisitKinds.find(verb);
        if (kind == kVisitKinds.end()) {
            return "the scenario language has no verb " + verb;
        }
        known.claim.kind = kind->second;
        if (check_in) {
            known.claim.kind = verb == "missed"      ? EventKind::CheckInMissed
                               : verb == "completed" ? EventKind::CheckInCompleted
                                                     : EventKind::CheckInCancelled;
        } else if (hearing && verb != "failure-to-appear" && verb != "unlists") {
            known.claim.kind =
                verb == "cancelled" ? EventKind::HearingCancelled : EventKind::HearingHeld;
        }
        return send(known);
    }

    std::string discharge(Known& known, Words& words) {
        known.claim.occurred_at = time(words);
        if (known.claim.kind == EventKind::CustodyStarted) {
            known.claim.kind = EventKind::CustodyEnded;
            return send(known);
        }
        known.claim.kind = EventKind::EncounterEnded;
        auto& claim = std::get<EncounterClaim>(known.claim.payload);
        claim.end = known.claim.occurred_at;
        claim.disposition = words.take("facility")         ? Disposition::OtherFacility
                            : words.take("against-advice") ? Disposition::AgainstAdvice
                                                           : Disposition::Home;
        return send(known);
    }

    // --- Alerts ---

    static std::string rule_name(RuleId id) {
        static const core::RuleSet kRules = rules::all_rules();
        for (const auto& rule : kRules) {
            if (rule->info().id == id) {
                return std::string(rule->info().name);
            }
        }
        return "?";
    }

    const Alert* find_alert(const std::string& rule, const std::string& client) const {
        const Alert* found = nullptr;
        for (const Alert& alert : world_->subject(client).alerts) {
            if (rule_name(alert.finding.rule) == rule) {
                found = &alert;  // the youngest: alerts are ordered by id
            }
        }
        return found;
    }

    std::string act_as(Words& words) {
        static const std::map<std::string, AlertAct> kActs = {
            {"acknowledge", AlertAct::Acknowledge},
            {"close", AlertAct::Close},
            {"claim", AlertAct::Claim},
            {"release", AlertAct::Release},
            {"accept", AlertAct::Accept}};
        const std::string who = words.next();
        const bool is_refused = words.take("not");
        const std::string verb = words.next();
        const auto found = kActs.find(verb);
        if (found == kActs.end() && !is_about_link(verb)) {
            return "as NAME acknowledge, close, claim, release, accept, link, unlink or split";
        }
        const std::string problem =
            is_about_link(verb) ? tell_link(verb, words, who) : act(words, found->second, who);
        return is_refused ? refused(problem) : problem;
    }

    static std::string refused(const std::string& problem) {
        return problem.starts_with("refused") ? "" : "it was not refused";
    }

    // --- Whose an identifier is ---

    static bool is_about_link(const std::string& verb) {
        return verb == "link" || verb == "unlink" || verb == "split";
    }

    std::string tell_link(const std::string& verb, Words& words, const std::string& who) {
        LinkCommand command;
        command.act = verb == "link"     ? LinkAct::Link
                      : verb == "unlink" ? LinkAct::Unlink
                                         : LinkAct::Split;
        command.identifier = {"county", "ID", words.next()};
        words.take(verb == "link" ? "to" : "from");
        command.client = words.next();
        command.to = words.take("to") ? words.next() : "";
        command.reason = "a story";
        return accepted(world_->command(command, who));
    }

    std::string tell_roster(Words& words) {
        RosterCommand row;
        row.identifier = {"county", "ID", words.next()};
        words.take("for");
        row.client = words.next();
        row.owner = "ana";
        row.zone = world_->zone().name;
        return accepted(world_->command(row));
    }

    std::string act(Words& words, AlertAct what, const std::string& who) {
        const std::string rule = words.next();
        const Alert* alert = find_alert(rule, words.next());
        if (alert == nullptr) {
            return "there is no alert " + rule;
        }
        AlertCommand command;
        command.alert = alert->id;
        command.act = what;
        command.outcome = what == AlertAct::Close ? AlertOutcome::NotAProblem : AlertOutcome::Unset;
        command.suggestion = 1;
        return accepted(world_->command(command, who));
    }

    std::string expect(Words& words) {
        const std::string rule = words.next();
        const std::string client = words.next();
        const Alert* alert = find_alert(rule, client);
        if (alert == nullptr) {
            return "no " + rule + " was raised";
        }
        AlertState state = AlertState::Raised;
        while (!words.done()) {
            if (words.take("by")) {
                const UtcTime by = time(words);
                if (alert->finding.act_by != by) {
                    return "act-by is " + to_iso(world_->zone(), alert->finding.act_by);
                }
                continue;
            }
            const std::string word = words.next();
            if (word == "owner") {
                const std::string owner = words.next();
                const std::string_view named = world_->machine.state().text(alert->owner);
                if (named != owner) {
                    return "the owner is " + std::string(named);
                }
            } else if (const auto severity = parse_name<Severity>(word)) {
                if (alert->finding.severity != *severity) {
                    return "severity is " + std::string(name_of(alert->finding.severity));
                }
            } else if (const auto told = parse_name<AlertState>(word)) {
                state = *told;
            } else {
                return "neither a state nor a severity: " + word;
            }
        }
        return alert->state == state ? "" : "state is " + std::string(name_of(alert->state));
    }

    /// Whether a notice of the alert was put into that person's outbox and not taken back.
    std::string expect_told(Words& words, bool wanted) {
        const std::string name = words.next();
        const std::string rule = words.next();
        const Alert* alert = find_alert(rule, words.next());
        std::map<std::uint64_t, DeliveryState> told;
        for (const Entry& entry : world_->entries) {
            for (const Delivery& delivery : entry.decisions.deliveries) {
                if (alert != nullptr && delivery.is_alert && delivery.alert == alert->id &&
                    delivery.recipient == world_->partner(name)) {
                    told[delivery.number] = delivery.state;
                }
            }
        }
        const bool is_told = std::ranges::any_of(
            told, [](const auto& one) { return one.second == DeliveryState::Queued; });
        return is_told == wanted ? "" : name + (wanted ? " was not told" : " was told");
    }

    std::string expect_none(Words& words) {
        const std::string rule = words.next();
        const Alert* alert = find_alert(rule, words.next());
        const bool open = alert != nullptr && (alert->state == AlertState::Raised ||
                                               alert->state == AlertState::Acknowledged);
        return open ? rule + " is " + std::string(name_of(alert->state)) : "";
    }

    std::optional<World> world_;
    std::map<std::string, Known> known_;
    std::map<std::string, std::string> consents_;
};

}  // namespace

std::string run_scenario(const std::filesystem::path& file) {
    std::ifstream in(file);
    if (!in) {
        return "cannot be read";
    }
    Story story;
    std::string line;
    for (int number = 1; std::getline(in, line); ++number) {
        const std::string problem = story.run(line);
        if (!problem.empty()) {
            return "line " + std::to_string(number) + ": " + problem;
        }
    }
    return "";
}

}  // namespace carehub::test
