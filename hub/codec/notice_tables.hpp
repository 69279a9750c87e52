// The fields of a Notice, in the order of schemas/notice.fbs.
#pragma once

#include "hub/codec/submission_tables.hpp"
#include "hub/model/notice.hpp"
#include "schemas/notice_generated.h"

namespace carehub::codec {

template <>
struct Wire<SuggestionText> {
    using Table = wire::Suggestion;
    static auto fields(auto& r) {
        return fields_of(r.action, text(r.obligation, kKeyBytesMax), r.by, r.who, r.needs_consent,
                         text(r.why, kFreeTextBytesMax));
    }
};

template <>
struct Wire<AlertNotice> {
    using Table = wire::Alert;
    static auto fields(auto& r) {
        return fields_of(r.alert_id, r.rule, r.severity, r.state, r.owner, r.raised_at, r.act_by,
                         r.count, text(r.text, kNoticeTextBytesMax),
                         text_list(r.obligations, kListMax, kKeyBytesMax), r.suggestions,
                         list(r.evidence, kNoticeEvidenceMax));
    }
};

template <>
struct Wire<Notice> {
    using Table = wire::Notice;
    static auto fields(auto& r) {
        return fields_of(r.number, r.kind, r.event_id, r.client, r.discloser, r.form, r.event,
                         r.alert, text(r.required_statement, kNoticeTextBytesMax), r.attempt,
                         r.first_number, r.history, r.series);
    }
};

}  // namespace carehub::codec
