#include "adapters/kit/drop/ical_target.hpp"

#include "adapters/kit/limits.hpp"
#include "adapters/kit/out/delivery_id.hpp"
#include "hub/base/log.hpp"

namespace carehub::adapters {
namespace {

constexpr const char* kFileName = "carehub.ics";

}  // namespace

IcalTarget::IcalTarget(Parts parts)
    : DropTarget(parts.loop),
      clock_(parts.clock),
      folder_(std::move(parts.folder)),
      state_(std::move(parts.state)),
      calendar_(parts.keep),
      frame_(ical_frame()),
      tidy_at_(parts.loop) {}

Result<std::unique_ptr<IcalTarget>> IcalTarget::create(Parts parts) {
    std::unique_ptr<IcalTarget> target(new IcalTarget(std::move(parts)));
    CAREHUB_TRY(const std::string text, target->state_.load());
    CAREHUB_TRY_DONE(read_calendar(text, target->calendar_, target->told_));
    for (const auto& [key, entry] : target->calendar_.entries()) {
        target->texts_[key] = ical_event(entry);
    }
    target->tidy_later();
    return target;
}

/// What is shown becomes what is kept: a crash, or a person, may have left something else there.
Status IcalTarget::prepare() {
    CAREHUB_TRY_DONE(folder_.open());
    age();
    return publish();
}

TargetAnswer IcalTarget::take(const Notice& notice) {
    const std::string delivery = delivery_id(notice);
    if (told_.has(delivery)) {
        return {Taking::Taken, {}, {}};
    }
    const PlannedEntry planned = calendar_.plan(notice, clock_.now());
    if (!planned) {
        return {Taking::Refused, planned.error(), {}};
    }
    std::vector<CalendarEntry> changed = calendar_.ended_with(notice, clock_.now());
    if (!*planned && changed.empty()) {
        return {Taking::Nothing, {}, {}};
    }
    if (const auto& entry = *planned) {
        const CalendarEntry* const known = calendar_.find(entry->key);
        if (known == nullptr || *known != *entry) {
            changed.push_back(*entry);
        }
    }
    if (changed.empty()) {
        return {Taking::Taken, {}, {}};
    }
    const Status done = put(changed, delivery);
    return done ? TargetAnswer{Taking::Taken, {}, {}} : away(done.error());
}

/// All of it, or nothing of it in memory; the disk is put right by prepare() or tidy().
Status IcalTarget::put(const std::vector<CalendarEntry>& changed, const std::string& delivery) {
    std::vector<std::pair<std::string, std::optional<CalendarEntry>>> before;
    const RecentDeliveries told_before = told_;
    for (const CalendarEntry& entry : changed) {
        const CalendarEntry* const known = calendar_.find(entry.key);
        before.emplace_back(entry.key, known != nullptr ? std::optional(*known) : std::nullopt);
        set(entry);
    }
    told_.add(delivery);
    const Status done = publish();
    if (!done) {
        for (const auto& [key, entry] : before) {
            entry ? set(*entry) : unset(key);
        }
        told_ = told_before;
    }
    return done;
}

void IcalTarget::set(const CalendarEntry& entry) {
    texts_[entry.key] = ical_event(entry);
    calendar_.put(entry);
}

void IcalTarget::unset(const std::string& key) {
    texts_.erase(key);
    calendar_.remove(key);
}

Status IcalTarget::publish() {
    is_published_ = false;
    CAREHUB_TRY_DONE(show());
    CAREHUB_TRY_DONE(keep());
    is_published_ = true;
    return {};
}

Status IcalTarget::show() {
    std::string text = frame_.begin;
    for (const auto& [key, event] : texts_) {
        text += event;
    }
    text += frame_.end;
    return folder_.write(kFileName, as_bytes(text));
}

Status IcalTarget::keep() { return state_.save(to_text(calendar_, told_)); }

void IcalTarget::age() {
    const UtcTime now = clock_.now();
    const std::vector<CalendarEntry> lasting = calendar_.lasting(now);
    for (const CalendarEntry& entry : lasting) {
        set(entry);
    }
    const std::vector<std::string> outlived = calendar_.outlived(now);
    for (const std::string& key : outlived) {
        unset(key);
    }
    is_published_ = is_published_ && lasting.empty() && outlived.empty();
}

Status IcalTarget::tidy() {
    CAREHUB_TRY_DONE(folder_.open());
    age();
    return is_published_ ? Status{} : publish();
}

void IcalTarget::tidy_later() {
    tidy_at_.expires_after(kCalendarTidyEvery);
    tidy_at_.async_wait([this](const boost::system::error_code& error) {
        if (error) {
            return;
        }
        if (const Status done = tidy(); !done) {
            log::warning("notices", "the calendar was not tidied: " + done.error().context);
        }
        tidy_later();
    });
}

}  // namespace carehub::adapters
