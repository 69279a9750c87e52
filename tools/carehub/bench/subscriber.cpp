#include "tools/carehub/bench/subscriber.hpp"

#include "hub/base/limits.hpp"
#include "tools/carehub/bench/wire_session.hpp"

namespace carehub::tool::bench {
namespace {

using codec::FrameType;
using std::chrono::milliseconds;

constexpr milliseconds kRound{20};
/// The hub has stopped delivering when nothing came for so long after the word to go.
constexpr milliseconds kStalledMax{30'000};

class Subscriber {
public:
    Subscriber(const PeerTask& task, const Dialect& dialect, WireSession& session,
               const SharedTimes& times)
        : task_(task),
          dialect_(dialect),
          session_(session),
          times_(times),
          arrived_(times.arrived(task.number)) {}

    Status subscribe() {
        CAREHUB_TRY_DONE(session_.send(FrameType::Subscribe, codec::encode_subscribe({})));
        CAREHUB_TRY_DONE(
            session_.send(FrameType::Credit, codec::encode_credit({kNoticeCreditMax})));
        const std::int64_t begin = now_us();
        while (!caught_up_) {
            CAREHUB_TRY_DONE(poll());
            if (now_us() - begin > Micros(kStalledMax).count()) {
                return fail(ErrorCode::Timeout, "the hub did not take the subscription");
            }
        }
        return {};
    }

    Result<std::int64_t> run() {
        last_us_ = now_us();
        while (delivered_ < task_.options.events) {
            CAREHUB_TRY_DONE(poll());
            if (times_.begin_us() != 0 && now_us() - last_us_ > Micros(kStalledMax).count()) {
                return fail(ErrorCode::Timeout, "a subscriber got " + std::to_string(delivered_) +
                                                    " events, then none");
            }
        }
        return last_us_;
    }

private:
    [[nodiscard]] static std::int64_t now_us() { return SystemClock().steady().count(); }

    Status poll() {
        const std::uint64_t before = delivered_;
        CAREHUB_TRY_DONE(
            session_.poll(kRound, [this](const codec::Frame& frame) { return take(frame); }));
        return delivered_ == before ? Status{} : answer();
    }

    /// Acknowledges what this round brought; gives back half of the room at once, so that the hub
    /// need not wait for a single unit.
    Status answer() {
        CAREHUB_TRY_DONE(
            session_.send(FrameType::Acknowledge, codec::encode_acknowledge({number_})));
        last_us_ = now_us();
        if (used_ >= kNoticeCreditMax / 2) {
            CAREHUB_TRY_DONE(session_.send(FrameType::Credit, codec::encode_credit({used_})));
            used_ = 0;
        }
        return {};
    }

    Status take(const codec::Frame& frame) {
        caught_up_ = caught_up_ || frame.type == FrameType::CaughtUp;
        if (frame.type != FrameType::Notices) {
            return {};
        }
        const std::int64_t came = now_us();
        const std::size_t count = frame.slices.size();
        CAREHUB_TRY(const SeenNotice first, dialect_.notice(frame.slices.front()));
        CAREHUB_TRY(const SeenNotice last, dialect_.notice(frame.slices.back()));
        const bool is_run = task_.options.publishers == 1 && last.index - first.index == count - 1;
        for (std::size_t i = 0; i < count; ++i) {
            std::uint64_t index = first.index + i;
            if (!is_run) {
                CAREHUB_TRY(const SeenNotice seen, dialect_.notice(frame.slices[i]));
                index = seen.index;
            }
            CAREHUB_TRY_DONE(mark(index, came));
        }
        used_ += static_cast<std::uint32_t>(count);
        number_ = last.number != 0 ? last.number : delivered_;
        return {};
    }

    Status mark(std::uint64_t index, std::int64_t came) {
        if (index >= arrived_.size() || arrived_[index] != 0) {
            return fail(ErrorCode::Invalid,
                        "event " + std::to_string(index) + " came twice, or is none of this run");
        }
        arrived_[index] = came;
        ++delivered_;
        return {};
    }

    const PeerTask& task_;
    const Dialect& dialect_;
    WireSession& session_;
    const SharedTimes& times_;
    std::span<std::int64_t> arrived_;
    std::uint64_t delivered_ = 0;
    std::uint64_t number_ = 0;
    std::uint32_t used_ = 0;
    std::int64_t last_us_ = 0;
    bool caught_up_ = false;
};

}  // namespace

Result<std::int64_t> subscribe(const PeerTask& task, const SharedTimes& times,
                               const std::function<void()>& on_ready) {
    CAREHUB_TRY(const auto dialect, make_dialect(task.wire, task.options, task.base));
    CAREHUB_TRY(WireSession session, WireSession::open(task.link, codec::Purpose::Watch));
    Subscriber subscriber(task, *dialect, session, times);
    CAREHUB_TRY_DONE(subscriber.subscribe());
    on_ready();
    CAREHUB_TRY(const std::int64_t last_us, subscriber.run());
    CAREHUB_TRY_DONE(session.leave());
    return last_us;
}

}  // namespace carehub::tool::bench
