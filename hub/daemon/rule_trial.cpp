#include "hub/daemon/rule_trial.hpp"

#include <algorithm>
#include <set>

#include "hub/base/limits.hpp"
#include "hub/codec/entry.hpp"
#include "hub/core/addressee.hpp"
#include "hub/core/follow_ups.hpp"
#include "hub/core/rehearsal.hpp"
#include "hub/journal/sqlite/sqlite_journal.hpp"
#include "hub/rules/registry.hpp"

namespace carehub::daemon {
namespace {

Date week_of(UtcTime time) {
    const Date day = std::chrono::floor<std::chrono::days>(time);
    return day - (std::chrono::weekday{day} - std::chrono::Monday);
}

/// The clients whose case the entry changed.
std::set<ClientId> changed_by(const Decisions& decisions) {
    std::set<ClientId> clients;
    const auto add = [&](const auto& owned) {
        for (const auto& one : owned) {
            clients.insert(one.client);
        }
    };
    add(decisions.obligations);
    add(decisions.stays);
    add(decisions.contacts);
    add(decisions.matters);
    add(decisions.duties);
    add(decisions.consents);
    for (const Client& client : decisions.clients) {
        clients.insert(client.id);
    }
    return clients;
}

class Trial {
public:
    Trial(const core::Rule& rule, std::map<std::uint8_t, std::int64_t> settings)
        : rule_(rule), settings_(std::move(settings)) {}

    void begin(UtcTime from) { from_ = from; }

    void take(Sequence sequence, const Decisions& decisions) {
        wake_until(decisions.now);
        core::evolve(state_, sequence, decisions);
        apply_settings();
        std::set<ClientId> changed = changed_by(decisions);
        // What the journal remembers of a feed's silence is the hub's, not the trial's.
        if (!decisions.heard.empty() && holds_of({})) {
            changed.insert(ClientId{});
        }
        for (const ClientId& client : changed) {
            evaluate(client, state_.now);
        }
    }

    TrialReport report(UtcTime until) && {
        wake_until(until);
        report_.from = from_;
        report_.until = until;
        report_.clients = spoken_of_.size();
        for (const auto& [key, raised] : rows_) {
            report_.rows.push_back({key.first, key.second, raised});
        }
        return std::move(report_);
    }

private:
    struct Open {
        UtcTime gone_at = kUnknownTime;  ///< kUnknownTime: it holds
    };

    /// The trial's own, whatever the journal says of them.
    void apply_settings() {
        const RuleId rule = rule_.info().id;
        for (const auto& [setting, value] : settings_) {
            state_.rule_settings[{rule, setting}] = {rule, setting, value, {}};
        }
    }

    void wake_until(UtcTime time) {
        while (!wakes_.empty() && wakes_.begin()->first <= time) {
            const auto [due, client] = *wakes_.begin();
            wakes_.erase(wakes_.begin());
            evaluate(client, due);
        }
    }

    [[nodiscard]] bool holds_of(const ClientId& client) const {
        const auto known = situations_.find(client);
        return known != situations_.end() &&
               std::ranges::any_of(known->second, [](const auto& situation) {
                   return situation.second.gone_at == kUnknownTime;
               });
    }

    void evaluate(const ClientId& id, UtcTime now) {
        const core::Case* subject = id.is_none() ? &state_.office : state_.find_case(id);
        if (subject == nullptr || rule_.info().about_office != id.is_none() ||
            (subject->client.deceased_at != kUnknownTime && !rule_.info().outlives_client)) {
            return;
        }
        core::Case live = core::without_rehearsed(state_, *subject);
        core::derive_duties(core::CaseView(state_, live, now), live);
        core::Findings findings(now);
        rule_.evaluate(core::CaseView(state_, live, now), findings);
        compare(live, findings, now);
        if (findings.wake_at() != kNever) {
            wakes_.insert({findings.wake_at(), id});
        }
    }

