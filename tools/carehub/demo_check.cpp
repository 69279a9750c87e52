#include "tools/carehub/demo_check.hpp"

#include <algorithm>
#include <array>

#include "tools/carehub/demo_events.hpp"

namespace carehub::tool::demo {
namespace {

std::string joined(const std::vector<std::string>& texts) {
    std::string line;
    for (const std::string& text : texts) {
        line += (line.empty() ? "" : ", ") + text;
    }
    return "[" + line + "]";
}

/// An alert tells the obligations it is about. Stays, rows of the housing provider, warrants, terms
/// of supervision and consents are none: such an alert is known by its client, its rule and its day.
bool is_obligation(std::string_view id) {
    constexpr auto kOthers = std::to_array<std::string_view>(
        {"VIS-", "BKG-", "EN-", "EV-", "LS-", "WRT-", "TRM-", "K-"});
    return std::ranges::none_of(kOthers,
                                [id](std::string_view prefix) { return id.starts_with(prefix); });
}

bool is_about(const AlertSeen& alert, const std::vector<std::string>& ids) {
    return std::ranges::all_of(
        ids, [&](const std::string& id) { return !is_obligation(id) || names_id(alert.keys, id); });
}

bool has_state(const AlertSeen& alert, const std::string& expect) {
    const std::string state = alert.state_class();
    const bool over = state == "cleared" || state == "closed";
    return expect == "any" || (expect == "cleared" ? over : !over);
}

/// One comparison; each alert answers for one planted situation at most.
class Check {
public:
    Check(const Truth& truth, const People& people, const Observed& observed, const Days& days)
        : truth_(truth),
          people_(people),
          observed_(observed),
          days_(days),
          used_(observed.alerts.size(), false) {
        // Of two about the same thing the truth tells the earlier one first.
        for (std::size_t i = 0; i < used_.size(); ++i) {
            by_client_[observed.alerts[i].client].push_back(i);
        }
        for (auto& [client, alerts] : by_client_) {
            std::ranges::stable_sort(
                alerts, {}, [&observed](std::size_t i) { return observed.alerts[i].raised_at; });
        }
    }

    Verdict run() {
        for (const PlantedAlert& planted : truth_.alerts) {
            check_planted(planted);
        }
        check_unexpected();
        for (const Disclosure& withheld : truth_.withheld) {
            check_withheld(withheld);
        }
        for (const Disclosure& delivered : truth_.delivered) {
            check_delivered(delivered);
        }
        for (const PlantedEvents& planted : truth_.events) {
            if (const auto difference = event_difference(planted, people_, observed_)) {
                ++verdict_.events_wrong;
                differ(*difference, planted.ids);
            }
        }
        verdict_.events = truth_.events.size();
        verdict_.traps = truth_.traps.size();
        verdict_.withheld = truth_.withheld.size();
        verdict_.delivered = truth_.delivered.size();
        return std::move(verdict_);
    }

private:
    void differ(const std::string& what, const std::vector<std::string>& ids) {
        verdict_.differences.push_back(what + " " + joined(ids));
    }

    void check_withheld(const Disclosure& withheld) {
        if (received(withheld)) {
            ++verdict_.withheld_delivered;
            differ(
                withheld.client + " to " + withheld.recipient + ": delivered, but " + withheld.why,
                withheld.ids);
        }
    }

    void check_delivered(const Disclosure& delivered) {
        if (!received(delivered)) {
            ++verdict_.not_delivered;
            differ(delivered.client + " to " + delivered.recipient + ": not delivered, but " +
                       delivered.why,
                   delivered.ids);
        }
    }

    const AlertSeen* match(const PlantedAlert& planted) {
        for (const std::size_t i : by_client_[planted.client]) {
            const AlertSeen& alert = observed_.alerts[i];
            const bool same = !used_[i] && !alert.is_suppressed() && alert.rule == planted.rule &&
                              is_about(alert, planted.ids);
            if (same) {
                used_[i] = true;
                return &alert;
            }
        }
        return nullptr;
    }

    void check_planted(const PlantedAlert& planted) {
        RuleCount& counts = verdict_.by_rule[planted.rule];
        ++counts.planted;
        const std::string name = planted.rule + " of " + planted.client;
        const AlertSeen* alert = match(planted);
        if (alert == nullptr) {
            ++counts.missing;
            differ(
                name + ", day " + std::to_string(planted.day) + ": no such alert; " + planted.why,
                planted.ids);
            return;
        }
        ++counts.alerted;
        if (!has_state(*alert, planted.expect)) {
            differ(name + ": " + alert->state + " at the end, expected " + planted.expect + "; " +
                       planted.why,
                   planted.ids);
        }
        if (is_late(*alert, planted)) {
            ++counts.late;
            differ(name + ": raised " + raised_text(*alert) + ", due on " +
                       to_iso(days_.date(static_cast<unsigned>(planted.day))) + "; " + planted.why,
                   planted.ids);
        }
        if (!owner_was_told(planted, *alert)) {
            differ(name + ": its notice is not with " + alert->owner + "; " + planted.why,
                   planted.ids);
        }
    }

