// The questions `trail_partner` and `trail_staff`: what one partner told and was told, and what a
// member of staff read, searched, exported, changed and was told, all clients together.
#include <set>

#include "hub/follower/paging.hpp"
#include "hub/follower/trail_steps.hpp"

namespace carehub::follower {
namespace {

/// The first page of it, unless another is asked for.
constexpr std::size_t kFirstPage = 1;

bool is_refused_read(const Entry& entry) {
    return entry.input_kind == InputKind::Read && entry.decisions.refused != RefusalReason::None;
}

/// The trail of one principal, entry by entry.
class PrincipalTrail {
public:
    PrincipalTrail(const Answering& question, PartnerId id) : question_(question), id_(id) {}

    void add(const Entry& entry, std::vector<std::string>& lines) const {
        const bool acted = entry.principal == id_;
        if (acted && may_read(entry.decisions.client)) {
            TrailSteps(question_, entry.decisions.client).add_act(entry, lines);
        } else if (acted && (broke_glass(entry) || is_refused_read(entry))) {
            TrailSteps(question_, {}).add_act(entry, lines);  // that it was done, not of whom
        }
        std::set<ClientId> told;  // of each client once
        for (const Delivery& delivery : entry.decisions.deliveries) {
            const bool is_new = delivery.recipient == id_ && told.insert(delivery.client).second;
            if (is_new && may_read(delivery.client)) {
                TrailSteps(question_, delivery.client).add_notices(entry, id_, lines);
            }
        }
    }

private:
    /// What is about nobody, or about somebody the roster does not know, tells of no client.
    [[nodiscard]] bool may_read(const ClientId& client) const {
        const core::Case* subject = question_.state.find_case(client);
        return subject == nullptr || question_.may_read(*subject);
    }

    const Answering& question_;
    PartnerId id_;
};

Answer answer_of(const Answering& question, PartnerId id) {
    const auto span = span_of(question, nullptr);
    if (!span) {
        return span.error();
    }
    const bool only_broken = wants_broken_glass(question);
    const auto page = page_of(question, only_broken ? 0 : kFirstPage);
    if (!page) {
        return page.error();
    }
    if (question.only_whether) {
        return {};
    }
    const PackedEntries& entries = question.follower.principals().of(id);
    const auto at = [&](std::size_t place) { return time_of(question.entries, entries.at(place)); };
    const Places places = places_of(entries.size(), at, *span, *page);
    const PrincipalTrail trail(question, id);
    Answer answer;
    if (places.begin >= places.end) {
        return answer;
    }
    for (const Sequence sequence : entries.stretch(places.begin, places.end)) {
        const auto entry = question.entries.entry(sequence);
        if (entry && (!only_broken || broke_glass(**entry))) {
            trail.add(**entry, answer.lines);
        }
    }
    return answer;
}

/// Each their own; a supervisor of those supervised; the operator answers for the hub.
bool may_review(const Answering& question, const Partner& staff) {
    if (question.asked.reader.id == staff.id) {
        return true;
    }
    return question.asked.reader.role == StaffRole::Operator ||
           (question.by_supervisor() &&
            supervises(question.state, question.asked.reader, staff.name));
}

}  // namespace

Answer answer_trail_partner(const Answering& question) {
    const core::State& state = question.state;
    const Partner* partner = state.partner_named(state.symbol(question.argument("partner")));
    if (partner == nullptr || partner->kind == PartnerKind::Staff) {
        return refuse(RefusalReason::NotFound, "partner",
                      "name a partner of `carehub partner list`; of staff ask `trail staff`");
    }
    if (question.by_case_manager()) {
        return refuse(RefusalReason::NotAllowed, "partner", "ask a supervisor");
    }
    return answer_of(question, partner->id);
}

Answer answer_trail_staff(const Answering& question) {
    const core::State& state = question.state;
    const Partner* staff = state.partner_named(state.symbol(question.argument("staff")));
    if (staff == nullptr || staff->kind != PartnerKind::Staff) {
        return refuse(RefusalReason::NotFound, "staff",
                      "name somebody of staff who has a link (`carehub partner list`)");
    }
    if (!may_review(question, *staff)) {
        return refuse(RefusalReason::NotAllowed, "staff", "ask their own supervisor");
    }
    return answer_of(question, staff->id);
}

}  // namespace carehub::follower
