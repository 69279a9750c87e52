// A person's calendar: a file TOKEN.ics in the folder that the agency's web server shows.
//
// Contract: what stands there is what the hub answered about each client when it was last asked:
// when something was told of the client, when the session began, and with each roster. A commitment
// that is gone, or that the person may not know of any more, is shown as cancelled, without what it
// was, until it is kept_for; a change raises SEQUENCE under the same UID, which tells nothing. A new
// token takes the old file away at once. A folder that cannot be written to is tried again.
// Errors: create(): those of state and token. Threads: confined to one thread.
// Lifetime: borrows folder, sealing, clock and randomness.
#pragma once

#include <functional>
#include <memory>
#include <set>

#include "adapters/desk/client_record.hpp"
#include "adapters/desk/feed_token.hpp"
#include "adapters/desk/questions.hpp"
#include "adapters/kit/drop/calendar.hpp"
#include "adapters/kit/drop/drop_file.hpp"
#include "adapters/kit/drop/ical_writer.hpp"

namespace carehub::adapters::desk {

/// The folder of all calendars of a desk.
struct FeedFolder {
    DropFolder files;
    std::filesystem::path path;
};

class PersonFeed {
public:
    struct Parts {
        std::string person;  ///< name in the directory
        FeedFolder& folder;
        DropState state;
        Sealing& sealing;
        const Clock& clock;
        FeedToken token;
        std::chrono::days keep{};
        EntryStyle style;
    };
    using Ask = std::function<Status(std::string, QuestionArguments, Answered)>;

    [[nodiscard]] static Result<std::unique_ptr<PersonFeed>> create(Parts parts);

    /// The hub's time, before anything that is answered at it.
    void tell_time(UtcTime now) { now_ = now; }
    /// Something may have changed about the client.
    void mark(const std::string& client) { marked_.insert(client); }
    /// These are the person's clients; everything about them is asked for again.
    void set_clients(const std::set<std::string>& clients);

    [[nodiscard]] Status step(bool may_ask, const Ask& ask);
    /// The file goes, the token stays.
    [[nodiscard]] Status take_away();
    [[nodiscard]] std::string file_name() const { return shown_ + ".ics"; }

private:
    explicit PersonFeed(Parts parts);

    [[nodiscard]] Status ask_next(const Ask& ask);
    void answered(const std::string& client, const StaffAnswer* answer);
    void update(const std::string& client, const std::vector<ClientEntry>& entries);
    void put(const std::string& key, const EntryContent& content);
    void lose(const CalendarEntry& entry);
    void look_at_token();
    void publish_when_due();
    [[nodiscard]] Status publish();
    void remember(const Status& done);

    Parts parts_;
    Calendar calendar_;
    IcalFrame frame_;
    std::string shown_;  ///< the token under which the calendar is shown
    std::set<std::string> marked_;
    std::string asked_;  ///< the client under question; empty: none
    UtcTime now_ = kUnknownTime;
    Micros ask_at_{0};      ///< steady
    Micros look_at_{0};     ///< steady
    Micros publish_at_{0};  ///< steady
    bool is_published_ = false;
    bool told_trouble_ = false;
};

}  // namespace carehub::adapters::desk
