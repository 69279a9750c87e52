#include "hub/core/commands.hpp"

#include <algorithm>
#include <tuple>

#include "hub/core/alerts.hpp"
#include "hub/core/assignments.hpp"
#include "hub/core/dead_letters.hpp"
#include "hub/core/erasure.hpp"
#include "hub/core/keyed.hpp"
#include "hub/core/link_acts.hpp"
#include "hub/core/links.hpp"
#include "hub/core/rights.hpp"
#include "hub/core/scope.hpp"
#include "hub/model/kind_word.hpp"

namespace carehub::core {
namespace {

Refusal refuse(RefusalReason reason, std::string field, std::string fix) {
    return {reason, std::move(field), std::move(fix)};
}

class CommandWriter {
public:
    CommandWriter(Draft& draft, const RuleSet& rules, const Input& input,
                  const CommandInput& command)
        : draft_(draft), rules_(rules), input_(input), command_(command), state_(draft.before()) {}

    Refusal write() {
        const Refusal denied = check_right();
        if (denied.reason != RefusalReason::None) {
            return denied;
        }
        return std::visit([this](const auto& body) { return put_body(body); }, command_.command);
    }

private:
    /// Registry rows are for operators and integration teams; acts on alerts for all staff; whose an
    /// identifier is supervisors say too; what is kept of a client they alone say (core/erasure.cpp).
    /// Of which clients they say it is told in core/scope.hpp.
    /// The hub itself (no principal) speaks for the operator who
    /// holds its folder.
    Refusal check_right() const {
        if (input_.principal.value == 0) {
            return {};
        }
        const Partner* actor = state_.partner(input_.principal);
        const bool staff = actor != nullptr && actor->kind == PartnerKind::Staff;
        const bool on_alert = std::holds_alternative<AlertCommand>(command_.command);
        const bool registrar =
            staff && (actor->role == StaffRole::Operator || actor->role == StaffRole::Integration);
        const bool on_link = std::holds_alternative<LinkCommand>(command_.command);
        const bool supervises = staff && actor->role == StaffRole::Supervisor;
        const bool on_retention = std::holds_alternative<RetentionCommand>(command_.command);
        if (registrar || (staff && on_alert) || (supervises && on_link) || on_retention) {
            return {};
        }
        if (staff && on_link) {
            return refuse(RefusalReason::NotAllowed, "principal",
                          "ask a supervisor or the integration team");
        }
        return refuse(RefusalReason::NotAllowed, "principal",
                      "use a link of role operator or integration");
    }

    template <class Record>
    Refusal put_if_changed(const Record* known, Record record, std::vector<Record>& out) {
        if (known == nullptr || !(*known == record)) {
            out.push_back(std::move(record));
        }
        return {};
    }

    /// Of rows without a key: told again, the one that was entered first stands.
    template <class Record>
    Refusal put_once(const std::vector<Record>& all, Record record, std::vector<Record>& out) {
        const bool known = std::ranges::any_of(all, [&record](Record other) {
            other.entered_at = record.entered_at;
            return other == record;
        });
        if (!known) {
            out.push_back(record);
        }
        return {};
    }

    Refusal put_body(const PartnerCommand& told) {
        if (told.name.empty() || told.kind == PartnerKind::Unset) {
            return refuse(RefusalReason::MissingField, "name", "give a name and a kind");
        }
        const Symbol name = draft_.intern(told.name);
        const Partner* known = state_.partner_named(name);
        if (told.removed && known == nullptr) {
            return refuse(RefusalReason::NotFound, "name",
                          "name a partner from `carehub partner list`");
        }
        if (Refusal refusal = refuse_name(told, name);
            !told.removed && known == nullptr && refusal.reason != RefusalReason::None) {
            return refusal;
        }
        Partner partner = known != nullptr ? *known : Partner{};
        if (known == nullptr) {
            partner.id = PartnerId{static_cast<std::uint32_t>(state_.partners.size() + 1)};
            partner.name = name;
        } else if (!told.removed && known->public_key != told.public_key &&
                   (known->kind != told.kind || known->role != told.role)) {
            // With another key alone it is the same partner, whose key is changed.
            return refuse(RefusalReason::AlreadyExists, "name",
                          "remove the partner first, or choose another name");
        }
        if (Refusal refusal = rehearse(partner, known, told);
            refusal.reason != RefusalReason::None) {
            return refusal;
        }
        if (!told.removed) {
            partner.kind = told.kind;
            partner.role = told.role;
            partner.public_key = told.public_key;
            partner.calendar = draft_.intern(told.calendar);
            partner.backfill_until = told.backfill_until;
        }
        partner.removed = told.removed;
        if (known == nullptr || !(*known == partner)) {
            partner.source = draft_.sequence();
            draft_.decisions.partners.push_back(partner);
        }
        return {};
    }

