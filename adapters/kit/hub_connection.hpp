// One principal's session with the hub, kept alive: what ZmqHubLink and HubClient have in common.
//
// Contract: keeps schemas/PROTOCOL.md from the client's side: Hello and Welcome, a new socket when
// there is no answer or no sign of life, pauses that grow, heartbeats, batches, credit. Submissions
// and commands get the session's next ticket; when a session is lost, so are the unanswered
// tickets, and `opened` in the news says that a new one began. Errors: a Goodbye that no retry can
// heal: AnotherWriter (a second adapter with this key), Unsupported (protocol version), Unavailable
// (key not admitted any more). A hub whose history is not the one this side knows, by its own word
// (HistoryDiffers) or by its checkpoints, needs people: that is told in the log once and by trouble(),
// and tried again every 5 s; no session opens until then. Threads: confined to one thread.
#pragma once

#include <chrono>
#include <deque>
#include <memory>
#include <optional>
#include <span>

#include "adapters/kit/checkpoint_memory.hpp"
#include "adapters/kit/last_receipt.hpp"
#include "adapters/kit/link_file.hpp"
#include "hub/base/clock.hpp"
#include "hub/base/random.hpp"
#include "hub/codec/control.hpp"
#include "hub/codec/frame.hpp"
#include "hub/model/notice.hpp"
#include "hub/model/receipt.hpp"
#include "hub/transport/context.hpp"
#include "hub/transport/socket.hpp"

namespace carehub::adapters {

struct ConnectionOptions {
    LinkFile link;
    codec::Purpose purpose = codec::Purpose::Unset;
    std::string software = "carehub";
    LastReceipt last_receipt = {};                     ///< told in every Hello
    std::optional<CheckpointMemory> checkpoints = {};  ///< of who keeps what the hub signs
};

/// What came from the hub since the last call.
struct ConnectionNews {
    bool opened = false;
    bool resend = false;            ///< with `opened`: Welcome asks for all that is kept
    std::vector<Receipt> receipts;  ///< tickets of this session
    std::vector<Notice> notices;
    std::vector<codec::AnswerPart> answers;
    bool caught_up = false;

    [[nodiscard]] bool empty() const {
        return !opened && receipts.empty() && notices.empty() && answers.empty() && !caught_up;
    }
};

class HubConnection {
public:
    [[nodiscard]] static Result<HubConnection> open(ConnectionOptions options);
    HubConnection(HubConnection&&) = default;
    // Assigning would end the old context while the old socket still uses it.
    HubConnection& operator=(HubConnection&&) = delete;
    ~HubConnection() = default;

    [[nodiscard]] bool is_open() const { return state_ == State::Open; }
    /// Submissions and commands that may be sent now; 0 while there is no session.
    [[nodiscard]] std::size_t credit() const { return is_open() ? credit_ : 0; }
    [[nodiscard]] const codec::Welcome& welcome() const { return welcome_; }

    /// Takes an encoded Submission or Command; returns its ticket. Requires credit() > 0.
    [[nodiscard]] std::uint64_t queue(codec::FrameType type, Bytes slice);
    /// A control message, after what is queued. Requires is_open().
    [[nodiscard]] Status send(codec::FrameType type, const Result<Bytes>& slice);
    /// Several of a type that holds a batch, in as few frames as they fit into. Requires is_open().
    [[nodiscard]] Status send_batch(codec::FrameType type, std::span<const Bytes> slices);
    /// Asks for notices, in place of what was asked for before in this session, and gives credit.
    /// Requires is_open().
    [[nodiscard]] Status subscribe(const codec::Subscribe& subscription, std::uint32_t credit);
    // Of notices of this session; without one nothing is told: what is not acknowledged comes again
    // and can be judged then.
    [[nodiscard]] Status give_notice_credit(std::uint32_t notices);
    [[nodiscard]] Status acknowledge(std::uint64_t number);
    [[nodiscard]] Status tell_verdicts(std::span<const codec::Verdict> verdicts);
    /// What the next Hello tells.
    void tell_last_receipt(const LastReceipt& last) { options_.last_receipt = last; }
    /// Waits up to `timeout` for news.
    [[nodiscard]] Result<ConnectionNews> poll(std::chrono::milliseconds timeout);
    /// Says goodbye; the object is not used after it.
    void leave();
    [[nodiscard]] int wake_fd() const { return socket_ ? socket_->fd() : -1; }
    /// Why no session opens though the hub is there: its history differs. Empty: it does not.
    [[nodiscard]] const std::string& trouble() const { return trouble_; }

private:
    /// Doubting: welcomed by a hub whose checkpoint differed; it has to show a better one first.
    enum class State : std::uint8_t { Pausing, Greeting, Doubting, Open };
    struct Waiting {
        codec::FrameType type;
        std::uint64_t ticket;
        Bytes slice;
    };

    HubConnection(ConnectionOptions options, transport::Context context)
        : options_(std::move(options)), context_(std::move(context)) {}

    [[nodiscard]] bool has_session() const {
        return state_ == State::Open || state_ == State::Doubting;
    }
    [[nodiscard]] LastReceipt newest_known() const;
    [[nodiscard]] Status step(ConnectionNews& news);
    [[nodiscard]] Status greet();
    void lose();
    [[nodiscard]] Status read(ConnectionNews& news);
    [[nodiscard]] Status take(const codec::Frame& frame, ConnectionNews& news);
    [[nodiscard]] Status take_welcome(ByteView slice, ConnectionNews& news);
    [[nodiscard]] Status take_goodbye(ByteView slice);
    [[nodiscard]] Status take_heartbeat(ByteView slice, ConnectionNews& news);
    [[nodiscard]] Status take_proof(const codec::AnswerPart& part, ConnectionNews& news);
    [[nodiscard]] Status judge(CheckpointMemory::Next next, ConnectionNews& news);
    void open_session(ConnectionNews& news);
    [[nodiscard]] Status put(codec::FrameType type, const Result<Bytes>& slice);
    void wait_for_people(std::string why);
    [[nodiscard]] Status keep_alive();
    [[nodiscard]] Status flush();
    void frame_waiting();
    [[nodiscard]] Bytes next_batch();
    [[nodiscard]] std::chrono::milliseconds wait_max() const;

    ConnectionOptions options_;
    transport::Context context_;
    std::optional<transport::Socket> socket_;  // after the context: closed before it
    SystemClock clock_;
    SystemRandom random_;
    State state_ = State::Pausing;
    codec::Welcome welcome_;
    std::uint64_t nonce_ = 0;
    std::size_t credit_ = 0;
    std::uint64_t last_ticket_ = 0;
    std::uint64_t newest_notice_ = 0;  ///< of this subscription
    std::deque<Waiting> waiting_;
    std::deque<Bytes> frames_;  // ready, in order; the socket had no room
    std::string trouble_;
    bool proof_asked_ = false;
    Micros retry_at_{0};
    Micros pause_{0};
    Micros greeted_at_{0};
    Micros heard_at_{0};
    Micros spoke_at_{0};
};

}  // namespace carehub::adapters
