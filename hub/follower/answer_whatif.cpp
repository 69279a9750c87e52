// The question `consent_whatif`: who would be told which kinds of event if a form were signed, or a
// consent revoked. Nothing changes.
#include <algorithm>

#include "hub/core/capability.hpp"
#include "hub/follower/explain.hpp"
#include "hub/model/kind_word.hpp"

namespace carehub::follower {
namespace {

/// Pairs of discloser and recipient that one answer goes through, each with some 360 answers of
/// `permit`: kinds of partner on both sides of a large county are asked about by name.
constexpr std::size_t kPairsMax = 500;
constexpr std::string_view kOwnerWord = "owner";

struct Protection {
    std::string_view word;
    std::uint32_t labels;
};
constexpr Protection kProtections[] = {
    {"", 0},
    {"part2", static_cast<std::uint32_t>(SecurityLabel::Part2)},
    {"victim", static_cast<std::uint32_t>(SecurityLabel::DvProtected)}};

template <class T>
using Told = tl::expected<T, Answer>;

std::vector<std::string> words_in(const std::string& list) {
    std::vector<std::string> words;
    std::size_t from = 0;
    while (from <= list.size()) {
        const std::size_t end = std::min(list.find(';', from), list.size());
        if (end > from) {
            words.push_back(list.substr(from, end - from));
        }
        from = end + 1;
    }
    return words;
}

/// The partners, no staff, that a word of a form means: by name or by kind.
std::vector<const Partner*> partners_meant(const core::State& state, std::string_view word) {
    std::vector<const Partner*> meant;
    for (const auto& [id, partner] : state.partners) {
        const bool named = state.text(partner.name) == word || kind_word(partner.kind) == word;
        if (named && !partner.removed && partner.kind != PartnerKind::Staff) {
            meant.push_back(&partner);
        }
    }
    return meant;
}

std::vector<core::Recipient> recipients_meant(const core::State& state, const core::Case& subject,
                                              const std::string& word) {
    const Symbol named = word == kOwnerWord ? subject.client.owner : state.symbol(word);
    const Partner* principal = state.partner_named(named);
    const bool is_staff = state.staff.contains(named) ||
                          (principal != nullptr && principal->kind == PartnerKind::Staff);
    if (word == kOwnerWord || is_staff) {
        return named.value == 0 ? std::vector<core::Recipient>{}
                                : std::vector<core::Recipient>{{named, PartnerKind::Staff}};
    }
    std::vector<core::Recipient> meant;
    for (const Partner* partner : partners_meant(state, word)) {
        meant.push_back({partner->name, partner->kind});
    }
    return meant;
}

/// The case after it, and whom that could concern.
struct WhatIf {
    core::Case after;
    std::vector<const Partner*> disclosers;
    std::vector<core::Recipient> recipients;
};

void add_once(std::vector<core::Recipient>& recipients, const core::Recipient& meant) {
    if (std::ranges::find(recipients, meant.name, &core::Recipient::name) == recipients.end()) {
        recipients.push_back(meant);
    }
}

/// Reads the words of a form; the first that is wrong is the fault.
class FormReader {
public:
    explicit FormReader(const Answering& question) : question_(question) {}

    /// Who it names is filled in for each discloser it means.
    Consent read(Date today) {
        Consent form;
        form.kind = word<ConsentKind>("kind");
        form.purpose = word<PurposeOfUse>("purpose");
        form.kinds = kinds();
        form.scope_from = date("scope_from");
        form.scope_to = date("scope_to");
        form.expires = date("expires");
        form.signed_on = date("signed").value_or(today);
        form.ends_upon_event = !question_.argument("expiry_event").empty();
        const auto fault = core::fault_of(form);
        if (fault && !fault_) {
            fault_ = refuse(fault->reason, std::string(fault->field), std::string(fault->hint));
        }
        return form;
    }
    [[nodiscard]] const std::optional<Answer>& fault() const { return fault_; }

private:
    template <class E>
    E word(const std::string& name) {
        const auto value = parse_name<E>(question_.argument(name));
        if (!value) {
            refuse_field(name, "use a word of vocabulary.fbs");
        }
        return value.value_or(E::Unset);
    }
    std::optional<Date> date(const std::string& name) {
        const std::string text = question_.argument(name);
        const auto value = parse_iso_date(text);
        if (!text.empty() && !value) {
            refuse_field(name, "write a date as 2026-07-31");
        }
        return value;
    }
    std::vector<EventKind> kinds() {
        std::vector<EventKind> kinds;
        for (const std::string& word : words_in(question_.argument("event_kinds"))) {
            const auto kind = std::ranges::find(kEventKinds, word, &EventKindName::name);
            if (kind == kEventKinds.end()) {
                refuse_field("event_kinds", "name kinds such as AppointmentBooked");
                break;
            }
            kinds.push_back(kind->kind);
        }
        return kinds;
    }
    void refuse_field(const std::string& name, const std::string& fix) {
        if (!fault_) {
            fault_ = refuse(RefusalReason::InvalidField, name, fix);
        }
    }

