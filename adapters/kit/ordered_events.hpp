// Events in order, however many: what does not fit the memory is put aside in sorted, sealed runs
// and merged at the end.
//
// Contract: events leave by time, then rank, then source_msg_id. Without a desk they stay in memory
// and are taken as they are; with one they are encoded as they come, and given to it.
// Errors: of add(): Invalid when the event does not encode or is larger than the hub takes (it is
// left out); Io, Damaged, and what the desk says.
// Threads: confined to one thread. Lifetime: borrows the desk; removes its files,
// those of a killed reading at its beginning: a desk is one reading's at a time.
#pragma once

#include <memory>
#include <vector>

#include "adapters/kit/feed_desk.hpp"

namespace carehub::adapters {

struct EventOrder {
    UtcTime at{};
    std::uint8_t rank = 0;
};

class OrderedEvents {
public:
    explicit OrderedEvents(const FeedDesk* desk = nullptr);
    OrderedEvents(const OrderedEvents&) = delete;
    OrderedEvents& operator=(const OrderedEvents&) = delete;
    ~OrderedEvents();

    [[nodiscard]] Status add(EventOrder order, Submission event);
    /// Those of a desk go there, and none is returned.
    [[nodiscard]] Result<std::vector<Submission>> take();

    struct Item {
        EventOrder order;
        std::string id;
        std::unique_ptr<Submission> event;  ///< without a desk
        Bytes encoded;                      ///< with one
    };

private:
    void remove_runs() const;
    Status put_aside();
    Status merge();
    [[nodiscard]] std::filesystem::path run_path(std::size_t run) const;

    const FeedDesk* desk_;
    std::vector<Item> items_;
    std::size_t bytes_ = 0;
    std::size_t runs_ = 0;
};

}  // namespace carehub::adapters
