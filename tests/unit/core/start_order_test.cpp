// The order that State keeps of a client's many obligations is the order they have.
#include <algorithm>
#include <random>

#include <catch2/catch.hpp>

#include "hub/core/case_view.hpp"
#include "hub/core/draft.hpp"

namespace carehub::core {
namespace {

const ClientId kClient{Hash128{1}};

Obligation obligation(std::uint32_t number, std::mt19937& random) {
    Obligation record;
    Hash128 id{};
    id[0] = static_cast<std::uint8_t>(number * 37);  // not in the order of their mention
    id[1] = static_cast<std::uint8_t>(number);
    record.id = ObligationId{id};
    record.start = UtcTime{std::chrono::hours{random() % 50}};
    record.status = static_cast<ObligationStatus>(1 + random() % 11);
    record.told_under = LinkNumber{number % 10 == 3 ? 2U : 1U};
    return record;
}

/// By status, start and id, as a view of records sorted afresh would give them.
std::vector<ObligationId> sorted(const Records<Obligation>& all, ObligationStatus status) {
    std::vector<Obligation> those;
    std::ranges::copy_if(all, std::back_inserter(those),
                         [&](const Obligation& one) { return one.status == status; });
    std::ranges::sort(those, {}, [](const Obligation& one) {
        return std::pair{one.start, one.id};
    });
    std::vector<ObligationId> ids;
    std::ranges::transform(those, std::back_inserter(ids), &Obligation::id);
    return ids;
}

bool is_ordered(const CaseView& view, const Case& subject) {
    for (std::uint8_t status = 0; status < 12; ++status) {
        const auto told = static_cast<ObligationStatus>(status);
        std::vector<ObligationId> ids;
        for (const Obligation* one : view.obligations(told)) {
            ids.push_back(one->id);
        }
        if (ids != sorted(subject.obligations, told)) {
            return false;
        }
    }
    return true;
}

void apply(State& state, Decisions decisions) {
    evolve(state, Sequence{state.last.value + 1}, decisions);
}

}  // namespace

TEST_CASE("a client's obligations are in the order of time, however they came", "[core][order]") {
    std::mt19937 random(11);  // NOLINT(cert-msc51-cpp): the same histories each time
    State state;
    Client client;
    client.id = kClient;
    Decisions made;
    made.clients = {client};
    apply(state, made);
    for (int event = 0; event < 600; ++event) {
        const Obligation told = obligation(static_cast<std::uint32_t>(random() % 150), random);
        Input input;
        Decisions decisions;
        Draft draft(state, input, decisions);
        Case& subject = draft.open(kClient);
        subject.obligations.put(told);
        if (event % 7 == 0) {
            subject.obligations.put(obligation(static_cast<std::uint32_t>(random() % 150), random));
        }
        REQUIRE(is_ordered(CaseView(state, subject, state.now), subject));
        draft.finish();
        apply(state, decisions);
        const Case& kept = *state.find_case(kClient);
        REQUIRE(is_ordered(CaseView(state, kept, state.now), kept));
        if (event == 400) {
            Decisions gone;
            gone.departures = {{kClient, LinkNumber{2}}};
            apply(state, gone);
            REQUIRE(is_ordered(CaseView(state, kept, state.now), kept));
        }
    }
    REQUIRE(state.find_case(kClient)->obligations.size() > StartOrder::kKeptFrom);
}

}  // namespace carehub::core
