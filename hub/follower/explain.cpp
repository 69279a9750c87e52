#include "hub/follower/explain.hpp"

#include "hub/core/addressee.hpp"
#include "hub/core/rehearsal.hpp"

namespace carehub::follower {
namespace {

constexpr Plain kRefused{false, "Refused",
                         "The hub refused the event: nothing of it is told to anybody."};
constexpr Plain kNotLinked{false, "NotLinked",
                           "The person it is about is not known: it is routed to nobody."};
constexpr Plain kLinkEnded{false, "LinkEnded",
                           "It came under an identifier that is not this client's any more."};
constexpr Plain kRehearsal{false, "Rehearsal",
                           "The feed it came from is in rehearsal: it is told to nobody yet."};
constexpr Plain kOwnEvent{true, "OwnEvent", "The recipient told it: that is no disclosure."};
constexpr Plain kCaseFile{false, "CaseFile",
                          "Staff recorded it: it is the case file, and is routed to no partner."};
constexpr Plain kOwnFile{true, "CaseFile",
                         "Staff recorded it: whoever works on the case reads it there."};
constexpr Plain kRole{true, "Role",
                      "It is not routed to them; they supervise who works on the case and may read "
                      "it, and each read is an entry of the trail."};
constexpr Plain kNotTheirClient{
    false, "NotTheirClient",
    "Nobody but who works on the case now is told: the case manager, the team that shares the "
    "client, a deputy, or whom an open alert went to."};

std::optional<Plain> plain_for_staff(const Asking& asking) {
    const core::State& state = asking.question.state;
    const auto person = state.staff.find(asking.recipient.name);
    const StaffRole role = asking.principal != nullptr   ? asking.principal->role
                           : person != state.staff.end() ? person->second.role
                                                         : StaffRole::Unset;
    if (core::stands_for(state, asking.subject, asking.recipient.name, state.now)) {
        return std::nullopt;
    }
    if (role == StaffRole::CaseManager || role == StaffRole::Unset) {
        return kNotTheirClient;
    }
    const Reader reader{role, std::string(state.text(asking.recipient.name)), {}};
    const Sight sight = sight_of(role, bond_of(state, reader, asking.subject), Why::Unsaid);
    return sight > Sight::Fates ? kRole : kNotTheirClient;
}

}  // namespace

std::string document_id(const EntryReader& entries, const Consent& consent) {
    const std::optional<Submission> event = entries.submission(consent.source);
    const auto* claim = event ? std::get_if<ConsentClaim>(&event->payload) : nullptr;
    return claim == nullptr ? "" : claim->consent;
}

std::string expiry_event(const EntryReader& entries, const Consent& consent) {
    const std::optional<Submission> event = entries.submission(consent.source);
    const auto* claim = event ? std::get_if<ConsentClaim>(&event->payload) : nullptr;
    return claim == nullptr ? "" : claim->expiry_event;
}

Plain refused_event() { return kRefused; }

Plain unlinked_event() { return kNotLinked; }

std::optional<Plain> plain_of(const Asking& asking, const Partner& discloser) {
    if (asking.question.is_anothers(asking.entry)) {
        return kLinkEnded;
    }
    if (asking.principal != nullptr && asking.principal->id == discloser.id) {
        return kOwnEvent;
    }
    const bool to_staff = asking.recipient.kind == PartnerKind::Staff;
    if (to_staff) {
        if (const auto plain = plain_for_staff(asking)) {
            return plain;
        }
    }
    if (discloser.kind == PartnerKind::Staff) {
        return to_staff ? kOwnFile : kCaseFile;
    }
    return core::is_rehearsing(asking.question.state, discloser.id) ? std::optional(kRehearsal)
                                                                    : std::nullopt;
}

}  // namespace carehub::follower
