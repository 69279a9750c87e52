// The question `disclosures`: as a set it equals what left the hub, told by the journal alone.
#include <map>
#include <set>

#include "hub/base/prng.hpp"
#include "tests/unit/daemon/fed_county.hpp"

namespace carehub::daemon {
namespace {

/// A recipient and the number of the first attempt.
using Left = std::set<std::pair<std::string, std::uint64_t>>;

/// The clinic hears of hearings; ana of everything the clinic and the court tell while a consent
/// lets her. Both answer as they like.
struct BusyCounty : County {
    Prng random{7};
    int events = 0;
    int consents = 0;
    std::string consent;

    BusyCounty() {
        PartnerCommand ana;
        ana.name = "ana";
        ana.kind = PartnerKind::Staff;
        ana.role = StaffRole::CaseManager;
        ana.public_key.fill(9);
        REQUIRE(desk->command(ana).status == ReceiptStatus::Accepted);
        AgreementCommand hearings;
        hearings.discloser = "court";
        hearings.recipient = "owner";
        hearings.purpose = PurposeOfUse::CareCoordination;
        hearings.form = Form::Full;
        hearings.basis = "court and office";
        hearings.valid_from = *parse_iso_date("2020-01-01");
        hearings.valid_until = *parse_iso_date("2099-12-31");
        REQUIRE(desk->command(hearings).status == ReceiptStatus::Accepted);
    }

    void grant() {
        consent = "paper-" + std::to_string(++consents);
        tell_consent(EventKind::ConsentGranted, {});
    }
    void revoke() { tell_consent(EventKind::ConsentRevoked, desk->hub->clock->now()); }
    void tell_consent(EventKind kind, UtcTime revoked_at) {
        ConsentClaim claim;
        claim.consent = consent;
        claim.kind = ConsentKind::Part2Specific;
        claim.discloser = "clinic";
        claim.recipients = {"owner"};
        claim.purpose = PurposeOfUse::Treatment;
        claim.signed_on = *make_date(2026, 3, 1);
        claim.expiry_event = "the end of treatment";
        claim.revoked_at = revoked_at;
        Submission event;
        event.kind = kind;
        event.feed = "staff";
        event.source_msg_id = consent + std::string(name_of(kind));
        event.identifiers = {{"carehub", "CLIENT", "ada"}};
        event.occurred_at = desk->hub->clock->now();
        event.payload = claim;
        REQUIRE(desk->submit("admin", event).status == ReceiptStatus::Accepted);
    }
    /// Of a program for which Part 2 wants a consent; some at the hour of a hearing.
    void visit(const std::string& client) {
        Submission told = SealedFolder::obligation(client, EventKind::AppointmentBooked,
                                                   "v" + std::to_string(++events));
        told.labels.add(SecurityLabel::Part2);
        auto& claim = std::get<ObligationClaim>(told.payload);
        claim.start += std::chrono::days{random.between(0, days + 1)};
        claim.end = claim.start + std::chrono::hours{1};
        REQUIRE(desk->submit("clinic", told).status == ReceiptStatus::Accepted);
    }

    [[nodiscard]] const core::Outbox& outbox(const std::string& who) const {
        static const core::Outbox kNone;
        const auto& outboxes = desk->hub->machine.state().outboxes;
        const auto found = outboxes.find(id(who));
        return found == outboxes.end() ? kNone : found->second;
    }
    void answer_something(const std::string& who) {
        const auto& pending = outbox(who).pending;
        if (pending.empty()) {
            return;
        }
        const Delivery one = pending[random.below(pending.size())];
        switch (random.below(4)) {
            case 0: judge(one, VerdictOutcome::Refused, who); return;
            case 1: judge(one, VerdictOutcome::Confirmed, who); return;
            case 2:
                for (int times = random.chance(30) ? 7 : 1; times > 0; --times) {
                    lose_connection(who);
                }
                return;
            default: acknowledge(one.number, who);
        }
    }
    /// A session ended that had been sent everything.
    void lose_connection(const std::string& who) {
        Input input;
        ResumeInput ask;
        ask.count_max = 1;
        ask.sent = outbox(who).last_number;
        input.body = ask;
        give(std::move(input), who);
    }
    void cannot_be_worded(const std::string& who) {
        const auto& pending = outbox(who).pending;
        if (!pending.empty()) {
            Input input;
            input.body =
                VerdictInput{pending.front(), VerdictOutcome::Unset, RefusalReason::None, true};
            give(std::move(input), who);
        }
    }

