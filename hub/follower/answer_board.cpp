// The question `board`: what is ahead of each client on three clocks, in one list by time.
#include <algorithm>
#include <charconv>

#include "hub/core/keyed.hpp"
#include "hub/follower/answering.hpp"

namespace carehub::follower {
namespace {

constexpr int kHoursDefault = 72;
constexpr int kHoursMax = 24 * 60;

enum class OwnClock { Clinical, Legal, Housing };

std::string_view name_of(OwnClock clock) {
    switch (clock) {
        case OwnClock::Legal: return "legal";
        case OwnClock::Housing: return "housing";
        case OwnClock::Clinical: break;
    }
    return "clinical";
}

OwnClock clock_of(const core::State& state, const Obligation& obligation) {
    const Partner* partner = state.partner(obligation.partner);
    switch (partner == nullptr ? PartnerKind::Unset : partner->kind) {
        case PartnerKind::Court:
        case PartnerKind::SupervisionAgency:
        case PartnerKind::Jail: return OwnClock::Legal;
        case PartnerKind::HousingProvider: return OwnClock::Housing;
        case PartnerKind::Clinic:
        case PartnerKind::Hospital:
        case PartnerKind::Staff:
        case PartnerKind::Unset: break;
    }
    const bool housing = obligation.obligation_class == ObligationClass::HousingMeeting ||
                         obligation.obligation_class == ObligationClass::HousingInspection;
    return housing ? OwnClock::Housing : OwnClock::Clinical;
}

OwnClock clock_of(DutyProgram program) {
    return program == DutyProgram::InitialReport    ? OwnClock::Legal
           : program == DutyProgram::HousingMeeting ? OwnClock::Housing
                                                    : OwnClock::Clinical;
}

struct Item {
    UtcTime at = kUnknownTime;
    json::object line;
};

/// What is ahead of one client until a time; what is overdue stands first by its own time.
class Board {
public:
    Board(const Answering& question, const core::Case& subject, UtcTime until)
        : question_(question), state_(question.state), subject_(subject), until_(until) {}

    json::array items() {
        add_obligations();
        add_duties();
        add_alerts();
        std::ranges::stable_sort(items_, {}, &Item::at);
        json::array out;
        for (Item& item : items_) {
            out.push_back(std::move(item.line));
        }
        return out;
    }

private:
    void add(UtcTime at, Symbol zone, OwnClock clock, std::string_view kind,
             std::string_view what) {
        items_.push_back({at,
                          {{"at", local_iso(state_, zone, at)},
                           {"clock", name_of(clock)},
                           {"kind", kind},
                           {"what", what}}});
    }

    void add_obligations() {
        for (const Obligation& obligation : subject_.obligations) {
            const bool may_stand = obligation.status == ObligationStatus::Scheduled ||
                                   obligation.status == ObligationStatus::Unlisted;
            if (may_stand && obligation.start > state_.now && obligation.start <= until_ &&
                question_.reader_sees(subject_, obligation)) {
                add(obligation.start, obligation.zone, clock_of(state_, obligation), "obligation",
                    carehub::name_of(obligation.obligation_class));
            }
        }
    }

    void add_duties() {
        for (const Duty& duty : subject_.duties) {
            if (duty.state == DutyState::Open && duty.due_at <= until_ &&
                question_.reader_sees(subject_, duty)) {
                add(duty.due_at, duty.zone, clock_of(duty.program),
                    duty.due_at < state_.now ? "overdue" : "due", carehub::name_of(duty.program));
            }
        }
    }

    void add_alerts() {
        for (const Alert& alert : subject_.alerts) {
            const bool open =
                alert.state == AlertState::Raised || alert.state == AlertState::Acknowledged;
            if (!open || alert.finding.act_by > until_ || !question_.reader_sees(subject_, alert)) {
                continue;
            }
            const core::RuleInfo* rule = question_.follower.rule(alert.finding.rule);
            add(alert.finding.act_by, acting_zone(state_, subject_, alert), weightiest(alert),
                "act_by", rule == nullptr ? "Unknown" : rule->name);
            items_.back().line["alert_id"] = to_text(alert.id);
            items_.back().line["severity"] = carehub::name_of(alert.finding.severity);
        }
    }

    /// Of what the alert is about: the law before housing before care.
    OwnClock weightiest(const Alert& alert) const {
        OwnClock clock = OwnClock::Clinical;
        const auto weigh = [&](OwnClock other) {
            clock = clock == OwnClock::Legal || other == OwnClock::Clinical ? clock : other;
        };
        for (const ObligationId id : alert.finding.obligations) {
            if (const Obligation* one = core::find(subject_.obligations, id)) {
                weigh(follower::clock_of(state_, *one));
            }
        }
        for (const MatterId id : alert.finding.matters) {
            const Matter* matter = core::find(subject_.matters, id);
            if (matter != nullptr) {
                const bool legal =
                    matter->kind == MatterKind::Warrant || matter->kind == MatterKind::Supervision;
                weigh(legal ? OwnClock::Legal : OwnClock::Housing);
            }
        }
        for (const StayId id : alert.finding.stays) {
            const Stay* stay = core::find(subject_.stays, id);
            if (stay != nullptr && stay->custody) {
                weigh(OwnClock::Legal);
            }
        }
        return clock;
    }

    const Answering& question_;
    const core::State& state_;
    const core::Case& subject_;
    UtcTime until_;
    std::vector<Item> items_;
};

std::optional<int> hours_of(const Answering& question) {
    const std::string told = question.argument("hours");
    int hours = kHoursDefault;
    if (told.empty()) {
        return hours;
    }
    const auto read = std::from_chars(told.data(), told.data() + told.size(), hours);
    const bool whole = read.ec == std::errc{} && read.ptr == told.data() + told.size();
    return whole && hours >= 1 && hours <= kHoursMax ? std::optional(hours) : std::nullopt;
}

}  // namespace

Answer answer_board(const Answering& question) {
    const auto hours = hours_of(question);
    if (!hours) {
        return refuse(RefusalReason::InvalidField, "hours",
                      "use 1 to " + std::to_string(kHoursMax) + " hours");
    }
    if (question.only_whether) {
        return {};
    }
    const core::State& state = question.state;
    const std::string owner = question.argument("owner");
    const UtcTime until = state.now + std::chrono::hours{*hours};
    Answer answer;
    for (const auto& [id, subject] : state.cases) {
        const bool wanted = owner.empty() || state.text(subject.client.owner) == owner;
        if (!wanted || !question.may_read(subject)) {
            continue;
        }
        json::array items = Board(question, subject, until).items();
        if (!items.empty()) {
            answer.lines.push_back(text_of({{"client", question.person(id)->name},
                                            {"owner", state.text(subject.client.owner)},
                                            {"items", std::move(items)}}));
        }
    }
    return answer;
}

}  // namespace carehub::follower
