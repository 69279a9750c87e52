#include "hub/follower/trail_steps.hpp"

#include <algorithm>

#include "hub/codec/control.hpp"
#include "hub/core/keyed.hpp"
#include "hub/model/kind_word.hpp"

namespace carehub::follower {
namespace {

std::string_view delivery_word(DeliveryState state) {
    switch (state) {
        case DeliveryState::Queued: return "queued";
        case DeliveryState::Withdrawn: return "withdrawn";
        case DeliveryState::Refused: return "refused";
        case DeliveryState::DeadLettered: return "dead-lettered";
        case DeliveryState::Shown: return "shown";
        case DeliveryState::Unset: break;
    }
    return "";
}

/// Order of CommandBody.
constexpr std::string_view kCommandWords[] = {
    "partner", "staff", "absence", "on call",     "place",   "calendar", "roster", "agreement",
    "alert",   "clock", "pause",   "dead letter", "restore", "rule",     "link",   "retention"};
static_assert(std::size(kCommandWords) == std::variant_size_v<CommandBody>);

std::string_view act_word(AlertAct act) {
    switch (act) {
        case AlertAct::Acknowledge: return "acknowledge ";
        case AlertAct::Shelve: return "shelve ";
        case AlertAct::Close: return "close ";
        case AlertAct::Claim: return "claim ";
        case AlertAct::Release: return "release ";
        case AlertAct::Accept: return "accept a suggestion of ";
        case AlertAct::Unset: break;
    }
    return "";
}

std::string_view act_word(RetentionAct act) {
    switch (act) {
        case RetentionAct::Hold: return "legal hold";
        case RetentionAct::Release: return "release from legal hold";
        case RetentionAct::Erase: return "erase";
        case RetentionAct::Purge: return "purge";
        case RetentionAct::Unset: break;
    }
    return "";
}

std::optional<codec::Question> question_of(const Entry& entry) {
    if (entry.input_kind != InputKind::Read || entry.input.empty()) {
        return std::nullopt;  // of an erased client, or of a hub that kept none yet
    }
    auto asked = codec::decode_question(entry.input);
    return asked ? std::optional(std::move(*asked)) : std::nullopt;
}

std::string kind_of(const Entry& entry) {
    if (broke_glass(entry)) {
        return "BreakGlass";
    }
    return std::string(entry.input_kind == InputKind::Submission ? name_of(entry.event_kind)
                                                                 : name_of(entry.input_kind));
}

}  // namespace

bool broke_glass(const Entry& entry) {
    return entry.input_kind == InputKind::Read &&
           std::ranges::any_of(entry.decisions.matters, [](const auto& owned) {
               return owned.record.kind == MatterKind::BreakGlass;
           });
}

std::string reason_of_read(const Entry& entry) {
    const auto asked = question_of(entry);
    if (!asked) {
        return "";
    }
    const auto told = std::ranges::find(asked->arguments, kReason, &codec::Argument::name);
    return told == asked->arguments.end() ? "" : told->value;
}

void TrailSteps::add(const Entry& entry, std::vector<std::string>& lines) const {
    add_act(entry, lines);
    add_routes(entry, lines);
    add_alerts(entry, lines);
    for (const Delivery& delivery : entry.decisions.deliveries) {
        if (delivery.client == about_) {
            add_notice(entry, delivery, lines);
        }
    }
    for (const DeadLetter& letter : entry.decisions.dead_letters) {
        if (letter.delivery.client == about_) {
            lines.push_back(text_of(step(entry, "DeadLetter",
                                         question_.state.partner(letter.delivery.recipient),
                                         name_of(letter.state), name_of(letter.stage))));
        }
    }
}

void TrailSteps::add_act(const Entry& entry, std::vector<std::string>& lines) const {
    const bool refused = entry.decisions.refused != RefusalReason::None;
    json::object told =
        step(entry, kind_of(entry), nullptr, refused ? "refused" : "accepted",
             refused ? std::string(name_of(entry.decisions.refused)) : detail_of(entry));
    told["act"] = act_of(entry);
    lines.push_back(text_of(told));
}

void TrailSteps::add_notices(const Entry& entry, PartnerId recipient,
                             std::vector<std::string>& lines) const {
    for (const Delivery& delivery : entry.decisions.deliveries) {
        if (delivery.client == about_ && delivery.recipient == recipient) {
            add_notice(entry, delivery, lines);
        }
    }
}

void TrailSteps::add_routes(const Entry& entry, std::vector<std::string>& lines) const {
    const core::State& state = question_.state;
    for (const Route& route : entry.decisions.routes) {
        const bool allowed = route.form != Form::Unset;
        json::object told =
            step(entry, allowed ? "DisclosureRecorded" : "AccessDenied",
                 state.partner_named(route.recipient), allowed ? "routed" : "withheld",
                 allowed ? form_word(route.form) : std::string(name_of(route.withheld)));
        told["recipient"] = state.text(route.recipient);  // staff may have no link of its own
        const auto agreement = state.agreements.find(route.agreement);
        if (agreement != state.agreements.end()) {
            told["purpose"] = name_of(agreement->second.purpose);
        }
        lines.push_back(text_of(told));
    }
}

void TrailSteps::add_alerts(const Entry& entry, std::vector<std::string>& lines) const {
    for (const auto& owned : entry.decisions.alerts) {
        const core::Case* subject = question_.state.find_case(owned.client);
        if (owned.client != about_ ||
            (subject != nullptr && !question_.reader_sees(*subject, owned.record))) {
            continue;
        }
        const core::RuleInfo* rule = question_.follower.rule(owned.record.finding.rule);
        json::object told = step(entry, "Alert", nullptr, name_of(owned.record.state),
                                 rule == nullptr ? "" : rule->name);
        told["recipient"] = question_.state.text(owned.record.owner);
        lines.push_back(text_of(told));
    }
}

void TrailSteps::add_notice(const Entry& entry, const Delivery& delivery,
                            std::vector<std::string>& lines) const {
    lines.push_back(text_of(step(entry, delivery.is_alert ? "AlertNotice" : "Notice",
                                 question_.state.partner(delivery.recipient),
                                 delivery_word(delivery.state), form_word(delivery.form))));
}

json::object TrailSteps::step(const Entry& entry, std::string_view kind, const Partner* recipient,
                              std::string_view result, std::string_view detail) const {
    const core::State& state = question_.state;
    const core::Case* subject = state.find_case(about_);
    const Symbol zone = subject == nullptr ? Symbol{} : subject->client.zone;
    const Partner* actor = state.partner(entry.principal);
    const std::string_view name = actor == nullptr ? "hub" : state.text(actor->name);
    const bool is_event = entry.input_kind == InputKind::Submission;
    json::object told{
        {"sequence", entry.sequence.value},
        {"at", local_iso(state, zone, entry.at)},
        {"kind", kind},
        {"client", subject == nullptr ? "" : question_.person(subject->client.id)->name},
        {"partner", name},
        {"actor", name},
        {"event_id", is_event ? event_id_of(entry.sequence) : ""},
        {"recipient", recipient == nullptr ? "" : state.text(recipient->name)},
        {"result", result},
        {"detail", detail}};
    if (actor != nullptr) {
        told["actor_kind"] = kind_word(actor->kind);
        told["actor_role"] = actor->role == StaffRole::Unset ? "" : name_of(actor->role);
    }
    if (recipient != nullptr) {
        told["recipient_kind"] = kind_word(recipient->kind);
    }
    return told;
}

/// Why somebody read it; why somebody said whose an identifier is, which may speak of two people; why
/// something of a client is kept or erased; of what an erasure took, which entry it was.
std::string TrailSteps::detail_of(const Entry& entry) const {
    const core::Case* erased = question_.state.find_case(entry.decisions.client);
    if (erased != nullptr && erased->client.erased > entry.sequence) {
        return "erased by " + event_id_of(erased->client.erased);
    }
    if (question_.by_case_manager()) {
        return "";
    }
    if (entry.input_kind == InputKind::Read) {
        return about_ == entry.decisions.client ? reason_of_read(entry) : "";
    }
    const core::Case* subject = question_.state.find_case(about_);
    if (entry.input_kind != InputKind::Command ||
        (subject != nullptr && !question_.tells(*subject))) {
        return "";
    }
    const auto command = codec::decode_command(entry.input);
    if (const auto* kept = command ? std::get_if<RetentionCommand>(&*command) : nullptr) {
        return kept->reason;
    }
    const auto* told = command ? std::get_if<LinkCommand>(&*command) : nullptr;
    return told == nullptr ? "" : told->reason;
}

std::string TrailSteps::act_of(const Entry& entry) const {
    if (const auto asked = question_of(entry)) {
        return asked->name;
    }
    if (entry.input_kind == InputKind::Acknowledge && !entry.decisions.acknowledged.empty()) {
        return "up to " + std::to_string(entry.decisions.acknowledged.front().number);
    }
    if (entry.input_kind != InputKind::Command) {
        return "";
    }
    const auto command = codec::decode_command(entry.input);
    const auto* alert = command ? std::get_if<AlertCommand>(&*command) : nullptr;
    if (const auto* kept = command ? std::get_if<RetentionCommand>(&*command) : nullptr) {
        return std::string(act_word(kept->act));
    }
    if (alert != nullptr) {
        return std::string(act_word(alert->act)) + name_of_alert(alert->alert);
    }
    return command ? std::string(kCommandWords[command->index()]) : "";
}

/// That an alert exists is told as little as what it says.
std::string TrailSteps::name_of_alert(AlertId id) const {
    const core::State& state = question_.state;
    const auto client = state.alert_clients.find(id);
    const core::Case* subject =
        client == state.alert_clients.end() ? nullptr : state.case_or_office(client->second);
    const Alert* alert = subject == nullptr ? nullptr : core::find(subject->alerts, id);
    const bool seen =
        alert == nullptr ? !question_.by_case_manager() : question_.reader_sees(*subject, *alert);
    return seen ? to_text(id) : "an alert";
}

}  // namespace carehub::follower
