#include "hub/core/machine.hpp"

#include <algorithm>
#include <set>

#include "hub/base/limits.hpp"
#include "hub/base/mix.hpp"
#include "hub/core/alerts.hpp"
#include "hub/core/break_glass.hpp"
#include "hub/core/capability.hpp"
#include "hub/core/claims.hpp"
#include "hub/core/commands.hpp"
#include "hub/core/deliveries.hpp"
#include "hub/core/erasure.hpp"
#include "hub/core/free_times.hpp"
#include "hub/core/identity_claims.hpp"
#include "hub/core/keyed.hpp"
#include "hub/core/lanes.hpp"
#include "hub/core/limits.hpp"
#include "hub/core/links.hpp"
#include "hub/core/office_notes.hpp"
#include "hub/core/repartition.hpp"
#include "hub/core/routes.hpp"
#include "hub/core/scope.hpp"

namespace carehub::core {
namespace {

Refusal refuse(RefusalReason reason, std::string field, std::string fix) {
    return {reason, std::move(field), std::move(fix)};
}

/// One input being decided. Each kind of input has one method; finish_* close the outcome.
class Deciding {
public:
    Deciding(const State& state, const RuleSet& rules, const Input& input, Outcome& outcome)
        : state_(state),
          rules_(rules),
          input_(input),
          outcome_(outcome),
          draft_(state, input, outcome.entry.decisions) {
        outcome_.receipt.ticket = input.ticket;
    }

    void decide() {
        std::visit([this](const auto& body) { consider(body); }, input_.body);
    }

private:
    // --- Submissions ---

    void consider(const SubmissionInput& submission) {
        if (answer_repeat(submission)) {
            return;
        }
        Refusal refusal = check(submission);
        if (refusal.reason == RefusalReason::None) {
            refusal = accept(submission);
        }
        if (refusal.reason != RefusalReason::None) {
            finish_refused(refusal);
            return;
        }
        draft_.decisions.inbox.push_back({submission.source, submission.body, draft_.sequence()});
        finish_accepted();
    }

    /// The same id with the same body has one effect and two receipts.
    bool answer_repeat(const SubmissionInput& submission) {
        const auto mark = mark_of(submission);
        if (!mark || !Inbox::same_body(*mark, submission.body)) {
            return false;
        }
        outcome_.receipt.status = ReceiptStatus::Duplicate;
        outcome_.receipt.sequence = mark->sequence;
        return true;
    }

    /// Of the event that was known first under this id; nothing when none was.
    std::optional<Inbox::Mark> mark_of(const SubmissionInput& submission) const {
        if (const Inbox::Mark* mark = state_.inbox.find(submission.source)) {
            return *mark;
        }
        return submission.earlier ? std::optional(Inbox::of_model(*submission.earlier))
                                  : std::nullopt;
    }

    Refusal check(const SubmissionInput& submission) const {
        const Partner* partner = state_.partner(input_.principal);
        if (partner == nullptr || partner->removed) {
            return refuse(RefusalReason::UnknownPartner, "principal",
                          "ask the hub's operator to add this partner");
        }
        if (partner->paused) {
            return refuse(RefusalReason::Paused, "principal",
                          "send again when the operator resumes this partner");
        }
        if (!may_send(partner->kind, submission.claim.kind)) {
            return refuse(RefusalReason::KindNotInCapability, "kind",
                          "send only the kinds in this partner kind's capability.json");
        }
        if (const auto mark = mark_of(submission)) {
            return refuse(RefusalReason::IdReused, "id",
                          "this id was first used by h-" + std::to_string(mark->sequence.value) +
                              ": give a changed event a new id");
        }
        if (Refusal refusal = check_poison(); refusal.reason != RefusalReason::None) {
            return refusal;
        }
        if (is_parked(submission)) {
            return refuse(RefusalReason::LaneParked, "",
                          "an event of this client stopped the hub: send again in some minutes");
        }
        return check_claim(submission);
    }

