#include "hub/core/repartition.hpp"

#include <algorithm>
#include <set>

#include "hub/base/limits.hpp"
#include "hub/base/mix.hpp"
#include "hub/core/assignments.hpp"
#include "hub/core/keyed.hpp"
#include "hub/core/series.hpp"

namespace carehub::core {
namespace {

constexpr std::uint64_t kAsideTag = 0x6173696465U;  // no other id is mixed with it

/// When it was last told of.
template <class Record>
Sequence told_at(const Record& record) {
    if constexpr (requires { record.last; }) {
        return record.last;
    } else {
        return record.source;
    }
}

const Link& link_after(const Draft& draft, LinkNumber number) {
    const Link& before = draft.before().links.item(number.value - 1).record;
    const auto& changed = draft.decisions.links;
    const auto found = std::ranges::find(changed, before.subject, &Link::subject);
    return found == changed.end() ? before : *found;
}

/// Records of one kind, as they will stand in each case.
template <class Record>
struct Sides {
    std::vector<Record> one;
    std::vector<Record> other;
};

class Repartition {
public:
    Repartition(Draft& draft, Case& one, Case& other, Parting parting)
        : draft_(draft), one_(one), other_(other), parting_(parting) {}

    void run() {
        for (Case* from : {&one_, &other_}) {
            ask_to_inform_again(*from);
            take_back_arrivals(*from);
            drop_duties(*from);
        }
        part(&Case::obligations);
        part(&Case::stays);
        part(&Case::contacts);
        part(&Case::matters);
        part(&Case::consents);
        own_consents(one_);
        own_consents(other_);
        part_assignments();
        move_death(one_, other_);
        move_death(other_, one_);
        move_informed(one_, other_);
        move_informed(other_, one_);
        if (parting_.alerts) {
            move_alerts(one_, other_);
            move_alerts(other_, one_);
        }
        tell_departures(one_, left_one_);
        tell_departures(other_, left_other_);
    }

private:
    /// Records of that link leave that case.
    bool leaves(const Case& from, LinkNumber link) const {
        const Case& to = &from == &one_ ? other_ : one_;
        return link.value != 0 && home_after(draft_, link) == to.client.id;
    }

    /// Merged or aside: nobody reads it, so what may come back can rest there.
    bool rests(const Case& subject) const {
        return subject.client.aside ||
               effective_after(draft_, subject.client.id) != subject.client.id;
    }

    // --- What the leaving records did to those that stay ---

    /// That the client was told what is ahead may have been about a date that leaves.
    void ask_to_inform_again(Case& from) {
        if (from.client.informed > parting_.since &&
            std::ranges::any_of(from.obligations, [&](const Obligation& one) {
                return leaves(from, one.told_under) &&
                       one.obligation_class == ObligationClass::CourtAppearance;
            })) {
            forget_informed(from.client);
        }
    }

    static void forget_informed(Client& client) {
        client.informed_at = kUnknownTime;
        client.informed_under = {};
        client.informed = {};
    }

    /// Somebody else came: the appointments that stay here were not come to.
    void take_back_arrivals(Case& from) {
        const auto is_arrival = [&](const Stay& stay, bool going) {
            return stay.encounter_class == EncounterClass::Outpatient &&
                   leaves(from, stay.told_under) == going;
        };
        std::vector<Stay> gone;
        Records<Stay> own;
        for (const Stay& stay : from.stays) {
            if (is_arrival(stay, true) && stay.last > parting_.since) {
                gone.push_back(stay);
            } else if (is_arrival(stay, false)) {
                own.put(stay);
            }
        }
        if (gone.empty()) {
            return;
        }
        Records<Obligation> staying;
        Records<Obligation> going;
        for (const Obligation& one : from.obligations) {
            (leaves(from, one.told_under) ? going : staying).put(one);
        }
        for (const Stay& stay : gone) {
            take_back_arrival(staying, own, stay);  // where the client came as well, it stands
        }
        for (const Obligation& one : going) {
            staying.put(one);
        }
        from.obligations = std::move(staying);
    }

    /// Those of stays that leave: the other case derives its own.
    void drop_duties(Case& from) {
        if (std::ranges::any_of(from.stays,
                                [&](const Stay& one) { return leaves(from, one.told_under); })) {
            from.duties.erase_if([&](const Duty& duty) {
                const Stay* stay = find(from.stays, duty.stay);
                return stay != nullptr && leaves(from, stay->told_under);
            });
        }
    }

    // --- Records ---

    template <class Record>
    void part(Records<Record> Case::*kind) {
        const auto& first = one_.*kind;
        const auto& second = other_.*kind;
        const auto none_leaves = [&](const Case& from) {
            return std::ranges::none_of(
                from.*kind, [&](const Record& record) { return leaves(from, record.told_under); });
        };
        if (none_leaves(one_) && none_leaves(other_)) {
            return;
        }
        Sides<Record> sides;
        for (const Record& record : first) {
            note_leaving(one_, record.told_under);
            place(sides, record, !leaves(one_, record.told_under));
        }
        for (const Record& record : second) {
            note_leaving(other_, record.told_under);
            place(sides, record, leaves(other_, record.told_under));
        }
        one_.*kind = std::move(sides.one);
        other_.*kind = std::move(sides.other);
    }

