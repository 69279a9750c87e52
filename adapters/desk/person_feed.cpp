#include "adapters/desk/person_feed.hpp"

#include "adapters/desk/limits.hpp"
#include "adapters/kit/file.hpp"
#include "adapters/kit/sha256.hpp"
#include "hub/base/log.hpp"

namespace carehub::adapters::desk {
namespace {

constexpr Micros kTryAgain = std::chrono::seconds{1};
/// While much changes at once, the file is written so often.
constexpr Micros kPublishEvery = std::chrono::seconds{1};

bool is_of(const CalendarEntry& entry, const std::string& client) {
    return entry.content.clients.size() == 1 && entry.content.clients.front() == client;
}

}  // namespace

PersonFeed::PersonFeed(Parts parts)
    : parts_(std::move(parts)), calendar_(parts_.keep), frame_(ical_frame()) {}

Result<std::unique_ptr<PersonFeed>> PersonFeed::create(Parts parts) {
    std::unique_ptr<PersonFeed> feed(new PersonFeed(std::move(parts)));
    CAREHUB_TRY(const std::string text, feed->parts_.state.load());
    RecentDeliveries none;
    CAREHUB_TRY_DONE(read_calendar(text, feed->calendar_, none));
    CAREHUB_TRY(feed->shown_, feed->parts_.token.read());
    return feed;
}

void PersonFeed::set_clients(const std::set<std::string>& clients) {
    marked_.insert(clients.begin(), clients.end());
    std::set<std::string> left;
    for (const auto& [key, entry] : calendar_.entries()) {
        for (const std::string& client : entry.content.clients) {
            if (!clients.contains(client)) {
                left.insert(client);
            }
        }
    }
    for (const std::string& client : left) {
        update(client, {});
    }
    for (const std::string& key : calendar_.outlived(now_)) {
        calendar_.remove(key);
        is_published_ = false;
    }
}

Status PersonFeed::step(bool may_ask, const Ask& ask) {
    look_at_token();
    if (may_ask && asked_.empty() && !marked_.empty() && parts_.clock.steady() >= ask_at_) {
        CAREHUB_TRY_DONE(ask_next(ask));
    }
    publish_when_due();
    return {};
}

Status PersonFeed::ask_next(const Ask& ask) {
    asked_ = *marked_.begin();
    marked_.erase(marked_.begin());
    return ask("client", {{"client", asked_}},
               [this](const StaffAnswer* answer) { answered(std::exchange(asked_, {}), answer); });
}

void PersonFeed::answered(const std::string& client, const StaffAnswer* answer) {
    if (answer == nullptr) {
        marked_.insert(client);
        ask_at_ = parts_.clock.steady() + kTryAgain;
        return;
    }
    const auto record = answer->lines.empty()
                            ? std::nullopt
                            : read_client_record(answer->lines.front(), parts_.style);
    // A supervisor may read every client, and has their own alone in the calendar.
    const bool is_own = record && record->owner == parts_.person;
    update(client, is_own ? record->entries : std::vector<ClientEntry>{});
}

void PersonFeed::update(const std::string& client, const std::vector<ClientEntry>& entries) {
    std::set<std::string> keys;
    for (const ClientEntry& entry : entries) {
        const Hash256 digest = sha256(as_bytes(client + "\n" + entry.key));
        const std::string key = to_hex(parts_.sealing.keyed_hashes(digest).front());
        if (end_of(entry.content) + parts_.keep > now_) {
            keys.insert(key);
            put(key, entry.content);
        }
    }
    std::vector<CalendarEntry> lost;
    for (const auto& [key, entry] : calendar_.entries()) {
        if (is_of(entry, client) && !keys.contains(key)) {
            lost.push_back(entry);
        }
    }
    for (const CalendarEntry& entry : lost) {
        lose(entry);
    }
}

void PersonFeed::put(const std::string& key, const EntryContent& content) {
    const CalendarEntry* const known = calendar_.find(key);
    if (known != nullptr && known->content == content) {
        return;
    }
    if (known == nullptr && calendar_.entries().size() >= kCalendarEntriesMax) {
        return;
    }
    calendar_.put({key, known == nullptr ? 0 : known->sequence + 1, now_, 0, {}, content});
    is_published_ = false;
}

/// Nothing is left of what it was: it may be gone because the person may not know of it.
void PersonFeed::lose(const CalendarEntry& entry) {
    if (entry.content.status == EntryStatus::Cancelled) {
        return;
    }
    is_published_ = false;
    if (end_of(entry.content) <= now_) {
        return calendar_.remove(entry.key);
    }
    CalendarEntry gone = entry;
    ++gone.sequence;
    gone.stamp = now_;
    gone.content.status = EntryStatus::Cancelled;
    gone.content.takes_time = false;
    gone.content.summary = "Cancelled";
    gone.content.location.clear();
    gone.content.description.clear();
    calendar_.put(std::move(gone));
}

void PersonFeed::look_at_token() {
    if (parts_.clock.steady() < look_at_) {
        return;
    }
    look_at_ = parts_.clock.steady() + kTokenLookEvery;
    const Result<std::string> token = parts_.token.read();
    if (!token) {
        return remember(tl::unexpected<Error>(token.error()));
    }
    if (*token == shown_) {
        return;
    }
    if (const Status gone = take_away(); !gone) {
        return remember(gone);  // the old one first
    }
    shown_ = *token;
    is_published_ = false;
    publish_at_ = Micros{0};
    log::info("desk", "a calendar has a new token; the old one is gone");
}

void PersonFeed::publish_when_due() {
    const Micros now = parts_.clock.steady();
    const bool is_settled = marked_.empty() && asked_.empty();
    if (is_published_ || (!is_settled && now < publish_at_)) {
        return;
    }
    if (told_trouble_ && now < publish_at_) {
        return;
    }
    publish_at_ = now + kPublishEvery;
    remember(publish());
}

Status PersonFeed::publish() {
    CAREHUB_TRY_DONE(parts_.folder.files.open());
    std::string text = frame_.begin;
    for (const auto& [key, entry] : calendar_.entries()) {
        text += ical_event(entry);
    }
    text += frame_.end;
    CAREHUB_TRY_DONE(parts_.folder.files.write(file_name(), as_bytes(text)));
    CAREHUB_TRY_DONE(parts_.state.save(to_text(calendar_, {})));
    is_published_ = true;
    return {};
}

void PersonFeed::remember(const Status& done) {
    if (!done && !told_trouble_) {
        log::warning("desk", "a calendar cannot be shown for now: " + done.error().context);
    }
    told_trouble_ = !done;
}

Status PersonFeed::take_away() {
    if (!remove_file(parts_.folder.path / file_name())) {
        return fail(ErrorCode::Io, "an old calendar cannot be removed");
    }
    return sync_folder(parts_.folder.path);
}

}  // namespace carehub::adapters::desk