    Refusal check_poison() const {
        return state_.poison.contains(input_.fingerprint)
                   ? refuse(RefusalReason::Poison, "",
                            "this input stopped the hub once: tell the integration team")
                   : Refusal{};
    }

    /// The client of a poison event waits, so that no later event of it overtakes the earlier one.
    bool is_parked(const SubmissionInput& submission) const {
        return std::ranges::any_of(state_.poison, [&](const auto& numbered) {
            const SubjectHash lane = numbered.second.lane;
            const ClientId parked = client_of(state_, lane);
            return !lane.is_none() &&
                   (std::ranges::find(submission.subjects, lane) != submission.subjects.end() ||
                    (!parked.is_none() && parked == client_of(state_, submission.subjects)));
        });
    }

    Refusal accept(const SubmissionInput& submission) {
        const ClientId client = client_of(state_, submission.subjects);
        draft_.decisions.client = client;
        note_feed(draft_, input_.principal, submission.claim.feed);
        if (submission.claim.kind == EventKind::FeedAnomaly) {
            return note_anomaly(draft_, input_.principal, submission);
        }
        note_free_time(draft_, input_.principal, submission);
        note_conflict(draft_, input_.principal, named_by(submission));
        if (client.is_none()) {
            if (Refusal refusal = set_aside(submission); refusal.reason != RefusalReason::None) {
                return refusal;
            }
            withhold_from_all(draft_, Withheld::NotLinked);
            return {};
        }
        Case& subject = draft_.open(client);
        if (!may_touch(state_, input_.principal, subject, draft_.now())) {
            return refuse_touch("identifiers");
        }
        const LinkNumber told_under =
            number_of(state_, subject_of(state_, submission.subjects, client));
        Refusal refusal = apply_claim(draft_, subject, input_, told_under);
        if (refusal.reason != RefusalReason::None) {
            return refusal;
        }
        route(draft_, subject, input_, told_under);
        const Partner* partner = state_.partner(input_.principal);
        settle(draft_, subject, rules_,
               {partner->backfill_until > draft_.now(),
                submission.claim.correction ? submission.business_key : Hash128{}});
        if (narrows(submission.claim.kind)) {
            narrow(client);
            watch_caseload(draft_, client);
        } else if (is_replaced_consent(submission, client) || protects_more(subject)) {
            narrow(client);
        }
        return {};
    }

    /// Clients that its identifiers belong to, and those that a partner says are one.
    std::set<ClientId> named_by(const SubmissionInput& submission) {
        std::set<ClientId> named = apply_identity(draft_, rules_, input_);
        for (const SubjectHash& subject : submission.subjects) {
            if (const ClientId client = client_of(state_, subject); !client.is_none()) {
                named.insert(client);
            }
        }
        return named;
    }

    /// What comes under an identifier that a person took from a client is kept for whoever has it
    /// next; nothing is told, no rule looks at it.
    Refusal set_aside(const SubmissionInput& submission) {
        if (state_.aside.empty()) {
            return {};
        }
        for (const SubjectHash& subject : submission.subjects) {
            const bool nobodys = client_of(state_, subject).is_none();
            if (nobodys && state_.aside.contains(aside_of(subject))) {
                return apply_claim(draft_, draft_.open(aside_of(subject)), input_,
                                   number_of(state_, subject));
            }
        }
        return {};
    }

    /// After these, less may be told about the client, or to someone else.
    static bool narrows(EventKind kind) {
        return kind == EventKind::ConsentRevoked || kind == EventKind::CaseAssigned ||
               kind == EventKind::CaseReassigned;
    }

    /// A form that was signed anew under its id may name less.
    bool is_replaced_consent(const SubmissionInput& submission, ClientId client) const {
        const Case* before = state_.find_case(client);
        return submission.claim.kind == EventKind::ConsentGranted && before != nullptr &&
               find(before->consents, submission.consent) != nullptr;
    }

