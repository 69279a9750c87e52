#include "adapters/desk/desk_adapter.hpp"

#include <algorithm>
#include <set>

#include "adapters/desk/channel_sender.hpp"
#include "adapters/desk/hook_carrier.hpp"
#include "adapters/desk/limits.hpp"
#include "adapters/desk/mail_carrier.hpp"
#include "adapters/kit/file.hpp"
#include "adapters/kit/zmq_staff_link.hpp"
#include "hub/base/log.hpp"

namespace carehub::adapters::desk {
namespace {

namespace fs = std::filesystem;

/// What a person's parts borrow, and the person.
struct Served {
    std::unique_ptr<Sealing> sealing;
    std::unique_ptr<Person> person;
};

/// The hub lives in real time but in a simulation; what it said last holds while it is away.
class HubClock {
public:
    HubClock(const std::function<Result<UtcTime>()>& ask, const Clock& clock)
        : ask_(ask), clock_(clock), now_(clock.now()) {}

    UtcTime now() {
        if (clock_.steady() >= ask_at_) {
            const Result<UtcTime> told = ask_();
            now_ = told.value_or(now_);
            ask_at_ = clock_.steady() + Micros(kHubTimeEvery);
        }
        return now_;
    }

private:
    const std::function<Result<UtcTime>()>& ask_;
    const Clock& clock_;
    UtcTime now_;
    Micros ask_at_{0};
};

class Desk {
public:
    Desk(DeskParts parts, Counts& counts) : parts_(std::move(parts)), counts_(counts) {}

    Status open() {
        CAREHUB_TRY(File lock, File::open(parts_.state_folder / "lock", OpenFor::Writing));
        CAREHUB_TRY_DONE(lock.lock());
        lock_.emplace(std::move(lock));
        CAREHUB_TRY(directory_, StaffDirectory::read(parts_.config.directory, parts_.config.zone));
        if (const auto& calendar = parts_.config.calendar) {
            folder_.emplace(
                FeedFolder{DropFolder(calendar->folder, calendar->readers), calendar->folder});
            CAREHUB_TRY_DONE(folder_->files.open());
        }
        CAREHUB_TRY_DONE(open_channels());
        CAREHUB_TRY_DONE(open_person(parts_.link_file));
        for (const fs::path& link : parts_.config.links) {
            CAREHUB_TRY_DONE(open_person(link));
        }
        return sweep();
    }

    Status run(const std::atomic<bool>& stop) {
        HubClock hub(parts_.now, clock_);
        parts_.on_ready(served_.size());
        while (!stop) {
            parts_.on_round();
            CAREHUB_TRY_DONE(round(hub.now()));
        }
        return {};
    }

private:
    Status open_channels() {
        const DeskConfig& config = parts_.config;
        if (config.mail) {
            CAREHUB_TRY(mail_, open_mail(*config.mail, clock_));
            senders_.push_back(std::make_unique<ChannelSender>(ChannelSender::Parts{
                Channel::Mail, *mail_, clock_, counts_, config.text, config.mail->from}));
        }
        if (config.webhook) {
            CAREHUB_TRY(hook_, open_hook(*config.webhook));
            senders_.push_back(std::make_unique<ChannelSender>(
                ChannelSender::Parts{Channel::Webhook, *hook_, clock_, counts_, config.text, {}}));
        }
        return {};
    }

    Status open_person(const fs::path& file) {
        CAREHUB_TRY(LinkFile link, read_link_file(file));
        if (link.kind != PartnerKind::Staff) {
            return fail(ErrorCode::Invalid, file.filename().string() +
                                                " is no link of a person: `carehub partner add "
                                                "NAME --kind staff` makes one");
        }
        const StaffEntry* const entry = directory_.find(link.name);
        if (entry == nullptr) {
            return fail(ErrorCode::Invalid,
                        "staff.csv does not know the person of " + file.filename().string());
        }
        if (!names_.insert(link.name).second) {
            return fail(ErrorCode::Invalid,
                        file.filename().string() + " is of a person served already");
        }
        if (parts_.config.mail && entry->email.empty()) {
            log::warning("desk", "staff.csv tells no mail address of the person of " +
                                     file.filename().string());
        }
        const fs::path folder = parts_.state_folder / file.stem();
        CAREHUB_TRY_DONE(make_folder(folder));
        return serve(std::move(link), folder);
    }

    Status serve(LinkFile link, const fs::path& folder) {
        const DeskConfig& config = parts_.config;
        CAREHUB_TRY(Sealing opened,
                    Sealing::of_link({link.secret_key, link.earlier_keys}, random_));
        auto sealing = std::make_unique<Sealing>(std::move(opened));
        Waiting waiting(DropState(folder / "waiting", kWaitingState, *sealing));
        CAREHUB_TRY_DONE(waiting.load());
        const std::string name = link.name;
        CAREHUB_TRY(auto feed, open_feed(name, folder, *sealing));
        CAREHUB_TRY(auto wire, connect_staff(std::move(link), "carehub adapter desk"));
        const OpenChannels channels{config.mail.has_value(), config.webhook.has_value()};
        auto person = std::make_unique<Person>(Person::Parts{
            name, std::move(wire), std::move(waiting), *sealing, clock_, channels, config.digest_at,
            config.shows_names, std::move(feed),
            config.calendar ? config.calendar->refresh : std::chrono::minutes{kFeedRefresh}});
        served_.push_back({std::move(sealing), std::move(person)});
        return {};
    }

