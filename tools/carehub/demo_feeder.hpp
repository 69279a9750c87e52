// Feeds the county through its real doors, a day at a time: HL7 messages over MLLP, files into the
// watched folders, what staff wrote over the admin link, what staff do by commands of their own.
//
// Contract: feed() returns when everything of the day has the hub's receipt. A message is sent
// again when the hub was killed under it.
// Errors: Timeout, Unavailable; Invalid when the hub refuses the clock.
// Threads: confined to one thread, beside one that waits for an answer while the hub is killed.
// Lifetime: borrows all it is given.
#pragma once

#include "adapters/clinic/mllp_client.hpp"
#include "tools/carehub/demo_adapters.hpp"
#include "tools/carehub/demo_hub.hpp"
#include "tools/carehub/demo_kills.hpp"
#include "tools/carehub/demo_probe.hpp"
#include "tools/carehub/demo_setup.hpp"

namespace carehub::tool::demo {

/// What was handed over, and how the clinic's messages were answered.
struct Fed {
    std::uint64_t messages = 0;
    std::uint64_t files = 0;
    std::uint64_t staff_events = 0;
    std::uint64_t acts = 0;  ///< commands that staff gave
    std::uint64_t messages_refused = 0;
    std::uint64_t sent_again = 0;
};

/// HL7 messages of all days.
[[nodiscard]] Result<std::uint64_t> count_messages(const DemoFolder& folder, unsigned days);

struct Feeding {
    const DemoFolder& folder;
    HubProcess& hub;
    Adapters& adapters;
    adapters::HubClient& admin;
    DetectionProbe& probe;
    KillPlan& kills;
};

class Feeder {
public:
    explicit Feeder(const Feeding& feeding) : with_(feeding) {}

    [[nodiscard]] Status move_clock(UtcTime time);
    [[nodiscard]] Status feed(unsigned day);
    [[nodiscard]] const Fed& fed() const { return fed_; }

private:
    [[nodiscard]] Status feed_clinic(unsigned day);
    [[nodiscard]] Status feed_files(unsigned day);
    [[nodiscard]] Status feed_staff(unsigned day);
    [[nodiscard]] Status feed_acts(unsigned day);
    [[nodiscard]] Status send(const std::string& message);
    [[nodiscard]] Result<std::string> exchange(const std::string& message,
                                               std::optional<std::chrono::microseconds> kill_after);
    [[nodiscard]] Status kill_hub(std::chrono::microseconds after);

    Feeding with_;
    std::optional<adapters::clinic::MllpClient> clinic_;
    Fed fed_;
};

}  // namespace carehub::tool::demo
