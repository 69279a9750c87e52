// The question `review`: who may be the same person, with the evidence, for a supervisor to decide.
#include <charconv>
#include <cmath>

#include "hub/follower/candidates.hpp"
#include "hub/follower/limits.hpp"
#include "hub/match/weights.hpp"
#include "hub/model/secret_identifier.hpp"

namespace carehub::follower {
namespace {

std::string_view word_of(match::Agreement agreement) {
    switch (agreement) {
        case match::Agreement::Agrees: return "agrees";
        case match::Agreement::Differs: return "differs";
        case match::Agreement::Missing: break;
    }
    return "missing";
}

double in_tenths(double bits) { return std::round(bits * 10) / 10; }

std::string date_of(const match::Profile& profile) {
    return profile.birth ? to_iso(*profile.birth) : "";
}

std::string sex_of(const match::Profile& profile) {
    return profile.sex == Sex::Unset ? "" : std::string(name_of(profile.sex));
}

struct Shown {
    std::string_view field;
    std::string one;
    std::string other;
};

Shown shown(match::Field field, const match::Profile& one, const match::Profile& other) {
    switch (field) {
        case match::Field::FamilyName: return {"family_name", one.family, other.family};
        case match::Field::GivenName: return {"given_name", one.given, other.given};
        case match::Field::Sex: return {"sex", sex_of(one), sex_of(other)};
        case match::Field::BirthDate: break;
    }
    return {"birth_date", date_of(one), date_of(other)};
}

json::array evidence_of(const Candidates::Pair& pair) {
    json::array out;
    for (const match::Evidence& evidence : pair.proposal.evidence) {
        Shown told = shown(evidence.field, pair.client->profile, pair.other->profile);
        out.push_back(
            json::object{{"field", told.field},
                         {"client", std::move(told.one)},
                         {"other", std::move(told.other)},
                         {"agreement", word_of(evidence.agreement)},
                         {"one_in", evidence.chance > 0 ? std::llround(1 / evidence.chance) : 0},
                         {"weight", in_tenths(evidence.weight)}});
    }
    return out;
}

std::string name_of_client(const Answering& question, ClientId client) {
    return question.person(question.state.effective(client))->name;
}

json::object other_of(const Answering& question, const Candidate& other) {
    if (!other.client.is_none()) {
        return {{"client", name_of_client(question, other.client)}};
    }
    json::array identifiers;
    std::size_t secret = 0;
    for (const Person::Seen& seen : other.person->seen) {
        for (const Identifier& identifier : seen.identifiers) {
            if (is_secret(identifier)) {
                ++secret;
                continue;
            }
            identifiers.push_back(json::object{{"authority", identifier.authority},
                                               {"type", identifier.type},
                                               {"value", identifier.value}});
        }
    }
    const Partner* partner = question.state.partner(other.stranger->partner);
    return {{"partner", partner == nullptr ? "" : question.state.text(partner->name)},
            {"event_id", event_id_of(other.told)},
            {"identifiers", std::move(identifiers)},
            {"not_shown", secret}};
}

json::object line_of(const Answering& question, const Candidates::Pair& pair) {
    return {{"client", name_of_client(question, pair.client->client)},
            {"other", other_of(question, *pair.other)},
            {"weight", in_tenths(pair.proposal.weight)},
            {"prior", in_tenths(match::prior_weight())},
            {"probability", pair.proposal.probability},
            {"evidence", evidence_of(pair)}};
}

/// How many pairs are asked for; nothing for what is no such number.
std::optional<std::size_t> limit_of(const std::string& told) {
    if (told.empty()) {
        return kReviewShownUsual;
    }
    std::size_t limit = 0;
    const char* const end = told.data() + told.size();
    const auto read = std::from_chars(told.data(), end, limit);
    const bool good = read.ec == std::errc{} && read.ptr == end;
    return good && limit > 0 && limit <= kReviewShownMax ? std::optional(limit) : std::nullopt;
}

}  // namespace

Answer answer_review(const Answering& question) {
    if (question.asked.reader.role != StaffRole::Supervisor) {
        return refuse(RefusalReason::NotAllowed, "name", "ask a supervisor");
    }
    if (question.argument(kReason).empty()) {
        return ask_reason();  // it shows what was said of people
    }
    const auto limit = limit_of(question.argument("limit"));
    if (!limit) {
        return refuse(RefusalReason::InvalidField, "limit", "give a number from 1 to 1000");
    }
    ClientId only;
    if (!question.argument("client").empty()) {
        const auto subject = question.told_case();
        if (!subject) {
            return subject.error();
        }
        only = (*subject)->client.id;
    }
    if (question.only_whether) {
        return {};
    }
    const Candidates candidates(question);
    const Candidates::Found found = candidates.find(only);
    Answer answer;
    answer.lines.push_back(text_of({{"people", found.people},
                                    {"proposals", found.pairs.size()},
                                    {"elsewhere", found.elsewhere},
                                    {"clients_left_out", found.clients_left_out},
                                    {"pairs_left_out", found.pairs_left_out}}));
    for (const Candidates::Pair& pair : found.pairs) {
        if (answer.lines.size() > *limit) {
            break;
        }
        answer.lines.push_back(text_of(line_of(question, pair)));
    }
    return answer;
}

}  // namespace carehub::follower