    /// Agreements and consents name partners, kinds of partner and the owner by one word each.
    Refusal refuse_name(const PartnerCommand& told, Symbol name) const {
        const auto is_kind = [&](PartnerKind kind) { return told.name == kind_word(kind); };
        bool is_taken = told.name == kOwnerWord;
        for (std::size_t i = 1; i < enum_count<PartnerKind>(); ++i) {
            const auto kind = static_cast<PartnerKind>(i);
            is_taken = is_taken || (kind != told.kind && is_kind(kind));
        }
        if (is_taken) {
            return refuse(RefusalReason::InvalidField, "name",
                          "this word means others in agreements and consents: choose another name");
        }
        const bool was_others = std::ranges::any_of(state_.partners, [&](const auto& numbered) {
            const Partner& before = numbered.second;
            return before.name == name && before.removed && before.kind != told.kind;
        });
        return was_others ? refuse(RefusalReason::AlreadyExists, "name",
                                   "this was the name of an organisation of another kind, which "
                                   "agreements and consents may still mean: choose another name")
                          : Refusal{};
    }

    /// A feed begins in rehearsal or live, and goes live once.
    Refusal rehearse(Partner& partner, const Partner* known, const PartnerCommand& told) {
        if (told.removed) {
            return {};
        }
        if (told.rehearsal && told.kind == PartnerKind::Staff) {
            return refuse(RefusalReason::InvalidField, "rehearsal",
                          "only a partner's feed can rehearse, not a link of staff");
        }
        if (told.rehearsal && known != nullptr && !known->rehearsal) {
            return refuse(RefusalReason::WrongState, "rehearsal",
                          "this partner is live: rehearse a new feed under a name of its own");
        }
        if (known != nullptr && known->rehearsal && !told.rehearsal) {
            partner.live_since = draft_.now();
        }
        partner.rehearsal = told.rehearsal;
        return {};
    }

    Refusal put_body(const StaffCommand& told) {
        Staff staff;
        staff.name = draft_.intern(told.staff);
        staff.role = told.role;
        staff.team = draft_.intern(told.team);
        staff.supervisor = draft_.intern(told.supervisor);
        staff.calendar = draft_.intern(told.calendar);
        staff.zone = draft_.intern(told.zone);
        staff.caseload_limit = told.caseload_limit;
        staff.quiet_from_min = told.quiet_from_min;
        staff.quiet_until_min = told.quiet_until_min;
        const auto known = state_.staff.find(staff.name);
        const bool other_limit =
            known != state_.staff.end() && known->second.caseload_limit != staff.caseload_limit;
        if (other_limit) {
            draft_.wake_office();  // caseloads are judged by it
        }
        return put_if_changed(known == state_.staff.end() ? nullptr : &known->second, staff,
                              draft_.decisions.staff);
    }

    Refusal put_body(const AbsenceCommand& told) {
        const Absence absence{draft_.intern(told.staff), told.from, told.until,
                              draft_.intern(told.deputy), draft_.now()};
        return put_once(state_.absences, absence, draft_.decisions.absences);
    }

    Refusal put_body(const OnCallCommand& told) {
        const OnCall on_call{draft_.intern(told.team), told.from, told.until,
                             draft_.intern(told.staff), draft_.now()};
        return put_once(state_.on_call, on_call, draft_.decisions.on_call);
    }

    Refusal put_body(const PlaceCommand& told) {
        PlaceInfo place;
        place.partner = draft_.intern(told.partner);
        place.code = draft_.intern(told.code);
        place.site = draft_.intern(told.site);
        place.city = draft_.intern(told.city);
        place.zone = draft_.intern(told.zone);
        place.program = told.program;
        place.labels = told.labels;
        const auto known = state_.places.find({place.partner, place.code});
        return put_if_changed(known == state_.places.end() ? nullptr : &known->second, place,
                              draft_.decisions.places);
    }

