// Tells what is due over one channel, to one person at a time: what interrupts by itself, the rest
// together.
//
// Contract: nothing is handed over of which the hub did not say, within kTruthValid before, that it
// is open, this person's to deal with, and permitted. What is not so goes out of what waits. A
// message that is taken or refused for good is done with; one that finds its receiver away is tried
// again, later each time, for kTryFor. A digest asks for the truth before it troubles the mail
// server as well: most of what waits for hours is dealt with by then.
// Errors: of step(): those of a person's state. Threads: confined to one thread.
// Lifetime: borrows the carrier, clock, counts and persons; persons outlive what is under way.
#pragma once

#include <span>

#include "adapters/desk/carrier.hpp"
#include "adapters/desk/letter.hpp"
#include "adapters/desk/person.hpp"
#include "adapters/kit/counts.hpp"

namespace carehub::adapters::desk {

/// A person with what the directory says of them now.
struct Addressee {
    Person* person;
    const StaffEntry* entry;
};

class ChannelSender {
public:
    struct Parts {
        Channel channel;
        Carrier& carrier;
        const Clock& clock;  ///< the system's
        Counts& counts;
        TextAmount text = TextAmount::Full;
        std::string from;  ///< of mail
    };
    explicit ChannelSender(Parts parts) : parts_(std::move(parts)) {}

    /// `now`: the hub's time.
    [[nodiscard]] Status step(UtcTime now, std::span<const Addressee> persons);
    [[nodiscard]] bool is_busy() const { return phase_ != Phase::Resting; }

private:
    enum class Phase : std::uint8_t { Resting, Checking, Reaching, Asking, HandedOver };

    void pick(UtcTime now, std::span<const Addressee> persons);
    [[nodiscard]] bool is_due(const WaitingNotice& notice, const Addressee& one, UtcTime now) const;
    void begin(const Addressee& one, std::vector<WaitingNotice> notices);
    void reach();
    void ask_all(Phase phase);
    void ask_more();
    void told(std::size_t index, const Truth& truth);
    void all_told();
    void hand_over();
    [[nodiscard]] OutMessage message() const;
    [[nodiscard]] OutMessage mail(const LetterStyle& style) const;
    [[nodiscard]] OutMessage post(const LetterStyle& style) const;
    void done(const CarrierAnswer& answer);
    void put_off();
    void give_up(const WaitingNotice& notice);
    void rest();
    void note(Status status);

    Parts parts_;
    Phase phase_ = Phase::Resting;
    Person* person_ = nullptr;
    std::string address_;
    std::vector<WaitingNotice> notices_;  ///< under way
    std::vector<Situation> situations_;   ///< of them, as they are
    std::size_t asked_ = 0;
    std::size_t answered_ = 0;
    std::uint64_t round_ = 0;  ///< answers to an earlier one are too late
    bool is_unanswered_ = false;
    Micros first_answer_at_{0};  ///< steady
    Micros asked_at_{0};         ///< steady
    std::string told_trouble_;   ///< in the log already
    Status health_;
};

}  // namespace carehub::adapters::desk