    /// What was known has more labels now than anybody was told under.
    bool protects_more(const Case& after) const {
        const Case* before = state_.find_case(after.client.id);
        const auto any = [&](const auto& records, const auto& known) {
            return std::ranges::any_of(records, [&](const auto& record) {
                if (record.last != draft_.sequence() || record.first == record.last) {
                    return false;
                }
                const auto* old = known.find(key_of(record));
                return old != nullptr && old->labels != record.labels;
            });
        };
        return before != nullptr &&
               (any(after.obligations, before->obligations) || any(after.stays, before->stays) ||
                any(after.matters, before->matters));
    }

    /// A place that protects more: whoever waits for what this partner told is asked about again.
    void narrow_places() {
        for (const PlaceInfo& place : draft_.decisions.places) {
            const auto known = state_.places.find({place.partner, place.code});
            const bool same = known != state_.places.end() &&
                              known->second.labels == place.labels &&
                              known->second.program == place.program;
            const Partner* teller = state_.partner_named(place.partner);
            if (!same && teller != nullptr) {
                ask_again_of(teller->id);
            }
        }
    }

    /// None: of whoever told it.
    void ask_again_of(PartnerId discloser) {
        std::set<ClientId> waiting;
        for (const auto& [recipient, outbox] : state_.outboxes) {
            for (const Delivery& delivery : outbox.pending) {
                if (discloser.value == 0 || delivery.discloser == discloser) {
                    waiting.insert(delivery.client);
                }
            }
        }
        outcome_.narrowed.insert(outcome_.narrowed.end(), waiting.begin(), waiting.end());
    }

    /// Domain/08: a revocation stops at once; what waits undelivered is asked about again.
    void narrow(ClientId client) {
        withdraw_forbidden(draft_, client);
        outcome_.narrowed.push_back(client);
    }

    // --- Commands, time, deliveries ---

    void consider(const CommandInput& command) {
        draft_.decisions.client = command.client;  // an act on an alert finds its client itself
        Refusal refusal = check_poison();
        if (refusal.reason == RefusalReason::None) {
            refusal = apply_command(draft_, rules_, input_, command);
        }
        if (refusal.reason != RefusalReason::None) {
            finish_refused(refusal);
            return;
        }
        if (owner_changes(command.client)) {
            narrow(command.client);
        } else if (std::holds_alternative<AlertCommand>(command.command)) {
            narrow(draft_.decisions.client);  // what is seen is told to nobody any more
        } else if (const auto* told = std::get_if<LinkCommand>(&command.command)) {
            // What was told under an ended link is told no further; into a merger comes one client,
            // of whom somebody else has the care now.
            if (told->act == LinkAct::Merge) {
                narrow(command.other);
            } else {
                narrow(command.client);
            }
            watch_caseload(draft_, command.client);
        }
        narrow_places();
        if (!draft_.decisions.agreements.empty()) {
            ask_again_of({});  // it may be told in a lesser form, or not at all
        }
        for (const Erasure& erasure : draft_.decisions.erasures) {
            outcome_.narrowed.push_back(erasure.client);  // what State had at hand is withdrawn
        }
        if (std::holds_alternative<RosterCommand>(command.command)) {
            watch_caseload(draft_, command.client);
        }
        // These two are told for the record even where no record changes.
        const bool is_told = std::holds_alternative<ClockCommand>(command.command) ||
                             std::holds_alternative<RestoreCommand>(command.command);
        finish_if_decided(is_told);
        outcome_.receipt.status =
            outcome_.journalled ? ReceiptStatus::Accepted : ReceiptStatus::Duplicate;
        outcome_.receipt.sequence = outcome_.journalled ? outcome_.entry.sequence : state_.last;
    }

    bool owner_changes(ClientId client) const {
        const Case* before = state_.find_case(client);
        return before != nullptr && before->client.owner != draft_.subject(client)->client.owner;
    }