    Refusal put_body(const CalendarCommand& told) {
        const CalendarDay day{draft_.intern(told.calendar),
                              told.date,
                              told.weekday,
                              told.open,
                              told.from_min,
                              told.until_min};
        const auto calendar = state_.calendars.find(day.calendar);
        const CalendarDay* known = nullptr;
        if (calendar != state_.calendars.end() && day.weekday != 0) {
            const auto found = calendar->second.weekdays.find(day.weekday);
            known = found == calendar->second.weekdays.end() ? nullptr : &found->second;
        } else if (calendar != state_.calendars.end()) {
            const auto found = calendar->second.dates.find(day.date);
            known = found == calendar->second.dates.end() ? nullptr : &found->second;
        }
        return put_if_changed(known, day, draft_.decisions.calendar_days);
    }

    Refusal put_body(const RosterCommand& told) {
        if (command_.client.is_none()) {
            return refuse(RefusalReason::MissingField, "client", "give the client's id");
        }
        if (is_erased(state_, command_.client)) {
            return refuse_erased("client");
        }
        const ClientId taken_by = client_of(state_, command_.subject);
        if (!taken_by.is_none() && taken_by != state_.effective(command_.client)) {
            return refuse(
                RefusalReason::IdentifierTaken, "id",
                "this identifier belongs to another client: split or correct the roster first");
        }
        if (is_separated(state_, command_.subject, command_.client)) {
            return refuse(RefusalReason::IdentifierSeparated, "id",
                          "a person separated this identifier from this client: only `carehub "
                          "client link` with a reason joins them again");
        }
        const bool added = state_.find_case(command_.client) == nullptr;
        Case& subject = draft_.open(command_.client);
        const Client before = subject.client;
        subject.client.owner = draft_.intern(told.owner);
        subject.client.team = draft_.intern(told.team);
        subject.client.model = told.model;
        subject.client.tier = told.tier;
        subject.client.transport = told.transport;
        subject.client.zone = draft_.intern(told.zone);
        if (added) {
            subject.client.source = draft_.sequence();
            subject.client.known_since = draft_.now();
        } else {
            enrol_again(subject, before);
        }
        add_link(command_.self, {});
        add_link(command_.subject, draft_.intern(told.partner));
        settle(draft_, draft_.open(state_.effective(command_.client)), rules_, {});
        return {};
    }

    /// What the roster says now counts as told now, where it says something else than is so or than
    /// it said.
    void enrol_again(Case& subject, const Client& before) {
        Client now = subject.client;
        subject.client = before;
        const auto columns = [](const auto& one) {
            return std::tuple(one.owner, one.team, one.model, one.tier);
        };
        const Assignment* said = find(subject.assignments, LinkNumber{});
        if (said != nullptr &&
            (columns(*said) != columns(now) || columns(before) != columns(now))) {
            assign(subject, {}, now, draft_.sequence());
            assign_tier(subject, {}, now.tier, draft_.sequence());
        }
        subject.client = now;
    }

    void add_link(SubjectHash subject, Symbol partner) {
        if (subject.is_none() || !client_of(state_, subject).is_none()) {
            return;
        }
        Link link = enrolled(command_, subject, command_.client, input_.principal, draft_);
        link.partner = partner.value != 0 ? partner : link.partner;
        draft_.decisions.links.push_back(link);
        bring_aside(draft_, subject, draft_.open(state_.effective(command_.client)));
    }

    Refusal put_body(const LinkCommand&) {
        return apply_link_command(draft_, rules_, input_, command_);
    }

    Refusal put_body(const RetentionCommand&) {
        return apply_retention_command(draft_, input_, command_);
    }

    /// Told again with another form or last day it takes the place of what it said; one that begins on
    /// another day stands beside it.
    static bool is_same_agreement(const Agreement& known, const Agreement& told) {
        return known.discloser == told.discloser && known.recipient == told.recipient &&
               known.purpose == told.purpose && known.kinds == told.kinds &&
               known.basis == told.basis && known.valid_from == told.valid_from;
    }

    Refusal put_body(const AgreementCommand& told) {
        if (told.discloser.empty() || told.recipient.empty() || told.form == Form::Unset) {
            return refuse(RefusalReason::MissingField, "agreement",
                          "give discloser, recipient and form");
        }
        Agreement agreement;
        agreement.discloser = draft_.intern(told.discloser);
        agreement.recipient = draft_.intern(told.recipient);
        agreement.purpose = told.purpose;
        agreement.kinds = told.kinds;
        agreement.form = told.form;
        agreement.basis = draft_.intern(told.basis);
        agreement.valid_from = told.valid_from;
        agreement.valid_until = told.valid_until;
        agreement.number = static_cast<std::uint32_t>(state_.agreements.size() + 1);
        for (const auto& [number, known] : state_.agreements) {
            if (is_same_agreement(known, agreement)) {
                agreement.number = number;
                agreement.source = known.source;
                if (agreement == known) {
                    return {};
                }
                break;
            }
        }
        agreement.source = draft_.sequence();
        draft_.decisions.agreements.push_back(agreement);
        return {};
    }

