#include "tools/carehub/bench/publisher.hpp"

#include <algorithm>

#include "tools/carehub/bench/wire_session.hpp"

namespace carehub::tool::bench {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kRound{20};
constexpr milliseconds kGoLook{1};
/// The hub has stopped answering when nothing came for so long.
constexpr milliseconds kStalledMax{30'000};
constexpr std::int64_t kMicrosPerSecond = 1'000'000;

/// What this publisher sends, encoded one behind the other.
struct Work {
    std::vector<std::uint64_t> indexes;
    Bytes bytes;
    std::vector<std::size_t> ends;

    [[nodiscard]] ByteView slice(std::size_t place) const {
        const std::size_t begin = place == 0 ? 0 : ends[place - 1];
        return ByteView(bytes).subspan(begin, ends[place] - begin);
    }
};

Result<Work> make_work(const PeerTask& task) {
    CAREHUB_TRY(const auto dialect, make_dialect(task.wire, task.options, task.base));
    Work work;
    work.bytes.reserve(task.options.events / task.options.publishers * task.options.size_bytes);
    for (std::uint64_t index = 0; index < task.options.events; ++index) {
        if (publisher_of(index, task.options) == task.number) {
            CAREHUB_TRY(const Bytes slice, dialect->event(index));
            work.indexes.push_back(index);
            work.bytes.insert(work.bytes.end(), slice.begin(), slice.end());
            work.ends.push_back(work.bytes.size());
        }
    }
    return work;
}

class Publisher {
public:
    Publisher(const PeerTask& task, const Work& work, const Dialect& dialect, WireSession& session,
              const SharedTimes& times)
        : task_(task), work_(work), dialect_(dialect), session_(session), times_(times) {
        window_ = std::min<std::uint64_t>(task.options.window, session.submit_credit());
        rate_ = task.options.rate / std::max<std::uint64_t>(task.options.publishers, 1);
    }

    Result<Published> run() {
        CAREHUB_TRY_DONE(wait_for_go());
        last_receipt_us_ = times_.begin_us();
        while (answered_ < work_.indexes.size()) {
            CAREHUB_TRY(const bool sent, send_next());
            CAREHUB_TRY_DONE(
                session_.poll(sent ? milliseconds{0} : wait_max(),
                              [this](const codec::Frame& frame) { return take(frame); }));
            if (now_us() - last_receipt_us_ > Micros(kStalledMax).count() && answered_ < sent_) {
                return fail(ErrorCode::Timeout, "no receipt came any more");
            }
        }
        published_.end_us = last_receipt_us_;
        return published_;
    }

private:
    [[nodiscard]] static std::int64_t now_us() { return SystemClock().steady().count(); }

    Status wait_for_go() {
        while (times_.begin_us() == 0) {
            CAREHUB_TRY_DONE(session_.poll(kGoLook, [](const codec::Frame&) { return Status{}; }));
        }
        return {};
    }

    /// When the event at that place is due; the present without a rate.
    [[nodiscard]] std::int64_t due_us(std::size_t place, std::int64_t now) const {
        return rate_ == 0
                   ? now
                   : times_.begin_us() + static_cast<std::int64_t>(place) * kMicrosPerSecond /
                                             static_cast<std::int64_t>(rate_);
    }

    [[nodiscard]] milliseconds wait_max() const {
        if (rate_ == 0 || sent_ == work_.indexes.size() || sent_ - answered_ >= window_) {
            return kRound;
        }
        const std::int64_t now = now_us();
        const Micros left{std::max<std::int64_t>(due_us(sent_, now) - now, 0)};
        return std::min(kRound, std::chrono::ceil<milliseconds>(left));
    }

    Result<bool> send_next() {
        if (session_.is_crowded()) {
            return false;
        }
        const std::int64_t now = now_us();
        const std::uint64_t first = sent_;
        const std::uint64_t end = std::min<std::uint64_t>(
            {first + task_.options.batch, answered_ + window_, work_.indexes.size()});
        codec::FrameWriter writer(codec::FrameType::Submit, first + 1);
        while (sent_ < end && due_us(sent_, now) <= now && writer.add(work_.slice(sent_))) {
            times_.published()[work_.indexes[sent_]] = due_us(sent_, now);
            ++sent_;
        }
        if (sent_ == first) {
            return false;
        }
        ++published_.messages;
        CAREHUB_TRY_DONE(session_.send(writer.finish()));
        return true;
    }

    Status take(const codec::Frame& frame) {
        if (frame.type != codec::FrameType::Receipts) {
            return {};
        }
        last_receipt_us_ = now_us();
        for (const ByteView slice : frame.slices) {
            CAREHUB_TRY(const SeenReceipt receipt, dialect_.receipt(slice));
            if (receipt.ticket == 0 || receipt.ticket > sent_) {
                return fail(ErrorCode::Invalid, "a receipt for what was not sent");
            }
            times_.receipted()[work_.indexes[receipt.ticket - 1]] = last_receipt_us_;
            published_.last_sequence = std::max(published_.last_sequence, receipt.sequence);
            ++answered_;
        }
        return {};
    }

    const PeerTask& task_;
    const Work& work_;
    const Dialect& dialect_;
    WireSession& session_;
    const SharedTimes& times_;
    std::uint64_t window_ = 0;
    std::uint64_t rate_ = 0;
    std::uint64_t sent_ = 0;
    std::uint64_t answered_ = 0;
    std::int64_t last_receipt_us_ = 0;
    Published published_;
};

}  // namespace

Result<Published> publish(const PeerTask& task, const SharedTimes& times,
                          const std::function<void()>& on_ready) {
    CAREHUB_TRY(const Work work, make_work(task));
    CAREHUB_TRY(const auto dialect, make_dialect(task.wire, task.options, task.base));
    CAREHUB_TRY(WireSession session, WireSession::open(task.link, codec::Purpose::Adapter));
    on_ready();
    CAREHUB_TRY(const Published published, Publisher(task, work, *dialect, session, times).run());
    CAREHUB_TRY_DONE(session.leave());
    return published;
}

}  // namespace carehub::tool::bench
