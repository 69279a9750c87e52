#include "hub/follower/alert_text.hpp"

#include <algorithm>
#include <charconv>

#include "hub/core/addressee.hpp"
#include "hub/core/free_times.hpp"
#include "hub/core/keyed.hpp"
#include "hub/core/permit.hpp"
#include "hub/follower/entry_reader.hpp"
#include "hub/follower/follower.hpp"
#include "hub/follower/permit_words.hpp"

namespace carehub::follower {
namespace {

constexpr std::string_view kWeekdays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};

const TimeZone* zone_of(const core::State& state, Symbol name) {
    const auto found = state.zones.find(name);
    return found == state.zones.end() ? nullptr : &found->second;
}

/// "ClinicVisit" -> "clinic visit"
std::string in_words(std::string_view name) {
    std::string words;
    for (const char c : name) {
        const bool upper = c >= 'A' && c <= 'Z';
        if (upper && !words.empty()) {
            words += ' ';
        }
        words += upper ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return words;
}

/// Writes one alert; knows the case it belongs to.
class Writer {
public:
    Writer(const Follower& follower, const EntryReader& reader, const core::Case& subject,
           const Alert& alert)
        : follower_(follower),
          reader_(reader),
          subject_(subject),
          alert_(alert),
          state_(follower.state()),
          acting_zone_(acting_zone(follower.state(), subject, alert)) {}

    AlertNotice write() {
        const Finding& finding = alert_.finding;
        const core::RuleInfo* rule = follower_.rule(finding.rule);
        AlertNotice notice;
        notice.alert_id = to_text(alert_.id);
        notice.rule = rule == nullptr ? "Unknown" : std::string(rule->name);
        notice.severity = finding.severity;
        notice.state = alert_.state;
        notice.owner = std::string(state_.text(alert_.owner));
        notice.raised_at = alert_.raised_at;
        notice.act_by = finding.act_by;
        notice.count = alert_.count;
        for (const ObligationId id : finding.obligations) {
            const Obligation* obligation = core::find(subject_.obligations, id);
            notice.obligations.push_back(
                obligation == nullptr ? "" : readable_key(reader_, *obligation));
        }
        for (const Sequence sequence : finding.evidence) {
            notice.evidence.push_back(sequence.value);
        }
        for (const Suggestion& suggestion : finding.suggestions) {
            notice.suggestions.push_back(write(suggestion));
        }
        notice.text = sentence(rule);
        if (core::labels_of(state_, subject_, finding).has(SecurityLabel::Part2)) {
            notice.text += scope_of_consent() + " " + std::string(kPart2Statement);
        }
        return notice;
    }

private:
    /// 42 CFR 2.32(b), of the first part 2 record it speaks of.
    std::string scope_of_consent() const {
        const Symbol owner = core::addressee(state_, subject_.client, Audience::Owner);
        const auto words = [&](const auto* record) {
            return record == nullptr || !core::labels_of(state_, *record).has(SecurityLabel::Part2)
                       ? std::string()
                       : scope_words(state_, subject_, core::disclosed_of(state_, *record),
                                     {owner, PartnerKind::Staff});
        };
        std::string scope;
        for (const ObligationId id : alert_.finding.obligations) {
            scope = scope.empty() ? words(core::find(subject_.obligations, id)) : scope;
        }
        for (const StayId id : alert_.finding.stays) {
            scope = scope.empty() ? words(core::find(subject_.stays, id)) : scope;
        }
        return scope.empty() ? scope : " " + scope;
    }

    std::string clock(Symbol zone, UtcTime time, bool with_day) const {
        const TimeZone* known = zone_of(state_, zone);
        const std::string iso = local_iso(state_, zone, time);
        const Date day = known != nullptr ? local_date(*known, time)
                                          : std::chrono::floor<std::chrono::days>(time);
        const std::string hour = iso.substr(11, 5);
        const auto weekday = kWeekdays[std::chrono::weekday{day}.c_encoding()];
        return with_day ? std::string(weekday) + " " + to_iso(day) + " " + hour : hour;
    }

    std::string place(const Obligation& obligation) const {
        if (hides_place(obligation.labels)) {
            return "";
        }
        const std::optional<Submission> event = reader_.submission(obligation.last);
        const auto* claim = event ? std::get_if<ObligationClaim>(&event->payload) : nullptr;
        if (claim != nullptr && !claim->location.name.empty()) {
            return claim->location.name;
        }
        const Partner* partner = state_.partner(obligation.partner);
        const PlaceInfo* known =
            partner == nullptr ? nullptr : state_.place(partner->name, obligation.place);
        return known == nullptr ? "" : std::string(state_.text(known->site));
    }

    std::string describe(const Obligation& obligation) const {
        const Partner* partner = state_.partner(obligation.partner);
        const bool day_only = obligation.time_flags.has(TimeFlag::DateOnly);
        std::string text = day_only ? clock(obligation.zone, obligation.start, true).substr(0, 14) +
                                          " (hour not told)"
                                    : clock(obligation.zone, obligation.start, true) + "-" +
                                          clock(obligation.zone, obligation.end, false);
        text += " " + in_words(name_of(obligation.obligation_class));
        const std::string where = place(obligation);
        text += where.empty() ? "" : " at " + where;
        text += partner == nullptr ? "" : " (" + std::string(state_.text(partner->name)) + ")";
        return text;
    }

    std::string describe(std::size_t index) const {
        const Obligation* obligation =
            core::find(subject_.obligations, alert_.finding.obligations.at(index));
        return obligation == nullptr ? "an obligation no longer known" : describe(*obligation);
    }

    std::string sentence(const core::RuleInfo* rule) const {
        if (alert_.state == AlertState::ClearedUnseen || alert_.state == AlertState::Closed) {
            return ending();
        }
        std::string text = situation(rule);
        if (const Matter* const over = over_since()) {
            text += " It is over since " + clock(over->zone, over->until, true).substr(0, 14) +
                    ": close this once you know how it ended.";
        } else if (rule != nullptr) {
            text += " At stake: " + std::string(rule->consequence) + ".";
        }
        text += " Act by " + clock(acting_zone_, alert_.finding.act_by, true) + ".";
        return text;
    }

    /// Of a hard fact, which stands until a person closes it: what it is about, if that has ended.
    const Matter* over_since() const {
        for (const MatterId id : alert_.finding.matters) {
            const Matter* const matter = core::find(subject_.matters, id);
            if (alert_.finding.latched && matter != nullptr && matter->until <= state_.now &&
                core::owner_may_see(state_, subject_, core::disclosed_of(state_, *matter),
                                    state_.now)) {
                return matter;
            }
        }
        return nullptr;
    }

    /// A person may close what still holds: only what went away is called gone.
    std::string ending() const {
        std::string text =
            alert_.cleared_at == kUnknownTime ? "Closed by a person" : "No longer so";
        std::string_view between = ": ";
        for (const std::string& part : remains()) {
            text.append(between).append(part);
            between = "; ";
        }
        text += ".";
        if (alert_.state == AlertState::Closed && alert_.outcome != AlertOutcome::Unset) {
            text += " Outcome: " + in_words(name_of(alert_.outcome)) + ".";
        }
        return text;
    }

    /// What the alert was about, as it is now. What ended it may be what its owner may not be told.
    std::vector<std::string> remains() const {
        std::vector<std::string> parts;
        for (const ObligationId id : alert_.finding.obligations) {
            const Obligation* obligation = core::find(subject_.obligations, id);
            if (obligation != nullptr &&
                core::owner_may_see(state_, subject_, core::disclosed_of(state_, *obligation),
                                    state_.now)) {
                parts.push_back(describe(*obligation) + status_now(*obligation));
            }
        }
        const Stay* left = stay();
        if (alert_.finding.obligations.empty() && left != nullptr && left->end != kNever &&
            core::owner_may_see(state_, subject_, core::disclosed_of(state_, *left), state_.now)) {
            parts.push_back("the follow-up of the discharge " + clock(left->zone, left->end, true) +
                            facility(*left));
        }
        return parts;
    }

    static std::string status_now(const Obligation& obligation) {
        return obligation.status == ObligationStatus::Scheduled ||
                       obligation.status == ObligationStatus::Unset
                   ? ""
                   : ", now " + in_words(name_of(obligation.status));
    }

    std::string facility(const Stay& stay) const {
        const std::string_view name = state_.text(stay.facility);
        return name.empty() || hides_place(stay.labels) ? "" : " from " + std::string(name);
    }

    /// The rule's words, with what stands in braces filled in.
    std::string situation(const core::RuleInfo* rule) const {
        if (rule == nullptr) {
            return "A rule of an earlier version raised this.";
        }
        const bool soft =
            alert_.finding.flags.has(TimeFlag::DateOnly) && !rule->soft_situation.empty();
        const std::string_view words = soft ? rule->soft_situation : rule->situation;
        std::string text;
        std::size_t at = 0;
        while (at < words.size()) {
            const std::size_t open = std::min(words.find('{', at), words.size());
            text += words.substr(at, open - at);
            const std::size_t close = words.find('}', open);
            if (close == std::string_view::npos) {
                break;
            }
            text += filled(words.substr(open + 1, close - open - 1));
            at = close + 1;
        }
        return text;
    }

    /// The names that RuleInfo lists.
    std::string filled(std::string_view name) const {
        if (name == "1" || name == "2") {
            return describe(name == "1" ? 0 : 1);
        }
        if (name == "all") {
            return all();
        }
        if (name == "minutes") {
            return std::to_string(alert_.finding.minutes) + " min";
        }
        if (name == "due") {
            return clock(acting_zone_, alert_.finding.act_by, true);
        }
        if (name == "feed" || name == "staff" || name == "count") {
            return of_office(name);
        }
        return name == "held" || name == "left" || name == "planned" || name == "ended"
                   ? of_stay(name)
                   : of_matter(name);
    }

    std::string all() const {
        std::string text;
        for (std::size_t i = 0; i < alert_.finding.obligations.size(); ++i) {
            text += (i == 0 ? "" : "; ") + describe(i);
        }
        return text;
    }

    std::string of_stay(std::string_view name) const {
        const Stay* known = stay();
        if (known == nullptr) {
            return name == "held" ? "The client is in hospital or in custody"
                                  : "The client left hospital or custody";
        }
        if (name == "held") {
            return std::string("The client is in ") + (known->custody ? "custody" : "hospital") +
                   " since " + clock(known->zone, known->start, true);
        }
        if (name == "planned") {
            return clock(known->zone, known->planned_end, true);
        }
        const std::string end = clock(known->zone, known->end, true);
        return name == "ended" ? end : "Discharged " + end + facility(*known);
    }

    /// The feed or the member of staff that an alert of the office is about.
    std::string of_office(std::string_view name) const {
        if (name == "count") {
            return std::to_string(alert_.finding.minutes);
        }
        const Symbol symbol{alert_.finding.about};
        if (name == "staff") {
            return std::string(state_.text(symbol));
        }
        for (const auto& [key, feed] : state_.feeds) {
            const Partner* partner = state_.partner(key.first);
            if (key.second == symbol && partner != nullptr &&
                partner->id == alert_.finding.partner) {
                return std::string(state_.text(symbol)) + " of " +
                       std::string(state_.text(partner->name)) + " (last heard " +
                       local_iso(state_, acting_zone_, feed.last_at) + ")";
            }
        }
        return "a feed no longer known";
    }

    std::string of_matter(std::string_view name) const {
        const Matter* matter = alert_.finding.matters.empty()
                                   ? nullptr
                                   : core::find(subject_.matters, alert_.finding.matters.front());
        if (matter == nullptr) {
            return name == "teller" ? "A partner" : "a day no longer known";
        }
        if (name == "teller") {
            const Partner* partner = state_.partner(matter->partner);
            const bool hidden = partner == nullptr || hides_place(matter->labels);
            return hidden ? "A partner" : std::string(state_.text(partner->name));
        }
        if (name == "until") {
            return matter->due_at == kUnknownTime
                       ? ""
                       : ", until " + day_of(matter->zone, matter->due_at - std::chrono::days{1});
        }
        const bool left = matter->kind == MatterKind::Enrollment && matter->until != kNever;
        return day_of(matter->zone, left ? matter->until : matter->since);
    }

    /// "Thu 2026-07-09"
    std::string day_of(Symbol zone, UtcTime time) const {
        return clock(zone, time, true).substr(0, 14);
    }

    const Stay* stay() const {
        return alert_.finding.stays.empty()
                   ? nullptr
                   : core::find(subject_.stays, alert_.finding.stays.front());
    }

    SuggestionText write(const Suggestion& suggestion) const {
        const Obligation* obligation = core::find(subject_.obligations, suggestion.obligation);
        SuggestionText text;
        text.action = std::string(name_of(suggestion.action));
        text.obligation = obligation == nullptr ? "" : readable_key(reader_, *obligation);
        text.by = suggestion.by;
        text.who = std::string(name_of(suggestion.who));
        text.needs_consent = suggestion.needs_consent;
        text.why = reason(suggestion) + offer(suggestion, obligation);
        return text;
    }

    /// Domain/10: the next free time, where the partner tells of it; as things are when it is read.
    std::string offer(const Suggestion& suggestion, const Obligation* obligation) const {
        const bool moves = suggestion.action == SuggestedAction::Reschedule ||
                           suggestion.action == SuggestedAction::Rebook;
        const FreeTime* free = moves && obligation != nullptr
                                   ? core::next_free_time(state_, subject_, *obligation, state_.now)
                                   : nullptr;
        return free == nullptr ? ""
                               : "; free there: " + clock(obligation->zone, free->from, true) +
                                     "-" + clock(obligation->zone, free->to, false);
    }

    static std::string reason(const Suggestion& suggestion) {
        switch (suggestion.action) {
            case SuggestedAction::Reschedule: return "it can move more easily than the other one";
            case SuggestedAction::Convert: return "by telephone or video both may fit";
            case SuggestedAction::AskOfficer:
                return "only the officer can move or settle a check-in";
            case SuggestedAction::AskTime: return "the hour is not known yet";
            case SuggestedAction::ArrangeTransport: return "with a ride both may fit";
            case SuggestedAction::ChooseWithClient:
                return "the client decides what to miss, and tells that party beforehand";
            case SuggestedAction::Rebook: return "nothing is booked since";
            case SuggestedAction::Contact: return "the client has to be reached first";
            case SuggestedAction::BookVisit: return "only a visit that took place closes this";
            case SuggestedAction::Notify: return "the client cannot come";
            case SuggestedAction::CallCounsel:
                return "counsel can ask the court; nobody else should";
            case SuggestedAction::ConfirmDuplicate: return "the two may be one appointment";
            case SuggestedAction::Inform: return "nothing says that the client knows";
            case SuggestedAction::Confirm: return "only the partner can say what is so";
            case SuggestedAction::FindPlace: return "the client needs a place to stay";
            case SuggestedAction::Renew: return "the client decides whether it goes on";
            case SuggestedAction::Assign: return "somebody has to be responsible";
            case SuggestedAction::Review: return "a person has to look at it";
            case SuggestedAction::Unset: break;
        }
        return "";
    }

    const Follower& follower_;
    const EntryReader& reader_;
    const core::Case& subject_;
    const Alert& alert_;
    const core::State& state_;
    Symbol acting_zone_;
};

}  // namespace

std::string local_iso(const core::State& state, Symbol zone, UtcTime time) {
    const TimeZone* known = zone_of(state, zone);
    return known == nullptr ? to_iso(time) : to_iso(*known, time);
}

std::string readable_key(const EntryReader& reader, const Obligation& obligation) {
    const std::optional<Submission> event = reader.submission(obligation.last);
    return event ? event->business_key : "";
}

std::string to_text(const AlertId& id) {
    return "a-" + std::to_string(id.sequence.value) + "-" + std::to_string(id.index);
}

std::optional<AlertId> parse_alert_id(std::string_view text) {
    AlertId id;
    if (!text.starts_with("a-")) {
        return std::nullopt;
    }
    const char* const end = text.data() + text.size();
    const auto sequence = std::from_chars(text.data() + 2, end, id.sequence.value);
    if (sequence.ec != std::errc{} || sequence.ptr == end || *sequence.ptr != '-') {
        return std::nullopt;
    }
    const auto index = std::from_chars(sequence.ptr + 1, end, id.index);
    return index.ec == std::errc{} && index.ptr == end ? std::optional(id) : std::nullopt;
}

Symbol acting_zone(const core::State& state, const core::Case& subject, const Alert& alert) {
    const auto owner = state.staff.find(alert.owner);
    const bool told = owner != state.staff.end() && owner->second.zone.value != 0;
    return told ? owner->second.zone : subject.client.zone;
}

AlertNotice render_alert(const Follower& follower, const EntryReader& reader,
                         const core::Case& subject, const Alert& alert) {
    return Writer(follower, reader, subject, alert).write();
}

}  // namespace carehub::follower