    Refusal put_body(const AlertCommand& told) {
        const auto client = state_.alert_clients.find(told.alert);
        if (client == state_.alert_clients.end()) {
            return refuse(RefusalReason::NotFound, "alert",
                          "name an alert from `carehub alerts list`");
        }
        draft_.decisions.client = client->second;
        Case& subject = draft_.open(client->second);
        const Alert* alert = find(subject.alerts, told.alert);
        if (alert != nullptr &&
            !may_touch(state_, input_.principal, subject, *alert, draft_.now())) {
            return refuse_touch("alert");
        }
        Refusal refusal = act_on_alert(draft_, subject, told, input_.principal);
        if (refusal.reason == RefusalReason::None) {
            settle(draft_, subject, rules_, {});
        }
        return refusal;
    }

    Refusal put_body(const RuleCommand& told) {
        const auto rule = std::ranges::find_if(
            rules_, [&](const auto& known) { return known->info().name == told.rule; });
        if (rule == rules_.end()) {
            return refuse(RefusalReason::NotFound, "rule", "name a rule from `carehub rules list`");
        }
        const RuleInfo& info = (*rule)->info();
        static constexpr Setting kEnabled{"enabled", 1, 0, 1, "0 off, 1 on"};
        const auto known = std::ranges::find(info.settings, told.setting, &Setting::name);
        const bool is_switch = told.setting == kEnabled.name;
        if (!is_switch && known == info.settings.end()) {
            return refuse(RefusalReason::NotFound, "setting",
                          "name a setting from `carehub rules show " + told.rule + "`");
        }
        const Setting& setting = is_switch ? kEnabled : *known;
        if (told.value < setting.min || told.value > setting.max) {
            return refuse(RefusalReason::InvalidField, "value",
                          "use a value from " + std::to_string(setting.min) + " to " +
                              std::to_string(setting.max));
        }
        RuleSetting put;
        put.rule = info.id;
        put.setting = is_switch ? kEnabledSetting
                                : static_cast<std::uint8_t>(known - info.settings.begin() + 1);
        put.value = told.value;
        const auto before = state_.rule_settings.find({put.rule, put.setting});
        const std::int64_t in_force =
            before == state_.rule_settings.end() ? setting.value : before->second.value;
        if (in_force != put.value) {
            put.source = draft_.sequence();
            draft_.decisions.rule_settings.push_back(put);
        }
        return {};
    }

    Refusal put_body(const ClockCommand& told) {
        if (told.to < state_.now) {
            return refuse(RefusalReason::TimeStandsElsewhere, "to",
                          "business time never goes back");
        }
        draft_.decisions.now = told.to;
        return {};
    }

    Refusal put_body(const PauseCommand& told) {
        const Partner* known = state_.partner_named(state_.symbol(told.name));
        if (known == nullptr) {
            return refuse(RefusalReason::UnknownPartner, "name", "name a partner of the registry");
        }
        Partner partner = *known;
        partner.paused = told.paused;
        return put_if_changed(known, partner, draft_.decisions.partners);
    }

    Refusal put_body(const DeadLetterCommand& told) {
        return apply_dead_letter_command(draft_, told);
    }

    Refusal put_body(const RestoreCommand& told) {
        if (told.last > state_.last) {
            return refuse(RefusalReason::NotFound, "last", "name the last entry of the backup");
        }
        draft_.decisions.now = draft_.now();
        return {};
    }

    Draft& draft_;
    const RuleSet& rules_;
    const Input& input_;
    const CommandInput& command_;
    const State& state_;
};

}  // namespace

Refusal apply_command(Draft& draft, const RuleSet& rules, const Input& input,
                      const CommandInput& command) {
    Refusal refusal = CommandWriter(draft, rules, input, command).write();
    if (refusal.reason == RefusalReason::None && draft.symbols_full()) {
        return refuse(RefusalReason::TooManyNames, "name", "the hub's bound on names is reached");
    }
    return refusal;
}

}  // namespace carehub::core
