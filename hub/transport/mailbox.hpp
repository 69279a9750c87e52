// A bounded queue between two threads: how owned batches pass from one room's thread to the next.
//
// Contract: first in, first out; never holds more than `capacity`. Once closed nothing enters; what
// is inside can still be taken. `wake_fd()` is readable while something is inside or it is closed,
// so that a thread can wait for its sockets and its mailboxes at once.
// Threads: any number of senders and takers.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <utility>

#include "hub/base/check.hpp"
#include "hub/transport/wake_event.hpp"

namespace carehub::transport {

template <class T>
class Mailbox {
public:
    explicit Mailbox(std::size_t capacity) : capacity_(capacity) {
        CAREHUB_CHECK(capacity > 0, "a mailbox without room carries nothing");
    }

    /// Moves from `item` only when there is room; false when full or closed.
    [[nodiscard]] bool try_push(T& item) {
        const std::scoped_lock lock(mutex_);
        return place(item);
    }

    /// Waits for room; false when the mailbox is closed.
    [[nodiscard]] bool push(T item) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return closed_ || items_.size() < capacity_; });
        return place(item);
    }

    [[nodiscard]] std::optional<T> try_pop() {
        const std::scoped_lock lock(mutex_);
        return take();
    }

    /// Waits up to `timeout`; nothing when none came or the mailbox is closed and empty.
    [[nodiscard]] std::optional<T> pop(std::chrono::milliseconds timeout) {
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, timeout, [this] { return closed_ || !items_.empty(); });
        return take();
    }

    void close() {
        const std::scoped_lock lock(mutex_);
        closed_ = true;
        wake_.signal();
        changed_.notify_all();
    }

    [[nodiscard]] bool is_finished() const {
        const std::scoped_lock lock(mutex_);
        return closed_ && items_.empty();
    }

    [[nodiscard]] bool has_room() const {
        const std::scoped_lock lock(mutex_);
        return !closed_ && items_.size() < capacity_;
    }

    [[nodiscard]] std::size_t size() const {
        const std::scoped_lock lock(mutex_);
        return items_.size();
    }

    [[nodiscard]] int wake_fd() const { return wake_.fd(); }

private:
    bool place(T& item) {
        if (closed_ || items_.size() >= capacity_) {
            return false;
        }
        items_.push_back(std::move(item));
        if (items_.size() == 1) {
            wake_.signal();
        }
        changed_.notify_all();
        return true;
    }

    std::optional<T> take() {
        if (items_.empty()) {
            return std::nullopt;
        }
        std::optional<T> item(std::move(items_.front()));
        items_.pop_front();
        if (items_.empty() && !closed_) {
            wake_.clear();
        }
        changed_.notify_all();
        return item;
    }

    const std::size_t capacity_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;  // room, something to take, or closed
    std::deque<T> items_;
    bool closed_ = false;
    WakeEvent wake_;
};

}  // namespace carehub::transport
