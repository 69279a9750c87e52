// Answers to staff's questions, as JSON lines of the shapes the README promises to scripts.
//
// Contract: read only. Each line is one JSON object: keys in snake_case, times ISO 8601 with
// offset. A question that cannot be answered gets a refusal. The questions: alerts, alert, board, report, client,
// consents, consent_whatif, roster, trail_client, trail_event, explain, fate, fate_of, deadletters, deadletter, partners, trail_export, trail_partner, trail_staff, disclosures,
// agreements, rehearsal, retention_due, review, rules, counts, status. Who is no staff is answered fate_of alone.
// Threads: the follower's.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "hub/core/retention.hpp"
#include "hub/model/ids.hpp"
#include "hub/model/receipt.hpp"
#include "hub/model/refusal.hpp"
#include "hub/model/submission.hpp"
#include "hub/model/vocabulary.hpp"

namespace carehub::follower {

class EntryReader;
class Follower;

using Arguments = std::map<std::string, std::string>;

/// An entry, and how many lines of an answer speak of it.
struct ToldEntry {
    Sequence entry;
    std::size_t steps = 0;
};

struct Answer {
    std::vector<std::string> lines;
    Refusal refusal;
    /// What the daemon is to prove, in the order of the lines: of `trail_export` alone.
    std::vector<ToldEntry> to_prove = {};
};

/// Who asks (what they may read: sight.hpp); partners have no role.
struct Reader {
    StaffRole role = StaffRole::Unset;
    std::string name;
    PartnerId id;
};

/// Keyed hashes of what people and partners write, as the door makes them.
struct Hashes {
    std::function<ClientId(std::string_view roster_name)> client;
    std::function<SourceId(PartnerId, std::string_view feed, std::string_view source_msg_id)>
        source;
    std::function<SubjectHash(const Identifier& identifier)> subject;
};

struct Asked {
    std::string name;
    Arguments arguments;
    Reader reader;
    core::RetentionYears keep = {};  ///< as the hub's settings say
};

/// The argument in which the asker says why it reads about a client, and what it says; "" when that is
/// too short or too long (limits.hpp).
inline constexpr const char* kReason = "reason";
[[nodiscard]] std::string reason_of(const Asked& asked);
/// The argument with which a case manager reads, in an emergency, the page of a client that is not its
/// own; it wants a reason, and each reading is told to the client's supervisor.
inline constexpr const char* kBreakGlass = "break_glass";
[[nodiscard]] bool breaks_glass(const Asked& asked);
/// A reason is told and is none, or glass is broken by somebody else, elsewhere or without one; else
/// not a refusal.
[[nodiscard]] Refusal refuse_reason(const Asked& asked);

class Answers {
public:
    Answers(const Follower& follower, const EntryReader& entries, Hashes hashes)
        : follower_(follower), entries_(entries), hashes_(std::move(hashes)) {}

    [[nodiscard]] Answer answer(const Asked& asked) const;
    /// What it would be refused with now; none: it would be told. The long work is left out.
    [[nodiscard]] Refusal refusal(const Asked& asked) const;
    /// The one client the question is about, by its name, by an identifier that is its own now, or by
    /// an event's; none when it is about
    /// none or many.
    [[nodiscard]] ClientId client_of(const Asked& asked) const;

private:
    [[nodiscard]] Answer answer(const Asked& asked, bool only_whether) const;
    [[nodiscard]] ClientId named_client(const Asked& asked) const;

    const Follower& follower_;
    const EntryReader& entries_;
    Hashes hashes_;
};

}  // namespace carehub::follower
