#include "hub/follower/answers.hpp"

#include <boost/json.hpp>
#include <algorithm>
#include <charconv>

#include "hub/core/keyed.hpp"
#include "hub/core/permit.hpp"
#include "hub/model/kind_word.hpp"

namespace carehub::follower {
namespace {

namespace json = boost::json;

std::string text_of(const json::object& object) {
    return json::serialize(object);
}

std::string argument(const Arguments& arguments, const std::string& name) {
    const auto found = arguments.find(name);
    return found == arguments.end() ? "" : found->second;
}

Answer refuse(RefusalReason reason, std::string field, std::string fix) {
    return {{}, {reason, std::move(field), std::move(fix)}};
}

/// "full", "reduced", "busy_only"
std::string form_word(Form form) {
    switch (form) {
        case Form::Full: return "full";
        case Form::Reduced: return "reduced";
        case Form::BusyOnly: return "busy_only";
        case Form::Unset: break;
    }
    return "";
}

bool is_listed(AlertState state) {
    return state != AlertState::Closed && state != AlertState::Suppressed;
}

template <class Strings>
json::array array_of(const Strings& strings) {
    json::array out;
    for (const auto& item : strings) {
        out.emplace_back(item);
    }
    return out;
}

std::optional<Sequence> parse_event_id(std::string_view text) {
    Sequence sequence;
    if (!text.starts_with("h-")) {
        return std::nullopt;
    }
    const char* const end = text.data() + text.size();
    const auto read = std::from_chars(text.data() + 2, end, sequence.value);
    return read.ec == std::errc{} && read.ptr == end ? std::optional(sequence) : std::nullopt;
}

/// One question being answered.
class Answering {
public:
    Answering(const Follower& follower, const EntryReader& entries, const Asked& asked, ClientId client)
        : follower_(follower), entries_(entries), asked_(asked), client_(client), state_(follower.state()) {}

    Answer answer() {
        if (asked_.name == "alerts") {
            return alerts();
        }
        if (asked_.name == "alert") {
            return alert();
        }
        if (asked_.name == "client") {
            return client();
        }
        if (asked_.name == "consents") {
            return consents();
        }
        if (asked_.name == "trail_client") {
            return trail(follower_.entries_of(client_));
        }
        if (asked_.name == "trail_event" || asked_.name == "fate") {
            return event();
        }
        if (asked_.name == "partners") {
            return partners();
        }
        if (asked_.name == "rules") {
            return rules();
        }
        if (asked_.name == "counts") {
            return counts();
        }
        if (asked_.name == "status") {
            return status();
        }
        return refuse(RefusalReason::InvalidField, "name", "ask one of the questions PROTOCOL.md lists");
    }

private:
    /// Case managers read their own clients; supervisors, integration and operators read all.
    bool may_read(const core::Case& subject) const {
        return asked_.reader.role != StaffRole::CaseManager ||
               state_.text(subject.client.owner) == asked_.reader.name;
    }

    /// A case manager reads of a client what may be disclosed to the client's owner, nothing more.
    bool reader_sees(const core::Case& subject, const Obligation& obligation) const {
        const core::Recipient owner{subject.client.owner, PartnerKind::Staff};
        return asked_.reader.role != StaffRole::CaseManager ||
               core::permit(state_, subject, core::disclosed_of(obligation), owner, state_.now).form != Form::Unset;
    }

    bool reader_sees(const Entry& entry) const {
        return asked_.reader.role != StaffRole::CaseManager ||
               std::ranges::none_of(entry.decisions.routes, [this](const Route& route) {
                   return route.withheld != Withheld::Unset && state_.text(route.recipient) == asked_.reader.name;
               });
    }

    // --- Alerts ---

