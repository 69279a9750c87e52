#include "tests/support/scenario.hpp"

#include <algorithm>
#include <fstream>
#include <map>
#include <optional>

#include "hub/base/zone_database.hpp"
#include "tests/support/scenario_alerts.hpp"
#include "tests/support/scenario_links.hpp"
#include "tests/support/scenario_reads.hpp"
#include "tests/support/scenario_tellings.hpp"

namespace carehub::test {
namespace {

/// One case, line by line.
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
        if (verb == "expect") {
            return alerts_.expect(*world_, words);
        }
        const auto given = kGivens.find(verb);
        return given == kGivens.end() ? tellings_.tell(*world_, verb, words)
                                      : (this->*given->second)(words);
    }

    [[nodiscard]] const AlertsTold& alerts() const { return alerts_; }
    [[nodiscard]] std::size_t expectations() const {
        return alerts_.expectations() + refusals_expected_;
    }

private:
    using Given = std::string (Story::*)(Words&);
    static const std::map<std::string, Given> kGivens;

    UtcTime time(Words& words) {
        static const TimeZone kZone = load_zone("America/New_York").value();
        return take_time(kZone, words);
    }

    std::string set_now(Words& words) {
        const UtcTime to = time(words);
        if (!world_) {
            world_.emplace(to);
        }
        if (to < world_->now) {
            return "time does not go back";
        }
        world_->advance(to);
        return "";
    }

    // --- Who there is ---

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

    /// Of a partner that is known only what is told changes.
    std::string add_partner(Words& words) {
        const core::State& state = world_->machine.state();
        PartnerCommand partner;
        partner.name = words.next();
        const Partner* known = state.partner_named(state.symbol(partner.name));
        if (known != nullptr) {
            partner.kind = known->kind;
            partner.public_key = known->public_key;
            partner.calendar = state.text(known->calendar);
        } else {
            partner.public_key[0] = static_cast<std::uint8_t>(state.partners.size() + 1);
        }
        while (!words.done()) {
            const std::string what = words.next();
            if (what == "kind") {
                partner.kind = parse_name<PartnerKind>(words.next()).value_or(PartnerKind::Unset);
            } else if (what == "zone") {
                tellings_.use_zone(*world_, partner.name, words.next());
            } else if (what == "calendar") {
                partner.calendar = words.next();
            } else if (what == "backfill") {
                partner.backfill_until = time(words);
            } else {
                return "a partner has a kind, a zone, a calendar and a backfill, no " + what;
            }
        }
        const std::string problem = accepted(world_->command(partner));
        world_->agree(partner.name);
        return problem;
    }

    std::string agree(Words& words) {
        world_->agree(words.next());
        return "";
    }

    std::string pause(Words& words) { return set_paused(words, true); }
    std::string resume(Words& words) { return set_paused(words, false); }
    std::string set_paused(Words& words, bool paused) {
        PauseCommand pausing;
        pausing.name = words.next();
        pausing.paused = paused;
        pausing.reason = "a story";
        return accepted(world_->command(pausing));
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
            if (words.next() != "Part2") {
                return "the scenario language knows the label Part2";
            }
            place.labels.add(SecurityLabel::Part2);
        }
        return accepted(world_->command(place));
    }

    std::string add_closed(Words& words) {
        CalendarCommand day;
        day.date = parse_iso_date(words.next()).value();
        day.calendar = words.take("of") ? words.next() : "office";
        return accepted(world_->command(day));
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

    // --- What staff record ---

    std::string record(const std::string& client, EventKind kind, Payload payload,
                       const std::string& who, UtcTime at = kUnknownTime) {
        Submission claim;
        claim.kind = kind;
        claim.occurred_at = at;
        claim.payload = std::move(payload);
        return accepted(world_->submit(who, client, claim));
    }

    std::string add_contact(Words& words) { return speak_with(words, EventKind::ContactMade); }
    std::string add_attempt(Words& words) { return speak_with(words, EventKind::ContactAttempted); }
    std::string add_informed(Words& words) { return speak_with(words, EventKind::ClientInformed); }
    std::string speak_with(Words& words, EventKind kind) {
        const std::string client = words.next();
        const UtcTime at = time(words);
        CaseworkClaim contact;
        contact.contact_kind = ContactKind::Telephone;
        contact.two_way = !words.take("one-way");
        return record(client, kind, contact, "ana", at);
    }

    std::string add_move_notice(Words& words) {
        const std::string client = words.next();
        return record(client, EventKind::MoveNoticeRecorded, JusticeClaim{}, "ana", time(words));
    }

    std::string assign(Words& words) {
        const std::string client = words.next();
        CaseworkClaim assigned;
        assigned.owner = words.next();
        return record(client, EventKind::CaseAssigned, assigned, "admin");
    }

    std::string set_tier(Words& words) {
        const std::string client = words.next();
        CaseworkClaim assigned;
        assigned.tier = parse_name<RiskTier>(words.next()).value_or(RiskTier::Unset);
        return record(client, EventKind::RiskTierAssigned, assigned, "ana");
    }

    std::string add_consent(Words& words) {
        ConsentClaim document;
        document.consent = words.next();
        words.take("for");
        const std::string client = words.next();
        consents_[document.consent] = client;
        document.kind = parse_name<ConsentKind>(words.next()).value_or(ConsentKind::Unset);
        words.take("from");
        document.discloser = words.next();
        words.take("to");
        document.recipients = {words.next()};
        document.purpose = PurposeOfUse::CareCoordination;
        document.signed_on =
            words.take("signed") ? parse_iso_date(words.next()).value() : *make_date(2020, 1, 1);
        if (words.take("until")) {
            document.expires = parse_iso_date(words.next());
        }
        return record(client, EventKind::ConsentGranted, document, "ana");
    }

    std::string revoke_consent(Words& words) {
        ConsentClaim document;
        document.consent = words.next();
        return record(consents_.at(document.consent), EventKind::ConsentRevoked, document, "ana");
    }

    std::string acknowledge(Words& words) {
        return alerts_.act(*world_, AlertAct::Acknowledge, "ana", words);
    }
    std::string close(Words& words) { return alerts_.act(*world_, AlertAct::Close, "ana", words); }
    std::string shelve(Words& words) {
        return alerts_.act(*world_, AlertAct::Shelve, "ana", words);
    }
    std::string act_as(Words& words) {
        const std::string who = words.next();
        const bool is_refused = words.take("not");
        const std::string verb = words.next();
        const std::string problem = is_about_link(verb) ? tell_link(*world_, verb, who, words)
                                    : is_about_read(verb)
                                        ? tell_read(*world_, verb, who, words)
                                        : alerts_.act_as(*world_, verb, who, words);
        return is_refused ? refused(problem) : problem;
    }

    std::string refused(const std::string& problem) {
        ++refusals_expected_;
        return problem.starts_with("refused") ? "" : "it was not refused";
    }

    // --- Whose an identifier is ---

    std::string link(Words& words) { return tell_link(*world_, "link", "admin", words); }
    std::string unlink(Words& words) { return tell_link(*world_, "unlink", "admin", words); }
    std::string split(Words& words) { return tell_link(*world_, "split", "admin", words); }
    std::string roster(Words& words) { return tell_roster(*world_, words); }
    std::string not_roster(Words& words) {
        return words.take("roster") ? refused(tell_roster(*world_, words)) : "not roster ...";
    }

    std::optional<World> world_;
    Tellings tellings_;
    AlertsTold alerts_;
    std::map<std::string, std::string> consents_;
    std::size_t refusals_expected_ = 0;
};