    template <class Record>
    void place(Sides<Record>& sides, Record record, bool in_one) const {
        std::vector<Record>& at = in_one ? sides.one : sides.other;
        const auto known = first_not_below(at.begin(), at.end(), key_of(record));
        if (known == at.end() || !(key_of(*known) == key_of(record))) {
            at.insert(known, std::move(record));
            return;
        }
        if (told_at(*known) < told_at(record)) {
            std::swap(*known, record);
        }
        // The earlier telling: of use again when the two part.
        std::vector<Record>& elsewhere = in_one ? sides.other : sides.one;
        if (rests(in_one ? other_ : one_) && find(elsewhere, key_of(record)) == nullptr) {
            put(elsewhere, std::move(record));
        }
    }

    void note_leaving(const Case& from, LinkNumber link) {
        if (leaves(from, link)) {
            (&from == &one_ ? left_one_ : left_other_).insert(link);
        }
    }

    static void own_consents(Case& subject) {
        if (std::ranges::any_of(subject.consents, [&](const Consent& consent) {
                return consent.client != subject.client.id;
            })) {
            for (Consent& consent : subject.consents.edit()) {
                consent.client = subject.client.id;
            }
        }
    }

    void part_assignments() {
        move_assignments(one_, other_);
        move_assignments(other_, one_);
    }

    void move_assignments(Case& from, Case& to) {
        const auto going = [&](const Assignment& told) { return leaves(from, told.told_under); };
        if (!parting_.columns || std::ranges::none_of(from.assignments, going)) {
            static_cast<void>(from.assignments.edit());  // departures must not take them away
            return;
        }
        for (const Assignment& told : from.assignments) {
            if (!going(told)) {
                continue;
            }
            note_leaving(from, told.told_under);
            take_over(to, told);
        }
        from.assignments.erase_if(going);
        reassign(from);
        reassign(to);
    }

    // --- What stands with the client itself ---

    void move_death(Case& from, Case& to) const {
        Client& client = from.client;
        if (!leaves(from, client.death_under)) {
            return;
        }
        if (to.client.deceased_at == kUnknownTime) {
            to.client.deceased_at = client.deceased_at;
            to.client.death = client.death;
            to.client.death_under = client.death_under;
        } else if (rests(from)) {
            return;  // both were told of: each has its own again when they part
        }
        client.deceased_at = kUnknownTime;
        client.death = {};
        client.death_under = {};
    }

    void move_informed(Case& from, Case& to) const {
        if (!leaves(from, from.client.informed_under) || !parting_.columns) {
            return;
        }
        if (from.client.informed_at > to.client.informed_at) {
            to.client.informed_at = from.client.informed_at;
            to.client.informed_under = from.client.informed_under;
            to.client.informed = from.client.informed;
        }
        forget_informed(from.client);
    }

    // --- Alerts ---

    static void move_alerts(Case& from, Case& to) {
        std::vector<AlertId> gone;
        for (const Alert& alert : from.alerts) {
            if (is_about(alert, from, to)) {
                gone.push_back(alert.id);
            }
        }
        for (const AlertId id : gone) {
            Alert alert = *find(from.alerts, id);
            from.alerts.erase_if([id](const Alert& one) { return one.id == id; });
            if (alert.state == AlertState::Raised) {
                alert.owner = {};  // what waits of it is withdrawn there: whoever has it is told
            }
            to.alerts.put(std::move(alert));
        }
    }

    /// All it is about is that client's now.
    static bool is_about(const Alert& alert, const Case& from, const Case& to) {
        const Finding& about = alert.finding;
        const auto went = [&](const auto& ids, auto kind) {
            return std::ranges::all_of(ids, [&](const auto& id) {
                return find(to.*kind, id) != nullptr && find(from.*kind, id) == nullptr;
            });
        };
        const bool of_something =
            !about.obligations.empty() || !about.stays.empty() || !about.matters.empty();
        return of_something && went(about.obligations, &Case::obligations) &&
               went(about.stays, &Case::stays) && went(about.matters, &Case::matters);
    }

    void tell_departures(const Case& from, const std::set<LinkNumber>& links) {
        for (const LinkNumber link : links) {
            draft_.decisions.departures.push_back({from.client.id, link});
        }
    }

    Draft& draft_;
    Case& one_;
    Case& other_;
    Parting parting_;
    std::set<LinkNumber> left_one_;
    std::set<LinkNumber> left_other_;
};

}  // namespace

ClientId aside_of(SubjectHash subject) {
    return ClientId{Mix128().add(kAsideTag).add(subject.value).value()};
}

ClientId effective_after(const Draft& draft, ClientId client) {
    const auto& merges = draft.decisions.merges;
    for (;;) {
        const auto decided = std::ranges::find(merges, client, &Merge::client);
        if (decided != merges.end()) {
            if (decided->ended) {
                return client;
            }
            client = decided->into;
            continue;
        }
        const auto known = draft.before().merges.find(client);
        if (known == draft.before().merges.end()) {
            return client;
        }
        client = known->second.into;
    }
}

ClientId home_after(const Draft& draft, LinkNumber told_under) {
    const Link& link = link_after(draft, told_under);
    return link.holds() ? effective_after(draft, link.client) : aside_of(link.subject);
}

void repartition(Draft& draft, Case& one, Case& other, Parting parting) {
    Repartition(draft, one, other, parting).run();
}

bool fits_together(const Case& one, const Case& other) {
    return one.obligations.size() + other.obligations.size() <= kObligationsPerClientMax &&
           one.stays.size() + other.stays.size() <= kStaysPerClientMax;
}

MatterId breach_id(Sequence ended_by, const SubjectHash& subject) {
    Mix128 mix;
    mix.add(static_cast<std::uint64_t>(MatterKind::LinkBreach)).add(ended_by.value);
    return subject.is_none() ? MatterId{mix.value()} : MatterId{mix.add(subject.value).value()};
}

}  // namespace carehub::core