    void consider(const TickInput&) {
        std::size_t woken = 0;
        for (const auto& [due, client] : state_.wakes) {
            if (due > draft_.now() || woken == kWakesPerTickMax) {
                break;
            }
            settle(draft_, draft_.open(client), rules_, {});
            ++woken;
        }
        for (const auto& [fingerprint, mark] : state_.poison) {
            if (mark.parked_until <= draft_.now()) {
                // The lane is free again; the input itself stays refused.
                draft_.decisions.poison.push_back({fingerprint, kNever, {}, mark.entry});
            }
        }
        deliver_due(draft_);
        finish_if_decided(false);
    }

    void consider(const AcknowledgeInput& told) {
        acknowledge(draft_, input_.principal, told);
        finish_if_decided(false);
    }

    void consider(const ResumeInput& ask) {
        outcome_.resumed = resume(draft_, input_.principal, ask);
        finish_if_decided(false);
    }

    void consider(const VerdictInput& verdict) {
        if (take_verdict(draft_, input_.principal, verdict)) {
            finish(ReceiptStatus::Accepted);
        }
    }

    void consider(const ZoneInput& told) {
        const Symbol name = draft_.intern(told.zone.name);
        if (name.value != 0 && !state_.zones.contains(name)) {
            draft_.decisions.zones.push_back({name, told.zone.transitions});
        }
        finish_if_decided(false);
    }

    void consider(const PoisonInput& poison) {
        draft_.decisions.poison.push_back(
            {poison.fingerprint, draft_.now() + kPoisonLaneParked, poison.lane, {}});
        finish_if_decided(false);
    }

    void consider(const RefusedInput& refused) { finish_refused(refused.refusal); }

    void consider(const ReadInput& read) {
        draft_.decisions.client = read.client;
        if (read.refused.reason != RefusalReason::None) {
            finish_refused(read.refused);
            return;
        }
        const ClientId client = state_.effective(read.client);
        const Case* subject = state_.find_case(client);
        const bool is_own =
            subject == nullptr || may_decide(state_, input_.principal, *subject, draft_.now());
        if (!is_own && !read.break_glass) {
            finish_refused(
                refuse(RefusalReason::NotAllowed, "client", "ask the client's own case manager"));
            return;
        }
        if (!is_own) {
            note_broken_glass(draft_, draft_.open(client), rules_, input_.principal);
        }
        finish(ReceiptStatus::Accepted);
    }

    // --- Closing the outcome ---

    void finish_accepted() {
        finish(ReceiptStatus::Accepted);
        outcome_.receipt.routed_to = routed_to();
    }

    /// What staff record, and what is about nobody, goes to nobody by its nature: Unset.
    RoutedTo routed_to() const {
        const auto& submission = std::get<SubmissionInput>(input_.body);
        const Partner* partner = state_.partner(input_.principal);
        if (partner->kind == PartnerKind::Staff || submission.subjects.empty()) {
            return RoutedTo::Unset;
        }
        const auto& routes = outcome_.entry.decisions.routes;
        if (std::ranges::any_of(routes, [](const Route& r) { return r.form != Form::Unset; })) {
            return RoutedTo::Recipients;
        }
        const auto concerns = [](const Route& r) { return r.withheld != Withheld::NotLinked; };
        return std::ranges::any_of(routes, concerns) ? RoutedTo::Withheld : RoutedTo::Nobody;
    }

    void finish_refused(const Refusal& refusal) {
        // Nothing of the attempt remains: a fresh draft carries the refusal alone.
        const ClientId client = draft_.decisions.client;
        draft_.decisions = {};
        Draft clean(state_, input_, outcome_.entry.decisions);
        clean.decisions.refused = refusal.reason;
        clean.decisions.client = client;
        if (refusal.reason == RefusalReason::Poison) {
            name_poison(clean);
        }
        clean.finish();
        close(ReceiptStatus::Refused);
        outcome_.receipt.refusal = refusal;
    }