    json::object to_json(const core::Case& subject, const Alert& alert) const {
        const AlertNotice notice = render_alert(follower_, entries_, subject, alert);
        const Symbol zone = subject.client.zone;
        json::array suggestions;
        for (const SuggestionText& suggestion : notice.suggestions) {
            suggestions.push_back(json::object{{"action", suggestion.action},
                                               {"obligation", suggestion.obligation},
                                               {"by", local_iso(state_, zone, suggestion.by)},
                                               {"who", suggestion.who},
                                               {"needs_consent", suggestion.needs_consent},
                                               {"why", suggestion.why}});
        }
        return {{"alert_id", notice.alert_id},
                {"rule", notice.rule},
                {"severity", name_of(notice.severity)},
                {"state", name_of(notice.state)},
                {"client", roster_name(entries_, subject)},
                {"owner", notice.owner},
                {"raised_at", local_iso(state_, zone, notice.raised_at)},
                {"act_by", local_iso(state_, zone, notice.act_by)},
                {"count", notice.count},
                {"latched", alert.finding.latched},
                {"text", notice.text},
                {"obligations", array_of(notice.obligations)},
                {"suggestions", suggestions},
                {"evidence", array_of(notice.evidence)}};
    }

    bool is_wanted(const Alert& alert) const {
        if (alert.state == AlertState::Suppressed && asked_.reader.role == StaffRole::CaseManager) {
            return false;
        }
        const std::string state = argument(asked_.arguments, "state");
        const std::string owner = argument(asked_.arguments, "owner");
        const std::string rule = argument(asked_.arguments, "rule");
        const core::RuleInfo* info = follower_.rule(alert.finding.rule);
        const bool state_fits = state == "all" || (state.empty() ? is_listed(alert.state)
                                                                 : name_of(alert.state) == state);
        return state_fits && (owner.empty() || state_.text(alert.owner) == owner) &&
               (rule.empty() || (info != nullptr && info->name == rule));
    }

    void add_alerts(const core::Case& subject, std::vector<std::pair<AlertId, std::string>>& found) const {
        if (!may_read(subject)) {
            return;
        }
        for (const Alert& alert : subject.alerts) {
            if (is_wanted(alert)) {
                found.emplace_back(alert.id, text_of(to_json(subject, alert)));
            }
        }
    }

    Answer alerts() const {
        std::vector<std::pair<AlertId, std::string>> found;
        if (!argument(asked_.arguments, "client").empty()) {
            const core::Case* subject = state_.find_case(client_);
            if (subject == nullptr) {
                return refuse(RefusalReason::UnknownClient, "client", "name a client of the roster");
            }
            add_alerts(*subject, found);
        } else {
            for (const auto& [id, client] : state_.alert_clients) {
                add_one(id, client, found);
            }
        }
        Answer answer;
        for (auto& [id, line] : found) {
            answer.lines.push_back(std::move(line));
        }
        return answer;
    }

    void add_one(AlertId id, ClientId client, std::vector<std::pair<AlertId, std::string>>& found) const {
        const core::Case* subject = state_.find_case(client);
        const Alert* alert = subject == nullptr ? nullptr : core::find(subject->alerts, id);
        if (alert != nullptr && may_read(*subject) && is_wanted(*alert)) {
            found.emplace_back(id, text_of(to_json(*subject, *alert)));
        }
    }

    Answer alert() const {
        const auto id = parse_alert_id(argument(asked_.arguments, "alert"));
        const auto client = id ? state_.alert_clients.find(*id) : state_.alert_clients.end();
        if (client == state_.alert_clients.end()) {
            return refuse(RefusalReason::NotFound, "alert", "name an alert from `carehub alerts list`");
        }
        const core::Case& subject = *state_.find_case(client->second);
        if (!may_read(subject)) {
            return refuse(RefusalReason::NotAllowed, "alert", "ask the client's own case manager");
        }
        return {{text_of(to_json(subject, *core::find(subject.alerts, *id)))}, {}};
    }

    // --- Clients ---

    json::object to_json(const core::Case& subject, const Obligation& obligation) const {
        const std::optional<Submission> event = entries_.submission(obligation.last);
        const auto* claim = event ? std::get_if<ObligationClaim>(&event->payload) : nullptr;
        const Partner* partner = state_.partner(obligation.partner);
        json::array flags;
        for (const auto& [flag, name] : kFlagNames) {
            if (obligation.time_flags.has(flag)) {
                flags.emplace_back(name);
            }
        }
        const Symbol zone = obligation.zone.value != 0 ? obligation.zone : subject.client.zone;
        return {{"key", event ? event->business_key : ""},
                {"class", name_of(obligation.obligation_class)},
                {"status", name_of(obligation.status)},
                {"start", local_iso(state_, zone, obligation.start)},
                {"end", local_iso(state_, zone, obligation.end)},
                {"zone", state_.text(zone)},
                {"place", claim == nullptr || claim->location.name.empty() ? std::string(state_.text(obligation.place))
                                                                            : claim->location.name},
                {"partner", partner == nullptr ? "" : state_.text(partner->name)},
                {"flags", flags}};
    }

