// One question being answered: what the answers of all families share.
//
// Contract: internal to the follower's answers. A function per question takes the Answering and
// gives the Answer.
#pragma once

#include <boost/json.hpp>

#include "hub/core/permit.hpp"
#include "hub/follower/alert_text.hpp"
#include "hub/follower/answers.hpp"
#include "hub/follower/entry_reader.hpp"
#include "hub/follower/follower.hpp"
#include "hub/follower/sight.hpp"

namespace carehub::follower {

namespace json = boost::json;

struct Answering {
    const Follower& follower;
    const EntryReader& entries;
    const Asked& asked;
    ClientId client;  ///< the one the question names
    const Hashes& hashes;
    /// It is asked only whether the question is refused: an answer ends where it is not.
    bool only_whether = false;
    const core::State& state = follower.state();

    /// "" when not given.
    [[nodiscard]] std::string argument(const std::string& name) const;
    /// The entry of the event that the question names: by `event` (h-12), or by the partner's own
    /// `id` with `partner` (of who is no staff: itself) and `feed` (by default of the partner's
    /// name).
    [[nodiscard]] std::optional<Sequence> event() const;
    /// Told of their own clients, and of partners and feeds by what concerns these.
    [[nodiscard]] bool by_case_manager() const {
        return asked.reader.role == StaffRole::CaseManager;
    }
    [[nodiscard]] bool by_supervisor() const { return asked.reader.role == StaffRole::Supervisor; }
    [[nodiscard]] PersonPtr person(const ClientId& id) const {
        return entries.person(follower.people(), id);
    }
    [[nodiscard]] Sight sight(const core::Case& subject) const;
    /// The asker is told who the client is.
    [[nodiscard]] bool may_read(const core::Case& subject) const;
    /// And more than metadata.
    [[nodiscard]] bool tells(const core::Case& subject) const;
    /// Whom an alert went to reads what it says, where the client may be disclosed to them.
    [[nodiscard]] bool tells(const core::Case& subject, const Alert& alert) const;
    /// Whether it is told what became of an event: so is who keeps the feeds and the hub.
    [[nodiscard]] bool may_ask_fate(const core::Case& subject) const;
    /// The case of the client that the question names, when the asker may read it; else the
    /// refusal.
    [[nodiscard]] tl::expected<const core::Case*, Answer> readable_case() const;
    /// The same, where the answer is nothing but what somebody said of the client: a supervisor says
    /// why.
    [[nodiscard]] tl::expected<const core::Case*, Answer> told_case() const;
    /// As that, of an erased client too: its trail alone is still told.
    [[nodiscard]] tl::expected<const core::Case*, Answer> known_case() const;
    /// A case manager reads of a client what may be disclosed to the client's owner, nothing more;
    /// nobody reads what a feed in rehearsal told.
    [[nodiscard]] bool reader_sees(const core::Case& subject, const Obligation& obligation) const;
    [[nodiscard]] bool reader_sees(const core::Case& subject,
                                   const core::Disclosed& disclosed) const;
    /// An alert is a disclosure of what it is about, after its end too.
    [[nodiscard]] bool reader_sees(const core::Case& subject, const Alert& alert) const;
    [[nodiscard]] bool reader_sees(const core::Case& subject, const Duty& duty) const;
    [[nodiscard]] bool reader_sees(const Entry& entry) const;
    /// It was told of this client under an identifier that is not the client's any more.
    [[nodiscard]] bool is_anothers(const Entry& entry) const;
};

/// What a supervisor is answered who did not say why.
[[nodiscard]] Answer ask_reason();
[[nodiscard]] Answer refuse(RefusalReason reason, std::string field, std::string fix);
[[nodiscard]] std::string text_of(const json::object& object);
/// "h-12"
[[nodiscard]] std::string event_id_of(Sequence sequence);
[[nodiscard]] std::optional<Sequence> parse_event_id(std::string_view text);
/// "all", "metadata" or "emergency"
[[nodiscard]] std::string_view shown_word(Sight sight);
/// "full", "reduced", "busy_only"
[[nodiscard]] std::string form_word(Form form);
/// Neither closed nor suppressed.
[[nodiscard]] bool is_current(AlertState state);
/// As people write names: letters in any case, with - or _ between the words or without.
[[nodiscard]] bool is_same_word(std::string_view a, std::string_view b);

template <class Strings>
[[nodiscard]] json::array array_of(const Strings& strings) {
    json::array out;
    for (const auto& item : strings) {
        out.emplace_back(item);
    }
    return out;
}

/// Of a LinkBreach: `told`, who was told which events under the link that ended, and `looked`, who
/// read about the client meanwhile. Of other alerts nothing.
void add_review(const Answering& question, const core::Case& subject, const Alert& alert,
                json::object& shown);

/// Of a BreakGlass: `opened_by` and `reason`, of the last reading. Of other alerts nothing.
void add_break_glass(const Answering& question, const core::Case& subject, const Alert& alert,
                     json::object& shown);

/// The legal holds that stand on the client or on one that is one with it, oldest first:
/// `{"since","by","reason","entry"}`; as metadata without the reason.
[[nodiscard]] json::array holds_of(const Answering& question, const core::Case& subject);

// The questions.
[[nodiscard]] Answer answer_alerts(const Answering& question);
[[nodiscard]] Answer answer_alert(const Answering& question);
[[nodiscard]] Answer answer_board(const Answering& question);
[[nodiscard]] Answer answer_report(const Answering& question);
[[nodiscard]] Answer answer_client(const Answering& question);
[[nodiscard]] Answer answer_consents(const Answering& question);
[[nodiscard]] Answer answer_whatif(const Answering& question);
[[nodiscard]] Answer answer_roster(const Answering& question);
[[nodiscard]] Answer answer_trail_client(const Answering& question);
[[nodiscard]] Answer answer_trail_event(const Answering& question);
[[nodiscard]] Answer answer_explain(const Answering& question);
[[nodiscard]] Answer answer_trail_export(const Answering& question);
[[nodiscard]] Answer answer_trail_partner(const Answering& question);
[[nodiscard]] Answer answer_trail_staff(const Answering& question);
[[nodiscard]] Answer answer_disclosures(const Answering& question);
[[nodiscard]] Answer answer_fate(const Answering& question);
[[nodiscard]] Answer answer_fate_of(const Answering& question);
[[nodiscard]] Answer answer_deadletters(const Answering& question);
[[nodiscard]] Answer answer_deadletter(const Answering& question);
[[nodiscard]] Answer answer_partners(const Answering& question);
[[nodiscard]] Answer answer_agreements(const Answering& question);
[[nodiscard]] Answer answer_rehearsal(const Answering& question);
[[nodiscard]] Answer answer_review(const Answering& question);
[[nodiscard]] Answer answer_retention(const Answering& question);
[[nodiscard]] Answer answer_rules(const Answering& question);
[[nodiscard]] Answer answer_counts(const Answering& question);
[[nodiscard]] Answer answer_status(const Answering& question);

}  // namespace carehub::follower
