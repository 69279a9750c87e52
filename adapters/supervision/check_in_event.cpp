#include "adapters/supervision/check_in_event.hpp"

#include "adapters/kit/fingerprint.hpp"
#include "adapters/kit/told_time.hpp"
#include "hub/base/check.hpp"

namespace carehub::adapters::supervision {
namespace {

constexpr std::string_view kOfficerRole = "SupervisionOfficer";

struct Meaning {
    EventKind kind;
    ObligationStatus status;
};

Meaning meaning_of(RowStatus status) {
    switch (status) {
        case RowStatus::Scheduled:
            return {EventKind::CheckInScheduled, ObligationStatus::Scheduled};
        case RowStatus::Completed:
            return {EventKind::CheckInCompleted, ObligationStatus::Completed};
        case RowStatus::Missed: return {EventKind::CheckInMissed, ObligationStatus::Missed};
        case RowStatus::Cancelled:
            return {EventKind::CheckInCancelled, ObligationStatus::Cancelled};
        case RowStatus::Ignored: break;
    }
    CAREHUB_CHECK(false, "an ignored row has no event");
    return {};
}

bool is_outcome(RowStatus status) {
    return status == RowStatus::Completed || status == RowStatus::Missed;
}

ObligationClaim make_claim(const CheckIn& check_in, const Site& site, const CheckInTime& when) {
    ObligationClaim claim;
    claim.obligation_class = check_in.obligation_class;
    claim.status = meaning_of(check_in.status).status;
    claim.start = when.start;
    claim.end = when.end;
    if (!check_in.time_of_day) {
        claim.date = check_in.date;
    }
    claim.location = {check_in.place, check_in.place_name, check_in.remote};
    if (!check_in.officer.empty() || !check_in.officer_name.empty()) {
        claim.provider = {check_in.officer, check_in.officer_name, std::string(kOfficerRole)};
    }
    claim.owner_org = site.owner;
    claim.filler_id = check_in.id;
    claim.mandatory = true;
    claim.mover = Mover::Officer;
    return claim;
}

}  // namespace

std::string business_key(const CheckIn& check_in, const Site& site) {
    const std::string which =
        check_in.id.empty() ? to_iso(check_in.date) + " " + check_in.type : check_in.id;
    return site.feed + "|" + check_in.client + "|" + which;
}

std::string row_hash(const CheckIn& check_in) {
    Sha256 hash;
    const auto add_number = [&hash](std::int64_t number) { hash.add_text(std::to_string(number)); };
    for (const std::string* text :
         {&check_in.client, &check_in.id, &check_in.officer, &check_in.officer_name,
          &check_in.place, &check_in.place_name, &check_in.type}) {
        hash.add_text(*text);
    }
    add_number(static_cast<std::int64_t>(check_in.obligation_class));
    add_number(static_cast<std::int64_t>(check_in.status));
    add_number(check_in.remote ? 1 : 0);
    add_number(check_in.date.time_since_epoch().count());
    add_number(check_in.time_of_day ? check_in.time_of_day->count() : -1);
    add_number(check_in.duration ? check_in.duration->count() : -1);
    if (check_in.offset) {
        add_number(check_in.offset->count());
    }
    return short_form(hash.finish());
}

std::string source_id(const std::string& key, const KnownRow& row) {
    return key + "#" + row.hash + (row.revision > 0 ? "." + std::to_string(row.revision) : "");
}

CheckInTime time_of(const CheckIn& check_in, const Site& site) {
    const ToldTime told =
        told_time(site.zone, CivilTime{check_in.date, check_in.time_of_day, check_in.offset});
    CheckInTime when;
    when.day = start_of_day(site.zone, told.day);
    if (!told.instant) {
        when.flags.add(TimeFlag::DateOnly);
        when.flags.add(TimeFlag::TimeUncertain);
        return when;
    }
    when.start = *told.instant;
    when.end = when.start + check_in.duration.value_or(site.duration);
    when.flags.add(told.flags);
    if (!check_in.duration) {
        when.flags.add(TimeFlag::AssumedDuration);
    }
    return when;
}

Submission make_event(const CheckIn& check_in, const std::string& key, const Site& site,
                      const RowHistory& history, UtcTime told_at) {
    const CheckInTime when = time_of(check_in, site);
    const KnownRow* before = history.before;
    Submission event;
    event.kind = meaning_of(check_in.status).kind;
    event.feed = site.feed;
    event.business_key = key;
    event.source_msg_id = source_id(key, history.now);
    event.identifiers = {{site.authority, site.identifier_type, check_in.client}};
    event.zone = site.zone.name;
    event.time_flags = when.flags;
    event.recorded_at = told_at;
    event.occurred_at = told_at;
    event.occurred_precision = Precision::Second;
    if (is_outcome(check_in.status)) {
        event.occurred_at = check_in.time_of_day ? when.start : when.day;
        event.occurred_precision = check_in.time_of_day ? Precision::Minute : Precision::Day;
    }
    ObligationClaim claim = make_claim(check_in, site, when);
    if (before != nullptr && before->start != when.start) {
        claim.prev_start = before->start;
    }
    if (before != nullptr && before->status != RowStatus::Scheduled) {
        event.correction = true;
        event.supersedes_key = source_id(key, *before);
    }
    event.payload = std::move(claim);
    return event;
}

}  // namespace carehub::adapters::supervision
