// The questions about one client: `client`, `consents`, and the whole `roster`.
#include <algorithm>

#include "hub/follower/explain.hpp"
#include "hub/model/secret_identifier.hpp"

namespace carehub::follower {
namespace {

constexpr std::pair<TimeFlag, std::string_view> kFlagNames[] = {
    {TimeFlag::Ambiguous, "Ambiguous"},        {TimeFlag::Skipped, "Skipped"},
    {TimeFlag::AssumedZone, "AssumedZone"},    {TimeFlag::AssumedDuration, "AssumedDuration"},
    {TimeFlag::DateOnly, "DateOnly"},          {TimeFlag::CallList, "CallList"},
    {TimeFlag::TimeUncertain, "TimeUncertain"}};

json::array flags_of(const Obligation& obligation) {
    json::array out;
    for (const auto& [flag, name] : kFlagNames) {
        if (obligation.time_flags.has(flag)) {
            out.emplace_back(name);
        }
    }
    if (obligation.rebooked) {
        out.emplace_back("ProbableReschedule");
    }
    return out;
}

/// Nothing when it is protected and the reader is told of the client as its case manager is.
std::string place_of(const Answering& question, const core::Case& subject,
                     const Obligation& obligation, const ObligationClaim* claim) {
    if (question.sight(subject) != Sight::Whole && hides_place(obligation.labels)) {
        return "";
    }
    return claim == nullptr || claim->location.name.empty()
               ? std::string(question.state.text(obligation.place))
               : claim->location.name;
}

json::object to_json(const Answering& question, const core::Case& subject,
                     const Obligation& obligation) {
    const core::State& state = question.state;
    const std::optional<Submission> event = question.entries.submission(obligation.last);
    const auto* claim = event ? std::get_if<ObligationClaim>(&event->payload) : nullptr;
    const Partner* partner = state.partner(obligation.partner);
    const Symbol zone = obligation.zone.value != 0 ? obligation.zone : subject.client.zone;
    const bool tells = question.tells(subject);
    json::object told{{"key", event && tells ? event->business_key : ""},
                      {"class", name_of(obligation.obligation_class)},
                      {"status", name_of(obligation.status)},
                      {"start", local_iso(state, zone, obligation.start)},
                      {"end", local_iso(state, zone, obligation.end)},
                      {"zone", state.text(zone)},
                      {"place", tells ? place_of(question, subject, obligation, claim) : ""},
                      {"partner", partner == nullptr ? "" : state.text(partner->name)},
                      {"flags", flags_of(obligation)}};
    if (obligation.labels.has(SecurityLabel::Part2)) {
        told["required_statement"] = kPart2Statement;
    }
    return told;
}

json::array obligations_of(const Answering& question, const core::Case& subject) {
    std::vector<const Obligation*> ordered;
    for (const Obligation& obligation : subject.obligations) {
        if (question.reader_sees(subject, obligation)) {
            ordered.push_back(&obligation);
        }
    }
    std::ranges::sort(ordered, {}, [](const Obligation* o) { return std::tie(o->start, o->id); });
    json::array out;
    for (const Obligation* obligation : ordered) {
        out.push_back(to_json(question, subject, *obligation));
    }
    return out;
}

json::array identifiers_of(const Answering& question, const core::Case& subject) {
    json::array out;
    // Who gave an identifier may alone tell of a treatment.
    if (!question.tells(subject) || question.sight(subject) == Sight::Emergency) {
        return out;
    }
    for (const ClientId& one : question.follower.persons_of(subject.client.id)) {
        const PersonPtr person = question.person(one);
        for (const Identifier& identifier : person->roster) {
            if (is_secret(identifier)) {
                continue;
            }
            out.push_back(json::object{{"authority", identifier.authority},
                                       {"type", identifier.type},
                                       {"value", identifier.value}});
        }
    }
    return out;
}

/// Who is one with this client, by their names in the roster.
json::array merged_of(const Answering& question, const ClientId& client) {
    json::array out;
    for (const ClientId& one : question.follower.persons_of(client)) {
        if (one != client) {
            out.emplace_back(question.person(one)->name);
        }
    }
    return out;
}

json::array follow_ups_of(const Answering& question, const core::Case& subject) {
    json::array out;
    for (const Duty& duty : subject.duties) {
        if (question.reader_sees(subject, duty)) {
            out.push_back(json::object{{"program", name_of(duty.program)},
                                       {"open", to_iso(duty.open)},
                                       {"due", to_iso(duty.due)},
                                       {"state", name_of(duty.state)}});
        }
    }
    return out;
}

json::array alerts_of(const Answering& question, const core::Case& subject) {
    json::array out;
    for (const Alert& alert : subject.alerts) {
        if (is_current(alert.state) && question.reader_sees(subject, alert)) {
            out.emplace_back(to_text(alert.id));
        }
    }
    return out;
}

const std::vector<Symbol> kNobody;

json::object to_json(const Answering& question, const core::Case& subject, const Consent& consent) {
    const core::State& state = question.state;
    const auto end = core::end_of(consent);
    const bool tells = question.tells(subject);  // the kind alone may tell of a treatment
    json::array recipients;
    for (const Symbol recipient : tells ? consent.recipients : kNobody) {
        recipients.emplace_back(state.text(recipient));
    }
    return {{"consent", document_id(question.entries, consent)},
            {"kind", tells ? name_of(consent.kind) : ""},
            {"discloser", tells ? state.text(consent.discloser) : ""},
            {"recipients", recipients},
            {"purpose", tells ? name_of(consent.purpose) : ""},
            {"signed", to_iso(consent.signed_on)},
            {"expires", end ? json::value(to_iso(*end)) : json::value()},
            {"expiry_event", tells ? expiry_event(question.entries, consent) : ""},
            {"revoked_at",
             consent.revoked_at == kUnknownTime
                 ? json::value()
                 : json::value(local_iso(state, subject.client.zone, consent.revoked_at))}};
}

json::array consents_of(const Answering& question, const core::Case& subject) {
    json::array out;
    if (question.sight(subject) == Sight::Emergency) {
        return out;
    }
    for (const Consent& consent : subject.consents) {
        out.push_back(to_json(question, subject, consent));
    }
    return out;
}

/// A row of an identifier as roster.csv has it. Columns of the client stand as they are now, its
/// name and birth date as its last row told them.
json::object roster_row(const core::State& state, const core::Case& subject,
                        const RosterCommand& identified, const RosterCommand& newest) {
    const Client& client = subject.client;
    const auto word = [](auto value) -> std::string_view {
        return value == decltype(value)::Unset ? "" : name_of(value);
    };
    return {{"client", newest.client},
            {"partner", identified.partner},
            {"authority", identified.identifier.authority},
            {"id_type", identified.identifier.type},
            {"id", identified.identifier.value},
            {"owner", state.text(client.owner)},
            {"team", state.text(client.team)},
            {"model", word(client.model)},
            {"tier", word(client.tier)},
            {"transport", word(client.transport)},
            {"zone", state.text(client.zone)},
            {"family_name", newest.family_name},
            {"given_name", newest.given_name},
            {"birth_date", newest.birth_date ? to_iso(*newest.birth_date) : ""}};
}

/// What people linked and unlinked since stands in no row.
void take_links(const Person& person, std::vector<RosterCommand>& rows) {
    if (rows.empty()) {
        return;
    }
    RosterCommand bare = rows.back();
    bare.partner.clear();
    const auto is_of = [&](const Identifier& identifier) {
        return std::ranges::find(person.roster, identifier) != person.roster.end();
    };
    std::erase_if(rows, [&](const RosterCommand& row) {
        return !row.identifier.value.empty() && !is_of(row.identifier);
    });
    for (const Identifier& identifier : person.roster) {
        if (std::ranges::find(rows, identifier, &RosterCommand::identifier) == rows.end()) {
            bare.identifier = identifier;
            rows.push_back(bare);
        }
    }
    if (rows.empty()) {
        bare.identifier = {};
        rows.push_back(bare);
    }
}

/// A social security number is shown to nobody, also not to the office that imported it.
void drop_secrets(std::vector<RosterCommand>& rows) {
    if (rows.empty()) {
        return;
    }
    RosterCommand bare = rows.back();
    bare.partner.clear();
    bare.identifier = {};
    std::erase_if(rows, [](const RosterCommand& row) { return is_secret(row.identifier); });
    if (rows.empty()) {
        rows.push_back(bare);
    }
}

/// One line per identifier; a client without one has one line. As metadata one with neither
/// identifier nor name.
void add_rows(const Answering& question, const core::Case& subject, Answer& answer) {
    if (!question.tells(subject)) {
        answer.lines.push_back(text_of({{"client", question.person(subject.client.id)->name},
                                        {"owner", question.state.text(subject.client.owner)},
                                        {"team", question.state.text(subject.client.team)}}));
        return;
    }
    std::vector<RosterCommand> rows;  // the newest of each identifier
    const PersonPtr person = question.person(subject.client.id);
    for (const Sequence sequence : person->rows) {
        const std::optional<CommandBody> command = question.entries.command(sequence);
        if (const auto* row = command ? std::get_if<RosterCommand>(&*command) : nullptr) {
            std::erase_if(rows, [row](const RosterCommand& older) {
                return older.identifier == row->identifier || older.identifier.value.empty();
            });
            rows.push_back(*row);
        }
    }
    take_links(*person, rows);
    drop_secrets(rows);
    for (const RosterCommand& row : rows) {
        answer.lines.push_back(text_of(roster_row(question.state, subject, row, rows.back())));
    }
}

}  // namespace

Answer answer_client(const Answering& question) {
    const auto found = question.readable_case();
    if (!found) {
        return found.error();
    }
    if (question.only_whether) {
        return {};
    }
    const core::Case& subject = **found;
    const json::array holds = holds_of(question, subject);
    return {{text_of({{"client", question.person(subject.client.id)->name},
                      {"owner", question.state.text(subject.client.owner)},
                      {"shown", shown_word(question.sight(subject))},
                      {"merged", merged_of(question, subject.client.id)},
                      {"hold", holds.empty() ? json::value() : holds.front()},
                      {"holds", holds},
                      {"identifiers", identifiers_of(question, subject)},
                      {"obligations", obligations_of(question, subject)},
                      {"follow_ups", follow_ups_of(question, subject)},
                      {"alerts", alerts_of(question, subject)},
                      {"consents", consents_of(question, subject)}})},
            {}};
}

Answer answer_consents(const Answering& question) {
    const auto found = question.readable_case();
    if (!found) {
        return found.error();
    }
    Answer answer;
    for (const json::value& consent : consents_of(question, **found)) {
        answer.lines.push_back(json::serialize(consent));
    }
    return answer;
}

Answer answer_roster(const Answering& question) {
    if (question.only_whether) {
        return {};
    }
    std::vector<std::pair<std::string, const core::Case*>> ordered;
    for (const auto& [id, subject] : question.state.cases) {
        if (question.may_read(subject)) {
            ordered.emplace_back(question.person(id)->name, &subject);
        }
    }
    std::ranges::sort(ordered, {}, [](const auto& client) { return client.first; });
    Answer answer;
    for (const auto& [name, subject] : ordered) {
        add_rows(question, *subject, answer);
    }
    return answer;
}

}  // namespace carehub::follower