    Result<std::unique_ptr<PersonFeed>> open_feed(const std::string& name, const fs::path& folder,
                                                  Sealing& sealing) {
        const auto& calendar = parts_.config.calendar;
        if (!calendar) {
            return std::unique_ptr<PersonFeed>{};
        }
        const std::size_t index = served_.size();
        EntryStyle style;
        style.shows_places = calendar->shows_places;
        style.client_shown = [this, index](const std::string& client) {
            return index < served_.size() ? served_[index].person->client_shown(client) : client;
        };
        CAREHUB_TRY(
            auto feed,
            PersonFeed::create(
                {name, *folder_, DropState(folder / "calendar", kCalendarState, sealing), sealing,
                 clock_, FeedToken(folder / "token", random_), calendar->keep, std::move(style)}));
        calendars_.insert(feed->file_name());
        return feed;
    }

    /// Calendars of persons who are served no longer; the folder is this desk's alone.
    Status sweep() {
        std::error_code error;
        for (const auto& file :
             folder_ ? fs::directory_iterator(folder_->path, error) : fs::directory_iterator()) {
            const fs::path path = file.path();
            if (path.extension() == ".ics" && is_token(path.stem().string()) &&
                !calendars_.contains(path.filename().string()) && !remove_file(path)) {
                return fail(ErrorCode::Io, "an old calendar cannot be removed");
            }
        }
        return {};
    }

    Status round(UtcTime now) {
        look_at_directory();
        std::vector<Addressee> addressees;
        const bool is_busy =
            std::ranges::any_of(senders_, [](const auto& one) { return one->is_busy(); });
        std::chrono::milliseconds timeout = is_busy ? kBusyRound : kRound;
        for (Served& one : served_) {
            const StaffEntry* const entry = directory_.find(one.person->name());
            if (is_left(*one.person)) {
                continue;
            }
            const Status done = one.person->step(now, *entry, timeout);
            timeout = std::chrono::milliseconds{0};
            if (!done) {
                CAREHUB_TRY_DONE(leave(*one.person, done.error()));
                continue;
            }
            addressees.push_back({one.person.get(), entry});
        }
        for (const auto& sender : senders_) {
            CAREHUB_TRY_DONE(sender->step(now, addressees));
        }
        return left_.size() < served_.size()
                   ? Status{}
                   : fail(ErrorCode::Unavailable, "the hub admits none of the links any more");
    }

    [[nodiscard]] bool is_left(const Person& person) const { return left_.contains(&person); }

    /// One link that ended is no reason to tell the others nothing.
    Status leave(Person& person, const Error& error) {
        if (error.code != ErrorCode::Unavailable) {
            return tl::unexpected<Error>(error);
        }
        log::error("desk", "a person is served no longer: " + error.context);
        left_.insert(&person);
        return person.close_feed();
    }

    void look_at_directory() {
        if (clock_.steady() < look_at_) {
            return;
        }
        look_at_ = clock_.steady() + Micros(kDirectoryLookEvery);
        std::error_code error;
        const auto changed = fs::last_write_time(parts_.config.directory / "staff.csv", error);
        if (error || changed == changed_) {
            return;
        }
        auto read = StaffDirectory::read(parts_.config.directory, parts_.config.zone);
        if (!read) {
            return log::warning("desk", "the directory stays as it was: " + read.error().context);
        }
        changed_ = changed;
        const bool knows_all = std::ranges::all_of(
            names_, [&](const std::string& name) { return (*read).find(name) != nullptr; });
        if (!knows_all) {
            return log::warning("desk",
                                "staff.csv lacks a person who is served: it stays as it was; take "
                                "the link out of the configuration and start again");
        }
        directory_ = std::move(*read);
    }

    DeskParts parts_;
    Counts& counts_;
    SystemClock clock_;
    SystemRandom random_;
    std::optional<File> lock_;
    StaffDirectory directory_;
    fs::file_time_type changed_{};
    Micros look_at_{0};
    std::optional<FeedFolder> folder_;
    std::set<std::string> calendars_;
    std::set<std::string> names_;
    std::vector<Served> served_;
    std::set<const Person*> left_;
    std::unique_ptr<Carrier> mail_;
    std::unique_ptr<Carrier> hook_;
    std::vector<std::unique_ptr<ChannelSender>> senders_;
};

}  // namespace

Status run_desk(DeskParts parts, const std::atomic<bool>& stop, Counts& counts) {
    CAREHUB_TRY_DONE(make_folder(parts.state_folder));
    Desk desk(std::move(parts), counts);
    CAREHUB_TRY_DONE(desk.open());
    return desk.run(stop);
}

}  // namespace carehub::adapters::desk
