// What the kit's tests share: a folder that goes away, a clock that is set, a hub in memory.
#pragma once

#include <stdlib.h>

#include <chrono>
#include <deque>
#include <filesystem>
#include <fstream>
#include <functional>
#include <set>
#include <sstream>
#include <string>

#include "adapters/kit/hub_link.hpp"
#include "adapters/kit/sealing.hpp"
#include "hub/base/check.hpp"
#include "hub/base/clock.hpp"
#include "tests/support/temporary_folder.hpp"

namespace carehub::adapters {

inline void write_text(const std::filesystem::path& file, const std::string& text) {
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
}

inline std::string read_text(const std::filesystem::path& file) {
    std::ostringstream text;
    text << std::ifstream(file, std::ios::binary).rdbuf();
    return text.str();
}

/// As of a link whose secret key is all of this byte, and was all of the others before.
inline Sealing sealing_of(std::uint8_t byte, std::initializer_list<std::uint8_t> earlier = {},
                          SealingKey which = SealingKey::Feed) {
    LinkSecrets secrets;
    secrets.now.fill(byte);
    for (const std::uint8_t one : earlier) {
        secrets.earlier.emplace_back().fill(one);
    }
    SystemRandom random;
    auto sealing = Sealing::of_link(secrets, random, which);
    CAREHUB_CHECK(sealing.has_value(), "no sealing");
    return std::move(*sealing);
}

class SetClock final : public Clock {
public:
    [[nodiscard]] UtcTime now() const override { return UtcTime{steady_}; }
    [[nodiscard]] Micros steady() const override { return steady_; }
    void advance(Micros by) { steady_ += by; }

private:
    Micros steady_{1'000'000};
};

/// In place of the codec: the id and the identifiers' values are all a test looks at.
inline Result<Bytes> encode_id(const Submission& submission) {
    std::string text = submission.source_msg_id;
    for (const Identifier& identifier : submission.identifiers) {
        text += '\n' + identifier.value;
    }
    return Bytes(text.begin(), text.end());
}

inline Result<Submission> decode_id(ByteView bytes) {
    std::istringstream text{std::string(as_text(bytes))};
    Submission submission;
    std::getline(text, submission.source_msg_id);
    for (std::string value; std::getline(text, value);) {
        submission.identifiers.push_back({"test", "PI", value});
    }
    return submission;
}

/// A hub that knows ids: the first time accepted, then duplicate; what it refuses is set by test.
class MemoryHub final : public HubLink {
public:
    std::size_t credit_max = 4;
    bool connected = true;
    bool drops_receipts = false;  ///< the hub takes submissions, but its answers are lost
    bool asks_for_all = false;    ///< the next session begins with a Welcome that asks to resend
    LastReceipt told;             ///< what the next Hello would tell
    std::function<RoutedTo(const std::string& id)> routes = [](const std::string&) {
        return RoutedTo::Recipients;
    };
    std::function<Refusal(const std::string& id)> refuses = [](const std::string&) {
        return Refusal{};
    };

    std::vector<std::string> seen;      ///< ids in the order they came
    std::vector<std::string> accepted;  ///< ids in the order they counted

    /// Set back to what it had accepted first: later ids are news again.
    void restore(std::size_t kept) {
        accepted.resize(kept);
        known_ = {accepted.begin(), accepted.end()};
        asks_for_all = true;
        reconnect();
    }
    void reconnect() {
        connected = true;
        drops_receipts = false;
        reconnected_ = true;
        unanswered_ = 0;
        last_ticket_ = 0;  // perhaps of another adapter
        receipts_.clear();
    }

    [[nodiscard]] std::size_t credit() const override {
        return connected && !reconnected_ ? credit_max - unanswered_ : 0;
    }
    [[nodiscard]] Status submit(std::uint64_t ticket, const Submission& submission) override {
        CAREHUB_CHECK(credit() > 0, "submitted without credit");
        CAREHUB_CHECK(ticket > last_ticket_, "tickets have to ascend");
        last_ticket_ = ticket;
        ++unanswered_;
        Receipt receipt;
        receipt.ticket = ticket;
        const std::string& id = submission.source_msg_id;
        seen.push_back(id);
        receipt.refusal = refuses(id);
        if (receipt.refusal.reason != RefusalReason::None) {
            receipt.status = ReceiptStatus::Refused;
        } else if (known_.insert(id).second) {
            receipt.status = ReceiptStatus::Accepted;
            accepted.push_back(id);
            receipt.sequence = {100 + accepted.size()};
            receipt.root.fill(static_cast<std::uint8_t>(accepted.size()));
            receipt.routed_to = routes(id);
        } else {
            receipt.status = ReceiptStatus::Duplicate;
            receipt.sequence = {9'999};  // of another batch than its root: not to be remembered
        }
        receipts_.push_back(receipt);
        return {};
    }
    [[nodiscard]] Result<LinkNews> poll(std::chrono::milliseconds) override {
        LinkNews news;
        news.reconnected = reconnected_;
        news.resend = reconnected_ && std::exchange(asks_for_all, false);
        reconnected_ = false;
        if (connected && !drops_receipts) {
            news.receipts.assign(receipts_.begin(), receipts_.end());
            unanswered_ -= receipts_.size();
            receipts_.clear();
        }
        return news;
    }
    [[nodiscard]] int wake_fd() const override { return -1; }
    void tell_last_receipt(const LastReceipt& last) override { told = last; }

private:
    std::deque<Receipt> receipts_;
    std::set<std::string> known_;
    std::size_t unanswered_ = 0;
    std::uint64_t last_ticket_ = 0;
    bool reconnected_ = true;
};

}  // namespace carehub::adapters