    /// The truth tells the day that raises the alert, no hour. Business time stands at 06:00 while
    /// a day is fed, and a rule that speaks at midnight is due with the midnight that begins its
    /// day: both fall on the day's own date, so that no rule needs a grace.
    bool is_late(const AlertSeen& alert, const PlantedAlert& planted) const {
        return alert.raised_at == kUnknownTime ||
               days_.date_at(alert.raised_at) > days_.date(static_cast<unsigned>(planted.day));
    }

    std::string raised_text(const AlertSeen& alert) const {
        return alert.raised_at == kUnknownTime ? "at no known time"
                                               : "on " + to_iso(days_.date_at(alert.raised_at));
    }

    /// An alert that was cleared before its notice left is withdrawn: the owner need not have it.
    bool owner_was_told(const PlantedAlert& planted, const AlertSeen& alert) const {
        // What is the office's business, or a colleague's deed, goes to supervisors, whose deliveries
        // are not read.
        return planted.expect != "open" || planted.client.empty() ||
               people_.is_supervisor(alert.owner) ||
               std::ranges::any_of(owner_notices(people_, observed_, planted.client),
                                   [&](const NoticeSeen& notice) {
                                       return notice.rule == planted.rule &&
                                              notice.client == planted.client;
                                   });
    }

    void check_unexpected() {
        for (std::size_t i = 0; i < used_.size(); ++i) {
            const AlertSeen& alert = observed_.alerts[i];
            if (!truth_.judges.contains(alert.rule)) {
                ++verdict_.not_judged[alert.rule];
            } else if (!used_[i] && !alert.is_suppressed() && !was_kept_secret(alert)) {
                ++verdict_.by_rule[alert.rule].unexpected;
                differ(alert.rule + " of " + alert.client + " (" + alert.id + ", " + alert.state +
                           "): nobody planted it" + trap_text(alert.client),
                       alert.keys);
            }
        }
    }

    /// A suppressed alert closes with its situation; whether anyone was told is asked of the
    /// notices.
    bool was_kept_secret(const AlertSeen& alert) const {
        return alert.state_class() == "closed" &&
               std::ranges::any_of(truth_.withheld, [&](const Disclosure& withheld) {
                   return withheld.client == alert.client && withheld.recipient == "owner" &&
                          is_about(alert, withheld.ids);
               });
    }

    std::string trap_text(const std::string& client) const {
        const auto trap = std::ranges::find(truth_.traps, client, &Trap::client);
        return trap == truth_.traps.end() ? "" : "; a trap: " + trap->why;
    }

    /// Did anything with one of the ids reach the recipient? A reduced event has no readable key
    /// and perhaps no discloser: then the client's identifiers tell, as a client has one such case.
    bool received(const Disclosure& disclosure) const {
        const bool to_owner = disclosure.recipient == "owner";
        const auto found = observed_.notices.find(disclosure.recipient);
        static const std::vector<NoticeSeen> kNothing;
        const auto& notices = to_owner ? owner_notices(people_, observed_, disclosure.client)
                              : found == observed_.notices.end() ? kNothing
                                                                 : found->second;
        return std::ranges::any_of(
            notices, [&](const NoticeSeen& notice) { return concerns(notice, disclosure); });
    }

    bool concerns(const NoticeSeen& notice, const Disclosure& disclosure) const {
        const bool named = std::ranges::any_of(
            disclosure.ids, [&](const std::string& id) { return names_id(notice.keys, id); });
        if (named || disclosure.recipient == "owner") {
            return named;
        }
        const auto known = people_.identifiers_of.find(disclosure.client);
        return known != people_.identifiers_of.end() &&
               (notice.discloser.empty() || notice.discloser == disclosure.partner) &&
               std::ranges::any_of(notice.identifiers, [&](const std::string& value) {
                   return known->second.contains(value);
               });
    }

    const Truth& truth_;
    const People& people_;
    const Observed& observed_;
    const Days& days_;
    std::vector<bool> used_;
    std::map<std::string, std::vector<std::size_t>> by_client_;  ///< alerts, as they were raised
    Verdict verdict_;
};

}  // namespace

RuleCount Verdict::totals() const {
    RuleCount sum;
    for (const auto& [rule, count] : by_rule) {
        sum.planted += count.planted;
        sum.alerted += count.alerted;
        sum.missing += count.missing;
        sum.late += count.late;
        sum.unexpected += count.unexpected;
    }
    return sum;
}

std::uint64_t Verdict::alerts_not_judged() const {
    std::uint64_t sum = 0;
    for (const auto& [rule, count] : not_judged) {
        sum += count;
    }
    return sum;
}

Verdict check(const Truth& truth, const People& people, const Observed& observed,
              const Days& days) {
    return Check(truth, people, observed, days).run();
}

}  // namespace carehub::tool::demo
