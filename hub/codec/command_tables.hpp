// The fields of each command, in the order of schemas/command.fbs.
#pragma once

#include "hub/codec/submission_tables.hpp"
#include "hub/model/command.hpp"
#include "schemas/command_generated.h"

namespace carehub::codec {

template <>
struct Wire<PartnerCommand> {
    using Table = wire::PartnerCommand;
    static auto fields(auto& r) {
        return fields_of(r.name, r.kind, r.role, r.public_key, r.calendar, r.backfill_until,
                         r.removed, r.rehearsal);
    }
};

template <>
struct Wire<StaffCommand> {
    using Table = wire::StaffCommand;
    static auto fields(auto& r) {
        return fields_of(r.staff, r.role, r.team, r.supervisor, r.calendar, r.zone, r.email,
                         r.caseload_limit, r.quiet_from_min, r.quiet_until_min);
    }
};

template <>
struct Wire<AbsenceCommand> {
    using Table = wire::AbsenceCommand;
    static auto fields(auto& r) { return fields_of(r.staff, r.from, r.until, r.deputy); }
};

template <>
struct Wire<OnCallCommand> {
    using Table = wire::OnCallCommand;
    static auto fields(auto& r) { return fields_of(r.team, r.from, r.until, r.staff); }
};

template <>
struct Wire<PlaceCommand> {
    using Table = wire::PlaceCommand;
    static auto fields(auto& r) {
        return fields_of(r.partner, r.code, r.site, r.city, r.zone, r.lat_e7, r.lon_e7, r.program,
                         r.labels);
    }
};

template <>
struct Wire<CalendarCommand> {
    using Table = wire::CalendarCommand;
    static auto fields(auto& r) {
        return fields_of(r.calendar, r.date, r.weekday, r.open, r.from_min, r.until_min);
    }
};

template <>
struct Wire<RosterCommand> {
    using Table = wire::RosterCommand;
    static auto fields(auto& r) {
        return fields_of(r.client, r.identifier, r.owner, r.team, r.model, r.tier, r.transport,
                         r.zone, r.family_name, r.given_name, r.birth_date, r.partner);
    }
};

template <>
struct Wire<AgreementCommand> {
    using Table = wire::AgreementCommand;
    static auto fields(auto& r) {
        return fields_of(r.discloser, r.recipient, r.purpose, list(r.kinds, kEventKinds.size()),
                         r.form, r.basis, r.valid_from, r.valid_until);
    }
};

template <>
struct Wire<AlertCommand> {
    using Table = wire::AlertCommand;
    static auto fields(auto& r) {
        return fields_of(r.alert, r.act, r.until, r.outcome, text(r.reason, kFreeTextBytesMax),
                         r.suggestion);
    }
};

template <>
struct Wire<ClockCommand> {
    using Table = wire::ClockCommand;
    static auto fields(auto& r) { return fields_of(r.to); }
};

template <>
struct Wire<PauseCommand> {
    using Table = wire::PauseCommand;
    static auto fields(auto& r) {
        return fields_of(r.name, r.paused, text(r.reason, kFreeTextBytesMax));
    }
};

template <>
struct Wire<DeadLetterCommand> {
    using Table = wire::DeadLetterCommand;
    static auto fields(auto& r) {
        return fields_of(r.recipient, r.number, r.entry, r.act, text(r.reason, kFreeTextBytesMax));
    }
};

template <>
struct Wire<RestoreCommand> {
    using Table = wire::RestoreCommand;
    static auto fields(auto& r) {
        return fields_of(r.last, r.made_at, text(r.reason, kFreeTextBytesMax));
    }
};

template <>
struct Wire<RuleCommand> {
    using Table = wire::RuleCommand;
    static auto fields(auto& r) {
        return fields_of(r.rule, r.setting, r.value, text(r.reason, kFreeTextBytesMax));
    }
};

template <>
struct Wire<LinkCommand> {
    using Table = wire::LinkCommand;
    static auto fields(auto& r) {
        return fields_of(r.act, r.client, r.identifier, r.to, text(r.reason, kFreeTextBytesMax));
    }
};

template <>
struct Wire<RetentionCommand> {
    using Table = wire::RetentionCommand;
    static auto fields(auto& r) {
        return fields_of(r.act, r.client, text(r.reason, kFreeTextBytesMax), r.years,
                         r.housing_years, r.client_id, r.hold, r.all);
    }
};

/// A command with the version of its schema, as the root table holds it.
struct CommandMessage {
    std::uint16_t schema = 0;
    CommandBody body;
};

template <>
struct Wire<CommandMessage> {
    using Table = wire::Command;
    static auto fields(auto& r) {
        return fields_of(r.schema, union_type(r.body), union_body(r.body));
    }
};

}  // namespace carehub::codec
