// Sends a file of HL7 v2 messages over MLLP, one after the other, each waiting for its answer: what
// the demonstration and the simulated county use in place of a clinic's own engine.
//
// Errors: Io, NotFound for the file; Unavailable when the connection cannot be made or ends;
// Timeout without an answer in kClientAnswerMax; Damaged when an answer is no acknowledgment.
// Messages before the failed one were sent and counted as the error's context says. Threads: any
// thread; blocks.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "hub/base/error.hpp"

namespace carehub::adapters::clinic {

/// How the messages were answered; the enhanced codes (CA, CE, CR) count with AA, AE, AR.
struct Sent {
    std::uint64_t sent = 0;
    std::uint64_t aa = 0;
    std::uint64_t ae = 0;
    std::uint64_t ar = 0;
    friend bool operator==(const Sent&, const Sent&) = default;
};

/// One connection to a receiver.
class MllpClient {
public:
    [[nodiscard]] static Result<MllpClient> connect(const std::string& host, std::uint16_t port);
    MllpClient(MllpClient&&) noexcept;
    MllpClient& operator=(MllpClient&&) noexcept;
    ~MllpClient();

    /// Sends the message in its frame and gives back the body of the answer.
    [[nodiscard]] Result<std::string> exchange(std::string_view message);
    /// Sends bytes as they are, for tests of the framing.
    [[nodiscard]] Status send_raw(std::string_view bytes);
    [[nodiscard]] Result<std::string> receive();

private:
    struct Wire;
    explicit MllpClient(std::unique_ptr<Wire> wire);
    std::unique_ptr<Wire> wire_;
};

/// MSA-1 of an answer; empty when it is none.
[[nodiscard]] std::string answer_code(std::string_view answer);

[[nodiscard]] Result<Sent> send_file(const std::filesystem::path& path, const std::string& host,
                                     std::uint16_t port);

}  // namespace carehub::adapters::clinic
