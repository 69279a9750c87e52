#include "adapters/desk/persons.hpp"

#include <algorithm>

#include "adapters/kit/file.hpp"
#include "adapters/kit/zmq_staff_link.hpp"
#include "hub/base/log.hpp"

namespace carehub::adapters::desk {

namespace fs = std::filesystem;

Status Persons::open_folder() {
    const auto& calendar = parts_.config.calendar;
    if (!calendar) {
        return {};
    }
    folder_.emplace(FeedFolder{DropFolder(calendar->folder, calendar->readers), calendar->folder});
    const Status opened = folder_->files.open();
    return opened ? opened
                  : fail(opened.error().code,
                         "the calendars' folder cannot be used: it has to be "
                         "there, and one desk's alone");
}

bool Persons::has(const std::string& name) const {
    return std::ranges::any_of(persons_, [&](const auto& one) { return one->name() == name; });
}

Status Persons::add(const fs::path& link_file) {
    const std::string file = link_file.filename().string();
    CAREHUB_TRY(LinkFile link, read_link_file(link_file));
    if (link.kind != PartnerKind::Staff) {
        return fail(ErrorCode::Invalid, file +
                                            " is no link of a person: `carehub partner add NAME "
                                            "--kind staff` makes one");
    }
    const StaffEntry* const entry = parts_.directory.find(link.name);
    if (entry == nullptr) {
        return fail(ErrorCode::Invalid, "staff.csv does not know the person of " + file);
    }
    if (has(link.name)) {
        return fail(ErrorCode::Invalid, file + " is of a person served already");
    }
    if (parts_.config.mail && entry->email.empty()) {
        log::warning("desk", "staff.csv tells no mail address of the person of " + file);
    }
    const fs::path folder = parts_.state_folder / link_file.stem();
    CAREHUB_TRY_DONE(make_folder(folder));
    return serve(std::move(link), folder);
}

Status Persons::serve(LinkFile link, const fs::path& folder) {
    const DeskConfig& config = parts_.config;
    CAREHUB_TRY(Sealing opened,
                Sealing::of_link({link.secret_key, link.earlier_keys}, parts_.random));
    Sealing& sealing = *sealings_.emplace_back(std::make_unique<Sealing>(std::move(opened)));
    Waiting waiting(DropState(folder / "waiting", kWaitingState, sealing));
    CAREHUB_TRY_DONE(waiting.load());
    const std::string name = link.name;
    CAREHUB_TRY(auto feed, open_feed(name, folder, sealing));
    CAREHUB_TRY(auto wire, connect_staff(std::move(link), "carehub adapter desk"));
    const OpenChannels channels{config.mail.has_value(), config.webhook.has_value()};
    const auto refresh =
        config.calendar ? config.calendar->refresh : std::chrono::minutes{kFeedRefresh};
    persons_.push_back(std::make_unique<Person>(
        Person::Parts{name, std::move(wire), std::move(waiting), sealing, parts_.clock, channels,
                      config.digest_at, config.shows_names, std::move(feed), refresh}));
    return {};
}

Result<std::unique_ptr<PersonFeed>> Persons::open_feed(const std::string& name,
                                                       const fs::path& folder, Sealing& sealing) {
    const auto& calendar = parts_.config.calendar;
    if (!calendar) {
        return std::unique_ptr<PersonFeed>{};
    }
    // The person is made after the calendar, and is the one who knows names.
    const auto client_shown = [this, index = persons_.size()](const std::string& client) {
        return index < persons_.size() ? persons_[index]->client_shown(client) : client;
    };
    CAREHUB_TRY(auto feed,
                PersonFeed::create({name,
                                    *folder_,
                                    DropState(folder / "calendar", kCalendarState, sealing),
                                    sealing,
                                    parts_.clock,
                                    FeedToken(folder / "token", parts_.random),
                                    calendar->keep,
                                    {calendar->shows_places, client_shown}}));
    calendars_.insert(feed->file_name());
    return feed;
}

Status Persons::sweep() {
    if (!folder_) {
        return {};
    }
    std::error_code error;
    for (const auto& file : fs::directory_iterator(folder_->path, error)) {
        const fs::path& path = file.path();
        const bool is_calendar = path.extension() == ".ics" && is_token(path.stem().string());
        if (is_calendar && !calendars_.contains(path.filename().string()) && !remove_file(path)) {
            return fail(ErrorCode::Io, "an old calendar cannot be removed");
        }
    }
    return {};
}

}  // namespace carehub::adapters::desk
