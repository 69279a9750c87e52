// The fields of the registry's records, in the order of schemas/decisions.fbs.
#pragma once

#include "hub/codec/wire_table.hpp"
#include "hub/model/registry.hpp"
#include "schemas/decisions_generated.h"

namespace carehub::codec {

template <>
struct Struct<ZoneTransition> {
    using Type = record::ZoneTransition;
    static Type to_wire(const ZoneTransition& t) {
        return {t.from.time_since_epoch().count(), t.offset.count()};
    }
    static ZoneTransition from_wire(const Type& value) {
        return {UtcTime(Micros(value.from())), std::chrono::seconds(value.offset_seconds())};
    }
};

template <>
struct Wire<SymbolText> {
    using Table = record::SymbolText;
    static auto fields(auto& r) { return fields_of(r.id, r.text); }
};

template <>
struct Wire<Zone> {
    using Table = record::Zone;
    static auto fields(auto& r) { return fields_of(r.name, r.transitions); }
};

template <>
struct Wire<Partner> {
    using Table = record::Partner;
    static auto fields(auto& r) {
        return fields_of(r.id, r.name, r.kind, r.role, r.public_key, r.calendar, r.backfill_until,
                         r.paused, r.removed, r.source, r.rehearsal, r.live_since);
    }
};

template <>
struct Wire<Staff> {
    using Table = record::Staff;
    static auto fields(auto& r) {
        return fields_of(r.name, r.role, r.team, r.supervisor, r.calendar, r.zone, r.caseload_limit,
                         r.quiet_from_min, r.quiet_until_min);
    }
};

template <>
struct Wire<Absence> {
    using Table = record::Absence;
    static auto fields(auto& r) {
        return fields_of(r.staff, r.from, r.until, r.deputy, r.entered_at);
    }
};

template <>
struct Wire<OnCall> {
    using Table = record::OnCall;
    static auto fields(auto& r) {
        return fields_of(r.team, r.from, r.until, r.staff, r.entered_at);
    }
};

template <>
struct Wire<PlaceInfo> {
    using Table = record::PlaceInfo;
    static auto fields(auto& r) {
        return fields_of(r.partner, r.code, r.site, r.city, r.zone, r.program, r.labels);
    }
};

template <>
struct Wire<RuleSetting> {
    using Table = record::RuleSetting;
    static auto fields(auto& r) { return fields_of(r.rule, r.setting, r.value, r.source); }
};

template <>
struct Wire<Feed> {
    using Table = record::Feed;
    static auto fields(auto& r) { return fields_of(r.partner, r.name, r.last_at, r.gaps); }
};

template <>
struct Wire<Heard> {
    using Table = record::Heard;
    static auto fields(auto& r) { return fields_of(r.partner, r.feed); }
};

template <>
struct Wire<FreeTime> {
    using Table = record::FreeTime;
    static auto fields(auto& r) {
        return fields_of(r.partner, r.key, r.schedule, r.from, r.to, r.place, r.obligation_class,
                         r.gone, r.source);
    }
};

template <>
struct Wire<CalendarDay> {
    using Table = record::CalendarDay;
    static auto fields(auto& r) {
        return fields_of(r.calendar, r.date, r.weekday, r.open, r.from_min, r.until_min);
    }
};

template <>
struct Wire<Agreement> {
    using Table = record::Agreement;
    static auto fields(auto& r) {
        return fields_of(r.number, r.discloser, r.recipient, r.purpose, r.kinds, r.form, r.basis,
                         r.valid_from, r.valid_until, r.source);
    }
};

}  // namespace carehub::codec