    json::array obligations_of(const core::Case& subject) const {
        std::vector<const Obligation*> ordered;
        for (const Obligation& obligation : subject.obligations) {
            if (reader_sees(subject, obligation)) {
                ordered.push_back(&obligation);
            }
        }
        std::ranges::sort(ordered, {}, [](const Obligation* o) { return std::tie(o->start, o->id); });
        json::array out;
        for (const Obligation* obligation : ordered) {
            out.push_back(to_json(subject, *obligation));
        }
        return out;
    }

    json::array identifiers_of() const {
        json::array out;
        for (const Sequence sequence : follower_.commands_of(client_)) {
            const std::optional<CommandBody> command = entries_.command(sequence);
            const auto* row = command ? std::get_if<RosterCommand>(&*command) : nullptr;
            if (row != nullptr && !row->identifier.value.empty()) {
                out.push_back(json::object{{"authority", row->identifier.authority},
                                           {"type", row->identifier.type},
                                           {"value", row->identifier.value}});
            }
        }
        return out;
    }

    Answer client() const {
        const core::Case* subject = state_.find_case(client_);
        if (subject == nullptr) {
            return refuse(RefusalReason::UnknownClient, "client", "name a client of the roster");
        }
        if (!may_read(*subject)) {
            return refuse(RefusalReason::NotAllowed, "client", "ask the client's own case manager");
        }
        json::array duties;
        for (const Duty& duty : subject->duties) {
            duties.push_back(json::object{{"program", name_of(duty.program)},
                                          {"open", to_iso(duty.open)},
                                          {"due", to_iso(duty.due)},
                                          {"state", name_of(duty.state)}});
        }
        json::array alerts;
        for (const Alert& alert : subject->alerts) {
            if (is_listed(alert.state)) {
                alerts.emplace_back(to_text(alert.id));
            }
        }
        return {{text_of({{"client", roster_name(entries_, *subject)},
                          {"owner", state_.text(subject->client.owner)},
                          {"identifiers", identifiers_of()},
                          {"obligations", obligations_of(*subject)},
                          {"follow_ups", duties},
                          {"alerts", alerts},
                          {"consents", consents_of(*subject)}})},
                {}};
    }

    json::array consents_of(const core::Case& subject) const {
        json::array out;
        for (const Consent& consent : subject.consents) {
            const std::optional<Submission> event = entries_.submission(consent.source);
            const auto* claim = event ? std::get_if<ConsentClaim>(&event->payload) : nullptr;
            json::array recipients;
            for (const Symbol recipient : consent.recipients) {
                recipients.emplace_back(state_.text(recipient));
            }
            out.push_back(json::object{
                {"consent", claim == nullptr ? "" : claim->consent},
                {"kind", name_of(consent.kind)},
                {"discloser", state_.text(consent.discloser)},
                {"recipients", recipients},
                {"purpose", name_of(consent.purpose)},
                {"signed", to_iso(consent.signed_on)},
                {"expires", consent.expires ? json::value(to_iso(*consent.expires)) : json::value()},
                {"revoked_at", consent.revoked_at == kUnknownTime
                                   ? json::value()
                                   : json::value(local_iso(state_, subject.client.zone, consent.revoked_at))}});
        }
        return out;
    }

    Answer consents() const {
        const core::Case* subject = state_.find_case(client_);
        if (subject == nullptr) {
            return refuse(RefusalReason::UnknownClient, "client", "name a client of the roster");
        }
        Answer answer;
        for (const json::value& consent : consents_of(*subject)) {
            answer.lines.push_back(json::serialize(consent));
        }
        return answer;
    }

    // --- The trail ---

    std::string actor_of(const Entry& entry) const {
        const Partner* actor = state_.partner(entry.principal);
        return actor == nullptr ? "hub" : std::string(state_.text(actor->name));
    }

