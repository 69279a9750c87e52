#include "hub/core/assignments.hpp"

#include "hub/core/keyed.hpp"

namespace carehub::core {
namespace {

/// What the roster told is kept from the first event on that tells otherwise.
void keep_roster(Case& subject) {
    const Client& client = subject.client;
    if (subject.assignments.empty()) {
        subject.assignments.put(Assignment{{},
                                           client.owner,
                                           client.team,
                                           client.model,
                                           client.source,
                                           client.tier,
                                           client.source});
    }
}

Assignment told_before(const Case& subject, LinkNumber told_under) {
    const Assignment* known = find(subject.assignments, told_under);
    return known != nullptr ? *known : Assignment{told_under, {}, {}, {}, {}, {}, {}};
}

/// Of a link both told of: each column as the later one said.
Assignment later_of_each(const Assignment& one, const Assignment& other) {
    Assignment both = one;
    if (other.assigned > one.assigned) {
        both.owner = other.owner;
        both.team = other.team;
        both.model = other.model;
        both.assigned = other.assigned;
    }
    if (other.tiered > one.tiered) {
        both.tier = other.tier;
        both.tiered = other.tiered;
    }
    return both;
}

}  // namespace

void assign(Case& subject, LinkNumber told_under, const Client& told, Sequence at) {
    if (told_under.value == 0 && subject.assignments.empty()) {
        return;
    }
    keep_roster(subject);
    Assignment assignment = told_before(subject, told_under);
    assignment.owner = told.owner;
    assignment.team = told.team;
    assignment.model = told.model;
    assignment.assigned = at;
    subject.assignments.put(assignment);
}

void assign_tier(Case& subject, LinkNumber told_under, RiskTier tier, Sequence at) {
    if (told_under.value == 0 && subject.assignments.empty()) {
        return;
    }
    keep_roster(subject);
    Assignment assignment = told_before(subject, told_under);
    assignment.tier = tier;
    assignment.tiered = at;
    subject.assignments.put(assignment);
}

void take_over(Case& subject, const Assignment& told) {
    keep_roster(subject);
    const Assignment* known = find(subject.assignments, told.told_under);
    subject.assignments.put(known == nullptr ? told : later_of_each(*known, told));
}

void reassign(Case& subject) {
    if (subject.assignments.empty()) {
        return;
    }
    Assignment latest;
    for (const Assignment& told : subject.assignments) {
        latest = later_of_each(latest, told);
    }
    subject.client.owner = latest.owner;
    subject.client.team = latest.team;
    subject.client.model = latest.model;
    subject.client.tier = latest.tier;
}

}  // namespace carehub::core
