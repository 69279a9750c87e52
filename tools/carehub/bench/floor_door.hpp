// The partners' side of `bench floor`: frames in, batches on; receipts and notices out.
//
// Contract: a session is opened by Hello and may then publish, or subscribe; nothing is checked
// that the transport does not check. Never waits: what finds no room on a connection waits here,
// and while more than kWaitingFramesMax frames do, no publisher is read.
// Errors: as RouterPort. Threads: confined to one thread.
#pragma once

#include <deque>
#include <map>

#include "hub/transport/router_port.hpp"
#include "tools/carehub/bench/floor_journal.hpp"

namespace carehub::tool::bench {

class FloorDoor {
public:
    explicit FloorDoor(transport::RouterPort& port) : port_(port) {}

    /// What has arrived, at most kInputEventsMax events of it.
    [[nodiscard]] Result<FloorBatch> read();
    [[nodiscard]] Status release(const FloorCommit& commit);
    [[nodiscard]] Status flush();

    [[nodiscard]] bool wants_input() const;
    [[nodiscard]] bool has_waiting() const { return waiting_ > 0; }
    /// More stood there when read() stopped.
    [[nodiscard]] bool has_more() const { return more_; }

private:
    [[nodiscard]] Status answer_hello(const std::string& to, ByteView slice);
    [[nodiscard]] Status control(const std::string& from, const codec::Frame& frame);
    [[nodiscard]] Status send_receipts(const FloorCommit& commit);
    [[nodiscard]] Status send_notices(const FloorCommit& commit);
    [[nodiscard]] Status deliver(const Bytes& frame);
    [[nodiscard]] Status send(const std::string& to, Bytes frame);

    transport::RouterPort& port_;
    std::vector<std::string> subscribers_;
    std::map<std::string, std::deque<Bytes>> outboxes_;
    std::size_t waiting_ = 0;
    bool more_ = false;
};

}  // namespace carehub::tool::bench