    /// The first refusal holds the input: people find it there.
    void name_poison(Draft& refused) const {
        PoisonMark mark = state_.poison.at(input_.fingerprint);
        if (mark.entry.value == 0) {
            mark.entry = refused.sequence();
            refused.decisions.poison.push_back(mark);
        }
    }

    void finish_if_decided(bool is_told) {
        draft_.finish();
        Decisions nothing;
        nothing.now = draft_.decisions.now;
        nothing.client = draft_.decisions.client;
        if (is_told || !(draft_.decisions == nothing)) {
            close(ReceiptStatus::Accepted);
        } else {
            draft_.decisions = {};
        }
    }

    void finish(ReceiptStatus status) {
        draft_.finish();
        close(status);
    }

    /// The first identifier that is linked to the client, so that erasing the client's keys reaches
    /// the event; of no client's event the first one it arrived with.
    SubjectHash sealing_subject(const SubmissionInput& submission, ClientId client) const {
        const SubjectHash own = submission.subjects.size() > 1
                                    ? subject_of(state_, submission.subjects, client)
                                    : SubjectHash{};
        if (!own.is_none()) {
            return own;
        }
        return submission.subjects.empty() ? SubjectHash{} : submission.subjects.front();
    }

    /// Who erased whom, and why, outlives the client's keys. What staff then say of the client is not
    /// kept: nothing is written anew about an erased person.
    void seal_for_erased(Entry& entry) const {
        if (!entry.decisions.erasures.empty()) {
            entry.subject = {};
        } else if (is_erased(state_, entry.decisions.client)) {
            entry.subject = {};
            entry.input.clear();
        }
    }

    void close(ReceiptStatus status) {
        Entry& entry = outcome_.entry;
        entry.sequence = draft_.sequence();
        entry.at = draft_.now();
        entry.input_kind = input_.kind();
        entry.principal = input_.principal;
        if (const auto* submission = std::get_if<SubmissionInput>(&input_.body)) {
            entry.event_kind = submission->claim.kind;
            entry.subject = sealing_subject(*submission, entry.decisions.client);
        }
        if (std::holds_alternative<CommandInput>(input_.body) ||
            std::holds_alternative<VerdictInput>(input_.body)) {
            // A client's own key, so that its erasure takes notes, roster rows and words along.
            entry.subject = SubjectHash{entry.decisions.client.value};
        }
        const bool reads_known = std::holds_alternative<ReadInput>(input_.body) &&
                                 state_.find_case(entry.decisions.client) != nullptr;
        if (reads_known) {
            entry.subject = SubjectHash{entry.decisions.client.value};
        }
        entry.input = input_.wire;
        seal_for_erased(entry);
        outcome_.journalled = true;
        outcome_.receipt.status = status;
        outcome_.receipt.sequence = entry.sequence;
    }

    const State& state_;
    const RuleSet& rules_;
    const Input& input_;
    Outcome& outcome_;
    Draft draft_;  ///< puts its decisions into the outcome's entry
};

}  // namespace

Outcome decide(const State& state, const RuleSet& rules, const Input& input) {
    Outcome outcome;
    Deciding(state, rules, input, outcome).decide();
    return outcome;
}

void Machine::expect(std::span<const Input> inputs, std::size_t next) const {
    if (next % kReadAhead == 0) {
        read_ahead(state_, inputs.subspan(next, std::min(kReadAhead, inputs.size() - next)));
    }
}

Outcome Machine::step(const Input& input) {
    Outcome outcome = decide(state_, rules_, input);
    if (outcome.journalled) {
        evolve(state_, outcome.entry.sequence, outcome.entry.decisions);
    }
    return outcome;
}

UtcTime Machine::next_wake() const {
    UtcTime wake = state_.wakes.empty() ? kNever : state_.wakes.begin()->first;
    for (const auto& [fingerprint, mark] : state_.poison) {
        wake = std::min(wake, mark.parked_until);
    }
    return std::min(wake, next_delivery_wake(state_));
}

}  // namespace carehub::core