    void live(int steps) {
        for (int step = 0; step < steps; ++step) {
            switch (random.below(12)) {
                case 0:
                case 1:
                case 2: hearing("e" + std::to_string(++events)); break;
                case 3: hearing("e" + std::to_string(++events), "bob"); break;
                case 4:
                case 5: visit("ada"); break;
                case 6: consent.empty() ? grant() : revoke_or_grant(); break;
                case 7: wait(std::chrono::seconds{random.between(1, 30)}); break;
                case 8: cannot_be_worded(random.chance(50) ? "ana" : "clinic"); break;
                case 9: answer_something("ana"); break;
                default: answer_something("clinic");
            }
        }
    }
    void revoke_or_grant() {
        if (std::exchange(is_revoked, !is_revoked)) {
            grant();
        } else {
            revoke();
        }
    }
    bool is_revoked = false;

    [[nodiscard]] std::vector<json::object> disclosures(const follower::Arguments& more) const {
        follower::Arguments arguments = more;
        arguments["client"] = "ada";
        arguments[follower::kReason] = "the client asked for it";
        const auto told =
            answer({"disclosures", arguments, {StaffRole::Supervisor, "sue", id("admin")}});
        INFO(told.refusal.fix);
        REQUIRE(told.refusal.reason == RefusalReason::None);
        std::vector<json::object> lines;
        for (const std::string& line : told.lines) {
            lines.push_back(json::parse(line).as_object());
        }
        return lines;
    }
};

std::string text(const json::object& line, const char* key) {
    return std::string(line.at(key).as_string());
}

Left set_of(const std::vector<json::object>& lines) {
    Left left;
    for (const json::object& line : lines) {
        const bool is_new =
            left.emplace(text(line, "recipient"), json::value_to<std::uint64_t>(line.at("number")))
                .second;
        CHECK(is_new);
    }
    return left;
}

/// What the journal says, entry by entry, with no index and nobody's State.
struct Journal {
    struct Notice {
        std::uint64_t first = 0;
        bool is_adas = false;
        bool is_open = true;  ///< neither withdrawn, refused nor given up
    };
    using Key = std::pair<PartnerId, std::uint64_t>;

    explicit Journal(const BusyCounty& county) : county_(county) {
        const auto last = county.desk->hub->journal->last().value;
        for (std::uint64_t at = 1; at <= last; ++at) {
            read(**county.desk->entries->entry({at}));
        }
    }

    void read(const Entry& entry) {
        for (const DeadLetter& letter : entry.decisions.dead_letters) {
            const bool reached = letter.stage == DeadLetterStage::Recipient ||
                                 letter.stage == DeadLetterStage::Unacknowledged;
            if (letter.state == DeadLetterState::Parked && reached) {
                leave({letter.delivery.recipient, letter.delivery.number});
            }
            stages.insert(letter.stage);
        }
        for (const Suspect& suspect : entry.decisions.suspects) {
            leave({suspect.recipient, suspect.number});
        }
        for (const Delivery& delivery : entry.decisions.deliveries) {
            const Key key{delivery.recipient, delivery.number};
            states.insert(delivery.state);
            if (delivery.state == DeliveryState::Queued) {
                notices_[key] = {
                    delivery.first_number == 0 ? delivery.number : delivery.first_number,
                    delivery.client == county_.desk->client("ada")};
                continue;
            }
            if (delivery.state == DeliveryState::Refused) {
                leave(key);
            }
            if (notices_.contains(key)) {
                notices_[key].is_open = false;
            }
        }
        if (entry.input_kind == InputKind::Verdict) {
            const auto verdict = codec::decode_verdict(entry.input);
            if (verdict && verdict->outcome == VerdictOutcome::Confirmed) {
                leave({entry.principal, verdict->number});
            }
        }
        for (const Acknowledged& told : entry.decisions.acknowledged) {
            for (const auto& [key, notice] : notices_) {
                if (key.first == told.recipient && key.second <= told.number && notice.is_open) {
                    leave(key);
                }
            }
        }
    }

    void leave(const Key& key) {
        const auto notice = notices_.find(key);
        if (notice != notices_.end() && notice->second.is_adas) {
            const core::State& state = county_.desk->hub->machine.state();
            left.emplace(state.text(state.partner(key.first)->name), notice->second.first);
        }
    }