    void compare(const core::Case& subject, core::Findings& findings, UtcTime now) {
        auto& known = situations_[subject.client.id];
        for (auto& [key, open] : known) {
            const auto is_it = [&subject_key = key](const Finding& finding) {
                return finding.subject == subject_key;
            };
            const bool holds = std::ranges::any_of(findings.found(), is_it) ||
                               std::ranges::any_of(findings.held(), is_it);
            if (!holds && open.gone_at == kUnknownTime) {
                open.gone_at = now;
            }
        }
        for (const Finding& finding : findings.found()) {
            const auto [at, is_new] = known.try_emplace(finding.subject);
            const bool again =
                at->second.gone_at != kUnknownTime && now - at->second.gone_at > kReopenWithin;
            at->second.gone_at = kUnknownTime;
            if ((is_new || again) && now >= from_) {
                count(subject.client, finding, now);
            }
        }
    }

    void count(const Client& client, const Finding& finding, UtcTime now) {
        const Symbol owner = core::addressee(state_, client, finding.audience);
        ++rows_[{std::string(state_.text(owner)), week_of(now)}];
        ++report_.raised;
        ++report_.by_severity[finding.severity];
        if (!client.id.is_none()) {
            spoken_of_.insert(client.id);
        }
    }

    const core::Rule& rule_;
    std::map<std::uint8_t, std::int64_t> settings_;
    UtcTime from_ = kUnknownTime;
    core::State state_;
    std::set<std::pair<UtcTime, ClientId>> wakes_;
    std::map<ClientId, std::map<SubjectKey, Open>> situations_;
    std::map<std::pair<std::string, Date>, std::uint64_t> rows_;
    std::set<ClientId> spoken_of_;
    TrialReport report_;
};

/// The settings by number, checked as the command that sets them checks.
Result<std::map<std::uint8_t, std::int64_t>> numbered(const core::RuleInfo& info,
                                                      const TrialOrder& order) {
    std::map<std::uint8_t, std::int64_t> out;
    for (const auto& [name, value] : order.settings) {
        const auto known = std::ranges::find(info.settings, name, &core::Setting::name);
        if (known == info.settings.end()) {
            return fail(ErrorCode::NotFound, "the rule has no setting " + name +
                                                 ": see `carehub rules show " + order.rule + "`");
        }
        if (value < known->min || value > known->max) {
            return fail(ErrorCode::Invalid, name + " wants a value from " +
                                                std::to_string(known->min) + " to " +
                                                std::to_string(known->max));
        }
        out[static_cast<std::uint8_t>(known - info.settings.begin() + 1)] = value;
    }
    return out;
}

Result<UtcTime> time_of(const journal::JournalReader& journal, Sequence sequence) {
    UtcTime now = kUnknownTime;
    CAREHUB_TRY_DONE(journal.read(
        sequence, 1,
        [&](const journal::StoredEntry& stored) -> Status {
            CAREHUB_TRY(const Decisions decisions, codec::decode_decisions_only(stored.bytes));
            now = decisions.now;
            return {};
        },
        journal::Sealed::Leave));
    return now;
}

}  // namespace

Result<TrialReport> try_rule(const DataFolder& folder, const TrialOrder& order) {
    const core::RuleSet rules = rules::all_rules();
    const auto rule = std::ranges::find_if(
        rules, [&](const auto& known) { return known->info().name == order.rule; });
    if (rule == rules.end()) {
        return fail(ErrorCode::NotFound, "no such rule: see `carehub rules list`");
    }
    CAREHUB_TRY(auto settings, numbered((*rule)->info(), order));
    CAREHUB_TRY(const auto journal, journal::SqliteReader::open(folder.path.string()));
    CAREHUB_TRY(const Sequence last, journal->last());
    Trial trial(**rule, std::move(settings));
    if (last.value == 0) {
        return std::move(trial).report(kUnknownTime);
    }
    CAREHUB_TRY(const UtcTime until, time_of(*journal, last));
    trial.begin(until - std::chrono::days{order.days});
    CAREHUB_TRY_DONE(journal->read(
        {1}, last.value,
        [&](const journal::StoredEntry& stored) -> Status {
            CAREHUB_TRY(const Decisions decisions, codec::decode_decisions_only(stored.bytes));
            trial.take(stored.sequence, decisions);
            return {};
        },
        journal::Sealed::Leave));
    return std::move(trial).report(until);
}

}  // namespace carehub::daemon
