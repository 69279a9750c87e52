// The fields of the control messages, in the order of schemas/frame.fbs.
#pragma once

#include "hub/codec/control.hpp"
#include "hub/codec/limits.hpp"
#include "hub/codec/receipt_tables.hpp"
#include "hub/codec/wire_table.hpp"
#include "schemas/frame_generated.h"

namespace carehub::codec {

template <>
struct Wire<Hello> {
    using Table = wire::Hello;
    static auto fields(auto& r) {
        return fields_of(r.nonce, r.protocol_version, r.purpose, r.software, r.last_sequence,
                         r.last_root);
    }
};

template <>
struct Wire<Welcome> {
    using Table = wire::Welcome;
    static auto fields(auto& r) {
        return fields_of(r.nonce, r.protocol_version, r.hub_id, r.session, r.submit_credit, r.time,
                         r.simulation, r.principal, r.resend);
    }
};

template <>
struct Wire<Credit> {
    using Table = wire::Credit;
    static auto fields(auto& r) { return fields_of(r.notices); }
};

template <>
struct Wire<Heartbeat> {
    using Table = wire::Heartbeat;
    static auto fields(auto& r) {
        return fields_of(r.number, text(r.checkpoint, kCheckpointBytesMax),
                         text(r.checkpoint_key, kCheckpointBytesMax));
    }
};

template <>
struct Wire<Subscribe> {
    using Table = wire::Subscribe;
    static auto fields(auto& r) {
        return fields_of(r.after, list(r.kinds, kEventKinds.size()), r.no_acknowledge, r.history,
                         r.since);
    }
};

template <>
struct Wire<Acknowledge> {
    using Table = wire::Acknowledge;
    static auto fields(auto& r) { return fields_of(r.number); }
};

template <>
struct Wire<Verdict> {
    using Table = wire::Verdict;
    static auto fields(auto& r) { return fields_of(r.number, r.outcome, r.refusal); }
};

template <>
struct Wire<CaughtUp> {
    using Table = wire::CaughtUp;
    static auto fields(auto& r) { return fields_of(r.number); }
};

template <>
struct Wire<Argument> {
    using Table = wire::Argument;
    static auto fields(auto& r) {
        return fields_of(text(r.name, kQuestionValueBytesMax),
                         text(r.value, kQuestionValueBytesMax));
    }
};

template <>
struct Wire<Question> {
    using Table = wire::Question;
    static auto fields(auto& r) { return fields_of(r.ticket, r.name, r.arguments); }
};

template <>
struct Wire<AnswerPart> {
    using Table = wire::AnswerPart;
    static auto fields(auto& r) {
        return fields_of(r.ticket, text_list(r.lines, kAnswerLinesMax, kAnswerLineBytesMax), r.more,
                         r.refusal);
    }
};

template <>
struct Wire<Goodbye> {
    using Table = wire::Goodbye;
    static auto fields(auto& r) { return fields_of(r.code, text(r.text, kFreeTextBytesMax)); }
};

}  // namespace carehub::codec