    Left left;
    std::set<DeadLetterStage> stages;
    std::set<DeliveryState> states;

private:
    const BusyCounty& county_;
    std::map<Key, Notice> notices_;
};

}  // namespace

TEST_CASE("the accounting is exactly what left, over a busy history", "[daemon]") {
    BusyCounty county;
    county.live(400);
    const Journal journal(county);
    // The history has every way a notice ends, or the test says little.
    CHECK(journal.states.contains(DeliveryState::Withdrawn));
    CHECK(journal.states.contains(DeliveryState::Refused));
    CHECK(journal.stages.contains(DeadLetterStage::Unacknowledged));
    CHECK(journal.stages.contains(DeadLetterStage::Rendering));
    CHECK(journal.left.size() > 40);

    const auto all = county.disclosures({{"exempt", "yes"}});
    const Left told = set_of(all);
    for (const auto& [who, number] : journal.left) {
        INFO(who << " " << number);
        CHECK(told.contains({who, number}));
    }
    for (const auto& [who, number] : told) {
        INFO(who << " " << number);
        CHECK(journal.left.contains({who, number}));
    }
    county.restart();
    CHECK(county.disclosures({{"exempt", "yes"}}) == all);
    // What waits may be on its way: only with the switch.
    const auto with_owed = county.disclosures({{"exempt", "yes"}, {"owed", "yes"}});
    CHECK(with_owed.size() >= all.size());
    for (const json::object& line : all) {
        CHECK(text(line, "left") != "owed");
    }
}

TEST_CASE("each law lists its own, and the exempt only when asked", "[daemon]") {
    BusyCounty county;
    county.grant();
    county.hearing("h1");
    county.visit("ada");
    county.acknowledge(county.outbox("ana").last_number, "ana");
    county.acknowledge(1);
    const auto summary = [&](const follower::Arguments& arguments) {
        std::set<std::string> lines;
        for (const json::object& line : county.disclosures(arguments)) {
            lines.insert(text(line, "recipient") + " " + text(line, "kind") + " " +
                         text(line, "form") + " " + text(line, "exempt"));
        }
        return lines;
    };
    using Set = std::set<std::string>;
    const std::string visit = "ana AppointmentBooked full ";
    CHECK(summary({{"regime", "part2"}}).contains(visit));
    CHECK_FALSE(summary({{"regime", "part2"}}).contains("clinic HearingScheduled full "));
    CHECK(summary({{"regime", "hipaa"}}) == Set{});
    CHECK(summary({{"regime", "hipaa"}, {"exempt", "yes"}}).contains(visit + "treatment"));
    CHECK(summary({{"regime", "all"}}).contains("clinic HearingScheduled full "));

    for (const json::object& line : county.disclosures({})) {
        if (text(line, "kind") == "AppointmentBooked") {
            CHECK(text(line, "consent") == "paper-1, Part2Specific");
            CHECK(text(line, "purpose") == "Treatment");
        } else if (text(line, "kind") == "HearingScheduled" && text(line, "recipient") == "ana") {
            CHECK(text(line, "agreement") == "court and office");
            CHECK(text(line, "purpose") == "CareCoordination");
        }
        CHECK(text(line, "at") == "2026-03-02T08:00:00-05:00");
    }
    CHECK(county.disclosures({{"to", "2026-03-02"}}).empty());
    CHECK(county.disclosures({{"from", "2026-03-03"}}).empty());
    CHECK_FALSE(county.disclosures({{"from", "2026-03-02"}, {"to", "2026-03-03"}}).empty());
    CHECK(county
              .answer({"disclosures",
                       {{"client", "ada"},
                        {"regime", "none"},
                        {follower::kReason, "the client asked for it"}},
                       {StaffRole::Supervisor, "sue", {}}})
              .refusal.field == "regime");
}

TEST_CASE("an alert that time alone raised and told is in the list and in the trail", "[daemon]") {
    BusyCounty county;
    county.hearing("h1");  // in two weeks: a week before it somebody has to tell the client
    county.wait(std::chrono::days{8});
    county.acknowledge(county.outbox("ana").last_number, "ana");
    const auto lines = county.disclosures({});
    const auto alert = std::ranges::find_if(
        lines, [](const json::object& line) { return text(line, "form") == "alert"; });
    REQUIRE(alert != lines.end());
    CHECK(text(*alert, "kind") == "CourtAppearanceUpcoming");
    CHECK(text(*alert, "recipient") == "ana");
}

}  // namespace carehub::daemon
