// What one entry did, as lines of the communication trail.
//
// Contract: a line is {"sequence","at","kind","client","partner","actor","event_id","recipient",
// "result","detail"} and, where they are known, "actor_kind", "actor_role", "recipient_kind",
// "purpose" and "act": the question that was read, or what a command did. A reading in an emergency is
// of the kind BreakGlass; `detail` says to supervisors why something was read.
// Threads: the follower's. Lifetime: borrows the question.
#pragma once

#include "hub/follower/answering.hpp"

namespace carehub::follower {

/// Words what one entry decided about one client: an entry may speak of several.
class TrailSteps {
public:
    TrailSteps(const Answering& question, ClientId about) : question_(question), about_(about) {}

    /// All of it.
    void add(const Entry& entry, std::vector<std::string>& lines) const;
    /// What its sender did.
    void add_act(const Entry& entry, std::vector<std::string>& lines) const;
    /// What that recipient was sent, and what became of it.
    void add_notices(const Entry& entry, PartnerId recipient,
                     std::vector<std::string>& lines) const;

private:
    [[nodiscard]] json::object step(const Entry& entry, std::string_view kind,
                                    const Partner* recipient, std::string_view result,
                                    std::string_view detail) const;
    void add_routes(const Entry& entry, std::vector<std::string>& lines) const;
    void add_alerts(const Entry& entry, std::vector<std::string>& lines) const;
    void add_notice(const Entry& entry, const Delivery& delivery,
                    std::vector<std::string>& lines) const;
    [[nodiscard]] std::string detail_of(const Entry& entry) const;
    [[nodiscard]] std::string act_of(const Entry& entry) const;
    [[nodiscard]] std::string name_of_alert(AlertId id) const;

    const Answering& question_;
    ClientId about_;
};

/// Somebody read about a client that is not its own.
[[nodiscard]] bool broke_glass(const Entry& entry);
/// Why it was read; "" when nobody said, and of an erased client.
[[nodiscard]] std::string reason_of_read(const Entry& entry);

}  // namespace carehub::follower