    const Answering& question_;
    std::optional<Answer> fault_;
};

Told<WhatIf> if_signed(const Answering& question, const core::Case& subject) {
    FormReader reader(question);
    Consent form = reader.read(core::day_of(question.state, subject, question.state.now));
    if (reader.fault()) {
        return tl::unexpected(*reader.fault());
    }
    WhatIf asked{subject, partners_meant(question.state, question.argument("discloser")), {}};
    for (const std::string& word : words_in(question.argument("recipients"))) {
        for (const core::Recipient& meant : recipients_meant(question.state, subject, word)) {
            add_once(asked.recipients, meant);
            form.recipients.push_back(meant.name);
        }
    }
    if (asked.disclosers.empty() || asked.recipients.empty()) {
        return tl::unexpected(refuse(RefusalReason::UnknownPartner,
                                     asked.disclosers.empty() ? "discloser" : "recipients",
                                     "name partners or kinds of partner; as recipient also owner"));
    }
    for (const Partner* discloser : asked.disclosers) {
        form.discloser = discloser->name;
        asked.after.consents.edit().push_back(form);
    }
    return asked;
}

Told<WhatIf> if_revoked(const Answering& question, const core::Case& subject) {
    const core::State& state = question.state;
    WhatIf asked{subject, {}, {}};
    std::vector<Consent>& consents = asked.after.consents.edit();
    const auto revoked = std::ranges::find_if(consents, [&](const Consent& consent) {
        return document_id(question.entries, consent) == question.argument("revoke");
    });
    if (revoked == consents.end()) {
        return tl::unexpected(refuse(RefusalReason::NotFound, "revoke",
                                     "name a consent as `carehub consent list` shows it"));
    }
    if (revoked->revocable_from &&
        state.now < core::beginning_of(state, subject, *revoked->revocable_from)) {
        return tl::unexpected(
            refuse(RefusalReason::NotRevocableYet, "revoke",
                   "a criminal justice referral can be revoked from its revocable_from date"));
    }
    asked.disclosers = partners_meant(state, state.text(revoked->discloser));
    for (const Symbol named : revoked->recipients) {
        for (const core::Recipient& meant :
             recipients_meant(state, subject, std::string(state.text(named)))) {
            add_once(asked.recipients, meant);
        }
    }
    revoked->revoked_at = state.now;
    return asked;
}

std::string outcome_of(const Route& route) {
    return route.form == Form::Unset ? "withheld" : form_word(route.form);
}

/// Kinds of event with the same answers are one row.
struct Row {
    Route before;
    Route after;
    std::vector<std::string_view> kinds;
};

/// The rows of one pair, and of how many kinds they tell.
struct Rows {
    std::vector<Row> rows;
    std::size_t kinds = 0;
};

/// Whether the two answers are told alike.
bool is_alike(const Route& a, const Route& b) { return a.form == b.form && a.rule == b.rule; }

Rows rows_of(const Answering& question, const core::Case& before, const core::Case& after,
             const core::Disclosed& about, const core::Recipient& recipient) {
    const core::State& state = question.state;
    const PartnerKind kind = state.partner(about.discloser)->kind;
    Rows found;
    for (const EventKindName& named : kEventKinds) {
        if (!core::may_send(kind, named.kind)) {
            continue;
        }
        ++found.kinds;
        core::Disclosed disclosed = about;
        disclosed.kind = named.kind;
        const Route then = core::permit(state, before, disclosed, recipient, state.now);
        const Route now = core::permit(state, after, disclosed, recipient, state.now);
        const auto same = std::ranges::find_if(found.rows, [&](const Row& row) {
            return is_alike(row.before, then) && is_alike(row.after, now);
        });
        Row& row = same == found.rows.end() ? found.rows.emplace_back(Row{then, now, {}}) : *same;
        row.kinds.push_back(named.name);
    }
    return found;
}

std::string line_of(const core::State& state, const core::Recipient& recipient,
                    const Partner& discloser, std::string_view protection, const Row& row,
                    bool every_kind) {
    return text_of({{"recipient", state.text(recipient.name)},
                    {"discloser", state.text(discloser.name)},
                    {"protected", protection},
                    {"kinds", array_of(row.kinds)},
                    {"every_kind", every_kind},
                    {"before", outcome_of(row.before)},
                    {"before_rule", name_of(row.before.rule)},
                    {"after", outcome_of(row.after)},
                    {"after_rule", name_of(row.after.rule)}});
}

/// What may be told of one discloser's events to one recipient.
void compare_pair(const Answering& question, const core::Case& before, const core::Case& after,
                  const Partner& discloser, const core::Recipient& recipient, Answer& answer) {
    const bool all = !question.argument("all").empty();
    for (const Protection& protection : kProtections) {
        const core::Disclosed about{discloser.id, EventKind::Unset, Labels{protection.labels},
                                    question.state.now};
        const Rows found = rows_of(question, before, after, about, recipient);
        for (const Row& row : found.rows) {
            if (all || row.before.form != row.after.form) {
                answer.lines.push_back(line_of(question.state, recipient, discloser,
                                               protection.word, row,
                                               row.kinds.size() == found.kinds));
            }
        }
    }
}

}  // namespace

Answer answer_whatif(const Answering& question) {
    const auto subject = question.told_case();
    if (!subject) {
        return subject.error();
    }
    const auto asked = question.argument("revoke").empty() ? if_signed(question, **subject)
                                                           : if_revoked(question, **subject);
    if (!asked) {
        return asked.error();
    }
    if (asked->disclosers.size() * asked->recipients.size() > kPairsMax) {
        return refuse(RefusalReason::InvalidField, "recipients",
                      "name partners instead of kinds of partner: these are too "
                      "many to compare at once");
    }
    if (question.only_whether) {
        return {};
    }
    Answer answer;
    for (const core::Recipient& recipient : asked->recipients) {
        for (const Partner* discloser : asked->disclosers) {
            if (discloser->name != recipient.name) {
                compare_pair(question, **subject, asked->after, *discloser, recipient, answer);
            }
        }
    }
    return answer;
}

}  // namespace carehub::follower
