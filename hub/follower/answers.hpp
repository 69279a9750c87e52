// Answers to staff's questions, as JSON lines of the shapes the README promises to scripts.
//
// Contract: read only. Each line is one JSON object: keys in snake_case, times ISO 8601 with offset.
// A question that cannot be answered gets a refusal. The questions: alerts, alert, client, consents,
// roster, trail_client, trail_event, fate, partners, rules, counts, status.
// Threads: the follower's.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "hub/follower/alert_text.hpp"
#include "hub/model/refusal.hpp"

namespace carehub::follower {

using Arguments = std::map<std::string, std::string>;

struct Answer {
    std::vector<std::string> lines;
    Refusal refusal;
};

/// What the asker may read: everything, or one case manager's own clients.
struct Reader {
    StaffRole role = StaffRole::Unset;
    std::string name;
};

struct Asked {
    std::string name;
    Arguments arguments;
    Reader reader;
};

class Answers {
public:
    /// `client_id` derives a client's id from its name in the roster.
    Answers(const Follower& follower, const EntryReader& entries,
            std::function<ClientId(std::string_view)> client_id)
        : follower_(follower), entries_(entries), client_id_(std::move(client_id)) {}

    [[nodiscard]] Answer answer(const Asked& asked) const;
    /// The one client the question is about; none when it is about none or many.
    [[nodiscard]] ClientId client_of(const Asked& asked) const;

private:
    const Follower& follower_;
    const EntryReader& entries_;
    std::function<ClientId(std::string_view)> client_id_;
};

}  // namespace carehub::follower
