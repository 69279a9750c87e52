// The questions about no client: `partners`, `agreements`, `rules`, `counts`, `status`.
#include "hub/follower/answering.hpp"
#include "hub/model/kind_word.hpp"

namespace carehub::follower {

Answer answer_partners(const Answering& question) {
    const core::State& state = question.state;
    Answer answer;
    for (const auto& [id, partner] : state.partners) {
        answer.lines.push_back(
            text_of({{"partner", state.text(partner.name)},
                     {"kind", kind_word(partner.kind)},
                     {"role", partner.role == StaffRole::Unset ? "" : name_of(partner.role)},
                     {"public_key", to_hex(partner.public_key)},
                     {"calendar", state.text(partner.calendar)},
                     {"backfill_until",
                      partner.backfill_until == kUnknownTime ? "" : to_iso(partner.backfill_until)},
                     {"removed", partner.removed},
                     {"paused", partner.paused},
                     {"rehearsal", partner.rehearsal},
                     {"live_since",
                      partner.live_since == kUnknownTime ? "" : to_iso(partner.live_since)}}));
    }
    return answer;
}

Answer answer_agreements(const Answering& question) {
    const core::State& state = question.state;
    Answer answer;
    for (const auto& [number, agreement] : state.agreements) {
        json::array kinds;
        for (const EventKind kind : agreement.kinds) {
            kinds.emplace_back(name_of(kind));
        }
        answer.lines.push_back(text_of({{"agreement", number},
                                        {"discloser", state.text(agreement.discloser)},
                                        {"recipient", state.text(agreement.recipient)},
                                        {"purpose", name_of(agreement.purpose)},
                                        {"event_kinds", std::move(kinds)},
                                        {"form", form_word(agreement.form)},
                                        {"basis", state.text(agreement.basis)},
                                        {"valid_from", to_iso(agreement.valid_from)},
                                        {"valid_until", to_iso(agreement.valid_until)},
                                        {"set_by", event_id_of(agreement.source)}}));
    }
    return answer;
}

namespace {

/// The value in force and the entry that set it; 0 for the rule's own.
std::pair<std::int64_t, std::uint64_t> in_force(const core::State& state, RuleId rule,
                                                std::uint8_t setting, std::int64_t otherwise) {
    const auto told = state.rule_settings.find({rule, setting});
    return told == state.rule_settings.end()
               ? std::pair{otherwise, std::uint64_t{0}}
               : std::pair{told->second.value, told->second.source.value};
}

json::array settings_of(const core::State& state, const core::RuleInfo& info) {
    json::array out;
    std::uint8_t number = 0;
    for (const core::Setting& setting : info.settings) {
        const auto [value, source] = in_force(state, info.id, ++number, setting.value);
        out.push_back(json::object{{"setting", setting.name},
                                   {"value", value},
                                   {"default", setting.value},
                                   {"min", setting.min},
                                   {"max", setting.max},
                                   {"meaning", setting.meaning},
                                   {"set_by", source == 0 ? "" : event_id_of({source})}});
    }
    return out;
}

}  // namespace

Answer answer_rules(const Answering& question) {
    Answer answer;
    for (const auto& rule : question.follower.rules()) {
        const core::RuleInfo& info = rule->info();
        const auto [enabled, source] = in_force(question.state, info.id, core::kEnabledSetting, 1);
        answer.lines.push_back(text_of({{"rule", info.name},
                                        {"version", info.version},
                                        {"consequence", info.consequence},
                                        {"action", info.action},
                                        {"time_to_respond", info.time_to_respond},
                                        {"priority", info.priority},
                                        {"situation", info.situation},
                                        {"enabled", enabled != 0},
                                        {"settings", settings_of(question.state, info)}}));
    }
    return answer;
}

Answer answer_counts(const Answering& question) {
    const auto& counted = question.follower.counts();
    Answer answer;
    for (const auto& [id, partner] : question.state.partners) {
        const auto found = counted.find(id);
        const Follower::Counts counts = found == counted.end() ? Follower::Counts{} : found->second;
        answer.lines.push_back(text_of({{"partner", question.state.text(partner.name)},
                                        {"accepted", counts.accepted},
                                        {"refused", counts.refused}}));
    }
    return answer;
}

Answer answer_status(const Answering& question) {
    const core::State& state = question.state;
    std::size_t parked = 0;
    std::size_t to_replay = 0;
    for (const auto& [recipient, outbox] : state.outboxes) {
        parked += outbox.dead_letters.size();
        to_replay += outbox.replays.size();
    }
    json::array paused;
    for (const auto& [id, partner] : state.partners) {
        if (partner.paused && !partner.removed) {
            paused.emplace_back(state.text(partner.name));
        }
    }
    return {{text_of({{"sequence", state.last.value},
                      {"time", to_iso(state.now)},
                      {"clients", state.cases.size()},
                      {"alerts", state.alert_clients.size()},
                      {"partners", state.partners.size()},
                      {"agreements", state.agreements.size()},
                      {"paused", std::move(paused)},
                      {"dead_letters", parked},
                      {"replays_waiting", to_replay},
                      {"poison", state.poison.size()}})},
            {}};
}

}  // namespace carehub::follower