    json::object step(const Entry& entry, std::string_view kind, std::string_view recipient,
                      std::string_view result, std::string_view detail) const {
        const core::Case* subject = state_.find_case(entry.decisions.client);
        const Symbol zone = subject == nullptr ? Symbol{} : subject->client.zone;
        const bool event = entry.input_kind == InputKind::Submission;
        return {{"sequence", entry.sequence.value},
                {"at", local_iso(state_, zone, entry.at)},
                {"kind", kind},
                {"client", subject == nullptr ? "" : roster_name(entries_, *subject)},
                {"partner", actor_of(entry)},
                {"actor", actor_of(entry)},
                {"event_id", event ? "h-" + std::to_string(entry.sequence.value) : ""},
                {"recipient", recipient},
                {"result", result},
                {"detail", detail}};
    }

    void add_steps(const Entry& entry, std::vector<std::string>& lines) const {
        const bool event = entry.input_kind == InputKind::Submission;
        const bool refused = entry.decisions.refused != RefusalReason::None;
        lines.push_back(text_of(step(entry, event ? name_of(entry.event_kind) : name_of(entry.input_kind), "",
                                     refused ? "refused" : "accepted",
                                     refused ? name_of(entry.decisions.refused) : "")));
        for (const Route& route : entry.decisions.routes) {
            const bool allowed = route.form != Form::Unset;
            lines.push_back(text_of(step(entry, allowed ? "DisclosureRecorded" : "AccessDenied",
                                         state_.text(route.recipient), allowed ? "routed" : "withheld",
                                         allowed ? form_word(route.form) : std::string(name_of(route.withheld)))));
        }
        for (const auto& owned : entry.decisions.alerts) {
            const core::RuleInfo* rule = follower_.rule(owned.record.finding.rule);
            lines.push_back(text_of(step(entry, "Alert", state_.text(owned.record.owner),
                                         name_of(owned.record.state), rule == nullptr ? "" : rule->name)));
        }
        for (const Delivery& delivery : entry.decisions.deliveries) {
            const Partner* to = state_.partner(delivery.recipient);
            const bool queued = delivery.state == DeliveryState::Queued;
            lines.push_back(text_of(step(entry, delivery.is_alert ? "AlertNotice" : "Notice",
                                         to == nullptr ? "" : state_.text(to->name),
                                         queued ? "queued" : "withdrawn", form_word(delivery.form))));
        }
    }

    Answer trail(const std::vector<Sequence>& sequences) const {
        const core::Case* subject = state_.find_case(client_);
        if (subject == nullptr) {
            return refuse(RefusalReason::UnknownClient, "client", "name a client of the roster");
        }
        if (!may_read(*subject)) {
            return refuse(RefusalReason::NotAllowed, "client", "ask the client's own case manager");
        }
        Answer answer;
        for (const Sequence sequence : sequences) {
            const auto entry = entries_.entry(sequence);
            if (entry && reader_sees(**entry)) {
                add_steps(**entry, answer.lines);
            }
        }
        return answer;
    }

    Answer event() const {
        const auto sequence = parse_event_id(argument(asked_.arguments, "event"));
        const auto entry = sequence ? entries_.entry(*sequence) : Result<EntryPtr>(fail(ErrorCode::NotFound, ""));
        if (!entry || (*entry)->input_kind != InputKind::Submission) {
            return refuse(RefusalReason::NotFound, "event", "name an event id such as h-12 from its receipt");
        }
        const core::Case* subject = state_.find_case((*entry)->decisions.client);
        if (!reader_sees(**entry) || (subject != nullptr && !may_read(*subject))) {
            return refuse(RefusalReason::NotAllowed, "event", "ask the client's own case manager");
        }
        if (asked_.name == "trail_event") {
            Answer answer;
            add_steps(**entry, answer.lines);
            return answer;
        }
        return {{text_of(fate(**entry))}, {}};
    }

    json::object fate_step(const Entry& entry, std::string_view name, std::string_view recipient,
                           std::string_view result, std::string_view reason) const {
        const core::Case* subject = state_.find_case(entry.decisions.client);
        const Symbol zone = subject == nullptr ? Symbol{} : subject->client.zone;
        return {{"at", local_iso(state_, zone, entry.at)},
                {"step", name},
                {"recipient", recipient},
                {"result", result},
                {"reason", reason}};
    }

