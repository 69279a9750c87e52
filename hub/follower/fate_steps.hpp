// What became of one event, or of one alert, step by step, from the entries that tell of it.
//
// Contract: internal to the follower's answers. A step is
// {"at","step","recipient","result","reason"}:
//   received        accepted, or refused with the reason
//   routed          the form, or "withheld" with the class of the reason, or "routed to nobody"
//   raised          an alert's state
//   queued, held    with a number of the recipient's own, or behind a refused one of the same person
//   delivered       an acknowledgement covers it
//   confirmed       the recipient's own system has it
//   refused         by the recipient: reason, field and words
//   retried, dead-lettered, replayed, discarded, withdrawn
//   waiting         where it is now: paused, not acknowledged, another attempt or replay to come
// The sender of an event is told less: staff are "case manager", whom it was withheld from is not
// named, no number and no words of others are told. Nor is the operator told words of others.
// Threads: the follower's.
#pragma once

#include <map>
#include <set>

#include "hub/follower/acknowledgements.hpp"
#include "hub/follower/answering.hpp"

namespace carehub::follower {

/// Entries about one client that a question looks at, the newest; more is no fate but a history.
inline constexpr std::size_t kFateEntriesMax = 10'000;

enum class Audience : std::uint8_t { Staff, Operator, Sender };

class FateSteps {
public:
    FateSteps(const Answering& question, Audience audience)
        : question_(question),
          audience_(audience),
          acknowledgements_(question.follower.passages(), question.entries) {}

    [[nodiscard]] json::array of_event(const Entry& event);
    [[nodiscard]] json::array of_alert(const AlertId& alert, ClientId client);

private:
    using Key = std::pair<PartnerId, std::uint64_t>;
    struct Step {
        std::uint64_t entry = 0;
        json::object told;
    };

    void trace(ClientId client);
    [[nodiscard]] std::set<Sequence> entries(ClientId client) const;
    [[nodiscard]] bool is_ours(const Delivery& delivery) const;

    void tell_entry(const Entry& entry);
    void tell_received(const Entry& entry);
    void tell_routes(const Entry& entry);
    void tell_alert(const Entry& entry);
    void tell_delivery(const Entry& entry, const Delivery& delivery);
    void tell_letter(const Entry& entry, const DeadLetter& letter);
    void tell_verdict(const Entry& entry);
    void tell_held(const Entry& entry);
    void tell_outcomes();
    void tell_acknowledged(const Key& delivery);
    void tell_lanes_and_replays();

    void add(const Entry& entry, std::string_view step, std::string recipient, std::string result,
             std::string reason = "");
    void add_now(std::string recipient, std::string result);
    [[nodiscard]] std::string at(UtcTime time) const;
    [[nodiscard]] std::string name_of_recipient(PartnerId recipient) const;
    [[nodiscard]] std::string name_of_recipient(Symbol recipient) const;
    [[nodiscard]] std::string number_text(std::string_view before, std::uint64_t number) const;
    [[nodiscard]] std::string words_of(const Refusal& refusal) const;

    const Answering& question_;
    Audience audience_;
    Acknowledgements acknowledgements_;
    Sequence event_;
    std::optional<AlertId> alert_;
    Symbol zone_;
    std::map<Key, DeliveryState> numbers_;  ///< as last decided
    std::vector<Step> steps_;
};

}  // namespace carehub::follower
