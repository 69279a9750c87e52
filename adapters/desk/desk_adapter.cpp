#include "adapters/desk/desk_adapter.hpp"

#include <algorithm>
#include <set>

#include "adapters/desk/channel_sender.hpp"
#include "adapters/desk/hook_carrier.hpp"
#include "adapters/desk/limits.hpp"
#include "adapters/desk/mail_carrier.hpp"
#include "adapters/desk/persons.hpp"
#include "adapters/kit/file.hpp"
#include "hub/base/log.hpp"

namespace carehub::adapters::desk {
namespace {

namespace fs = std::filesystem;

/// The hub's time; what it said last holds while it is away.
class HubClock {
public:
    HubClock(const std::function<Result<UtcTime>()>& ask, const Clock& clock)
        : ask_(ask), clock_(clock), now_(clock.now()) {}

    /// Nothing while a hub is there that has not said it yet. While none is, nothing depends on it,
    /// and asking would take time.
    std::optional<UtcTime> now(bool is_hub_there) {
        if (is_hub_there && clock_.steady() >= ask_at_) {
            const Result<UtcTime> told = ask_();
            is_told_ = is_told_ || told.has_value();
            now_ = told.value_or(now_);
            ask_at_ = is_told_ ? clock_.steady() + Micros(kHubTimeEvery) : Micros{0};
        }
        return is_told_ || !is_hub_there ? std::optional(now_) : std::nullopt;
    }

private:
    const std::function<Result<UtcTime>()>& ask_;
    const Clock& clock_;
    UtcTime now_;
    bool is_told_ = false;
    Micros ask_at_{0};
};

class Desk {
public:
    Desk(DeskParts parts, Counts& counts)
        : parts_(std::move(parts)),
          counts_(counts),
          persons_({parts_.config, directory_, parts_.state_folder, clock_, random_}) {}

    Status open() {
        CAREHUB_TRY(File lock, File::open(parts_.state_folder / "lock", OpenFor::Writing));
        if (const Status locked = lock.lock(); !locked) {
            return fail(locked.error().code, "another desk runs with this configuration");
        }
        lock_.emplace(std::move(lock));
        CAREHUB_TRY(directory_, StaffDirectory::read(parts_.config.directory, parts_.config.zone));
        CAREHUB_TRY_DONE(persons_.open_folder());
        CAREHUB_TRY_DONE(open_channels());
        CAREHUB_TRY_DONE(persons_.add(parts_.link_file));
        for (const fs::path& link : parts_.config.links) {
            CAREHUB_TRY_DONE(persons_.add(link));
        }
        return persons_.sweep();
    }

    Status run(const std::atomic<bool>& stop) {
        HubClock hub(parts_.now, clock_);
        parts_.on_ready(persons_.all().size());
        while (!stop) {
            parts_.on_round();
            look_at_directory();
            CAREHUB_TRY_DONE(turn(hub));
        }
        return {};
    }

private:
    Status open_channels() {
        const DeskConfig& config = parts_.config;
        const auto serve = [&](Channel channel, Carrier& carrier, std::string from) {
            senders_.push_back(std::make_unique<ChannelSender>(ChannelSender::Parts{
                channel, carrier, clock_, counts_, config.text, std::move(from)}));
        };
        if (config.mail) {
            CAREHUB_TRY(mail_, open_mail(*config.mail, clock_));
            serve(Channel::Mail, *mail_, config.mail->from);
        }
        if (config.webhook) {
            CAREHUB_TRY(hook_, open_hook(*config.webhook));
            serve(Channel::Webhook, *hook_, {});
        }
        return {};
    }

    Status turn(HubClock& hub) {
        const bool is_hub_there = std::ranges::any_of(
            persons_.all(), [](const auto& person) { return person->has_session(); });
        const std::optional<UtcTime> now = hub.now(is_hub_there);
        return now ? round(*now) : Status{};
    }

    Status round(UtcTime now) {
        const bool is_busy =
            std::ranges::any_of(senders_, [](const auto& one) { return one->is_busy(); });
        std::chrono::milliseconds timeout = is_busy ? kBusyRound : kRound;
        std::vector<Addressee> addressees;
        for (const auto& person : persons_.all()) {
            CAREHUB_TRY_DONE(serve(*person, now, timeout, addressees));
            timeout = addressees.empty() ? timeout : std::chrono::milliseconds{0};
        }
        for (const auto& sender : senders_) {
            CAREHUB_TRY_DONE(sender->step(now, addressees));
        }
        return addressees.empty()
                   ? fail(ErrorCode::Unavailable, "the hub admits none of the links any more")
                   : Status{};
    }

    Status serve(Person& person, UtcTime now, std::chrono::milliseconds timeout,
                 std::vector<Addressee>& addressees) {
        if (left_.contains(&person)) {
            return {};
        }
        const StaffEntry* const entry = directory_.find(person.name());
        const Status done = person.step(now, *entry, timeout);
        if (!done) {
            return leave(person, done.error());
        }
        addressees.push_back({&person, entry});
        return {};
    }

    /// One link that ended is no reason to tell the others nothing.
    Status leave(Person& person, const Error& error) {
        if (error.code != ErrorCode::Unavailable) {
            return tl::unexpected<Error>(error);
        }
        log::error("desk", "a person is served no longer: " + error.context);
        left_.insert(&person);
        return person.close_feed();
    }

    /// What cannot be read, or lacks somebody who is served, may be half written: it waits.
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
        changed_ = changed;
        auto read = StaffDirectory::read(parts_.config.directory, parts_.config.zone);
        if (!read) {
            return log::warning("desk", "the directory stays as it was: " + read.error().context);
        }
        const bool knows_all = std::ranges::all_of(persons_.all(), [&](const auto& person) {
            return (*read).find(person->name()) != nullptr;
        });
        if (!knows_all) {
            return log::warning("desk",
                                "the directory stays as it was: staff.csv lacks a person who is "
                                "served; take the link out of the configuration and start again");
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
    Persons persons_;
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