const std::map<std::string, Story::Given> Story::kGivens = {
    {"client", &Story::add_client},
    {"staff", &Story::add_staff},
    {"absent", &Story::add_absence},
    {"on-call", &Story::add_on_call},
    {"partner", &Story::add_partner},
    {"agree", &Story::agree},
    {"pause", &Story::pause},
    {"resume", &Story::resume},
    {"place", &Story::add_place},
    {"closed", &Story::add_closed},
    {"set", &Story::set_rule},
    {"contact", &Story::add_contact},
    {"attempt", &Story::add_attempt},
    {"informed", &Story::add_informed},
    {"move-notice", &Story::add_move_notice},
    {"assign", &Story::assign},
    {"tier", &Story::set_tier},
    {"consent", &Story::add_consent},
    {"revoke", &Story::revoke_consent},
    {"acknowledge", &Story::acknowledge},
    {"close", &Story::close},
    {"shelve", &Story::shelve},
    {"as", &Story::act_as},
    {"link", &Story::link},
    {"unlink", &Story::unlink},
    {"split", &Story::split},
    {"roster", &Story::roster},
    {"not", &Story::not_roster}};

// --- The cases of a file ---

struct Line {
    int number;
    std::string text;
};

struct LabelledCase {
    std::string name;
    std::vector<Line> lines;
};

/// The lines before the first case, given to each, and the cases.
struct File {
    std::vector<Line> given;
    std::vector<LabelledCase> cases;
};

File read(std::istream& in) {
    static const std::string kCase = "case ";
    File file;
    std::string text;
    for (int number = 1; std::getline(in, text); ++number) {
        if (text.starts_with(kCase)) {
            file.cases.push_back({text.substr(kCase.size()), {}});
        } else {
            (file.cases.empty() ? file.given : file.cases.back().lines).push_back({number, text});
        }
    }
    return file;
}

/// "line N: what was found instead", or "".
std::string run(Story& story, const std::vector<Line>& lines) {
    for (const Line& line : lines) {
        std::string problem;
        try {
            problem = story.run(line.text);
        } catch (const std::exception& error) {
            problem = std::string("cannot be read: ") + error.what();
        }
        if (!problem.empty()) {
            return "line " + std::to_string(line.number) + ": " + problem;
        }
    }
    return "";
}

void run_case(const File& file, const LabelledCase& labelled, ScenarioReport& report) {
    Story story;
    std::string problem = run(story, file.given);
    if (problem.empty()) {
        problem = run(story, labelled.lines);
    }
    const bool twice = std::ranges::count(file.cases, labelled.name, &LabelledCase::name) > 1;
    if (problem.empty() && twice) {
        problem = "another case has this name";
    } else if (problem.empty() && story.expectations() == 0) {
        problem = "it expects nothing";
    }
    if (!problem.empty()) {
        report.problems.push_back("case " + labelled.name + ", " + problem);
        return;
    }
    report.raised.insert(story.alerts().raised().begin(), story.alerts().raised().end());
    report.ended.insert(story.alerts().ended().begin(), story.alerts().ended().end());
}

}  // namespace

ScenarioReport run_scenario(const std::filesystem::path& path) {
    std::ifstream in(path);
    const File file = read(in);
    ScenarioReport report;
    report.cases = file.cases.size();
    if (file.cases.empty()) {
        report.problems.emplace_back("it cannot be read, or tells no case");
    }
    for (const LabelledCase& labelled : file.cases) {
        run_case(file, labelled, report);
    }
    return report;
}

}  // namespace carehub::test