    json::object fate(const Entry& entry) const {
        const bool refused = entry.decisions.refused != RefusalReason::None;
        json::array steps;
        steps.push_back(fate_step(entry, "received", "", refused ? "refused" : "accepted",
                                  refused ? name_of(entry.decisions.refused) : ""));
        for (const Route& route : entry.decisions.routes) {
            const bool allowed = route.form != Form::Unset;
            const bool nobody = route.withheld == Withheld::NotLinked;
            steps.push_back(fate_step(entry, "routed", state_.text(route.recipient),
                                      allowed ? form_word(route.form) : nobody ? "routed to nobody" : "withheld",
                                      allowed ? "" : name_of(route.withheld)));
        }
        for (const Delivery& delivery : entry.decisions.deliveries) {
            if (!delivery.is_alert) {
                steps.push_back(delivery_step(entry, delivery));
            }
        }
        return {{"event_id", "h-" + std::to_string(entry.sequence.value)},
                {"status", refused ? "refused" : "accepted"},
                {"sequence", entry.sequence.value},
                {"steps", steps}};
    }

    json::object delivery_step(const Entry& entry, const Delivery& delivery) const {
        const Partner* to = state_.partner(delivery.recipient);
        const auto outbox = state_.outboxes.find(delivery.recipient);
        const bool confirmed = outbox != state_.outboxes.end() && outbox->second.acknowledged >= delivery.number;
        return fate_step(entry, "delivery", to == nullptr ? "" : state_.text(to->name),
                         confirmed ? "confirmed" : "queued", "");
    }

    // --- Registry and counts ---

    Answer partners() const {
        Answer answer;
        for (const auto& [id, partner] : state_.partners) {
            answer.lines.push_back(text_of({{"partner", state_.text(partner.name)},
                                            {"kind", kind_word(partner.kind)},
                                            {"role", partner.role == StaffRole::Unset ? "" : name_of(partner.role)},
                                            {"removed", partner.removed},
                                            {"paused", partner.paused}}));
        }
        return answer;
    }

    Answer rules() const {
        Answer answer;
        for (const auto& rule : follower_.rules()) {
            const core::RuleInfo& info = rule->info();
            answer.lines.push_back(text_of({{"rule", info.name},
                                            {"version", info.version},
                                            {"consequence", info.consequence},
                                            {"action", info.action},
                                            {"time_to_respond", info.time_to_respond},
                                            {"priority", info.priority}}));
        }
        return answer;
    }

    Answer counts() const {
        Answer answer;
        for (const auto& [id, partner] : state_.partners) {
            const auto found = follower_.counts().find(id);
            const Follower::Counts counts = found == follower_.counts().end() ? Follower::Counts{} : found->second;
            answer.lines.push_back(text_of({{"partner", state_.text(partner.name)},
                                            {"accepted", counts.accepted},
                                            {"refused", counts.refused}}));
        }
        return answer;
    }

    Answer status() const {
        return {{text_of({{"sequence", state_.last.value},
                          {"time", to_iso(state_.now)},
                          {"clients", state_.cases.size()},
                          {"alerts", state_.alert_clients.size()},
                          {"partners", state_.partners.size()},
                          {"agreements", state_.agreements.size()}})},
                {}};
    }

    static constexpr std::pair<TimeFlag, std::string_view> kFlagNames[] = {
        {TimeFlag::Ambiguous, "Ambiguous"},
        {TimeFlag::Skipped, "Skipped"},
        {TimeFlag::AssumedZone, "AssumedZone"},
        {TimeFlag::AssumedDuration, "AssumedDuration"},
        {TimeFlag::DateOnly, "DateOnly"},
        {TimeFlag::CallList, "CallList"},
        {TimeFlag::TimeUncertain, "TimeUncertain"}};

    const Follower& follower_;
    const EntryReader& entries_;
    const Asked& asked_;
    ClientId client_;
    const core::State& state_;
};

}  // namespace

Answer Answers::answer(const Asked& asked) const {
    return Answering(follower_, entries_, asked, client_of(asked)).answer();
}

ClientId Answers::client_of(const Asked& asked) const {
    const std::string name = argument(asked.arguments, "client");
    return name.empty() ? ClientId{} : client_id_(name);
}

}  // namespace carehub::follower
