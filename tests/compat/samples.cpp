#include "tests/compat/samples.hpp"

#include "hub/codec/command.hpp"
#include "hub/codec/control.hpp"
#include "hub/codec/entry.hpp"
#include "hub/codec/notice.hpp"
#include "hub/codec/receipt.hpp"
#include "hub/codec/submission.hpp"
#include "tests/compat/sample_values.hpp"

namespace carehub::compat {
namespace {

using namespace codec;

template <class Value, class Encode, class Decode>
Sample sample(const std::string& name, const std::string& schema, const std::string& root,
              const Value& value, Encode encode, Decode decode) {
    return {name, schema, root, encode(value).value(), [value, decode](ByteView bytes) {
                const auto decoded = decode(bytes);
                return decoded.has_value() && *decoded == value;
            }};
}

template <class Value, class Encode, class Decode>
Sample control(const std::string& table, const Value& value, Encode encode, Decode decode) {
    return sample(table, "frame", "carehub.wire." + table, value, encode, decode);
}

AlertNotice alert_notice() {
    return {"alert_id",
            "rule",
            Severity::Critical,
            AlertState::Raised,
            "owner",
            instant(1),
            instant(2),
            3,
            "text",
            {"obligation 1", "obligation 2"},
            {{"action", "obligation", instant(4), "who", true, "why"}},
            {5, 6}};
}

Notice notice() {
    const Submission event = submission_values().front().second;
    return {1,
            EventKind::HearingScheduled,
            "event_id",
            "client",
            "discloser",
            Form::Reduced,
            event,
            alert_notice(),
            "required_statement",
            2,
            3,
            true};
}

Notice notice_of_series() {
    Notice one = notice();
    one.series = "series";
    return one;
}

void add_controls(std::vector<Sample>& out) {
    out.push_back(control("Hello", Hello{1, 2, Purpose::Watch, "software", 3, hash<Hash256>(4)},
                          encode_hello, decode_hello));
    out.push_back(control("Welcome",
                          Welcome{1, 2, hash(3), 4, 5, instant(6), true, "principal", true},
                          encode_welcome, decode_welcome));
    out.push_back(control("Credit", Credit{1}, encode_credit, decode_credit));
    out.push_back(control("Heartbeat", Heartbeat{1}, encode_heartbeat, decode_heartbeat));
    out.push_back(sample("Heartbeat.Checkpoint", "frame", "carehub.wire.Heartbeat",
                         Heartbeat{1, "checkpoint", "checkpoint_key"}, encode_heartbeat,
                         decode_heartbeat));
    out.push_back(control(
        "Subscribe",
        Subscribe{1, {EventKind::HousingExit, EventKind::AlertRaised}, true, true, instant(2)},
        encode_subscribe, decode_subscribe));
    out.push_back(control("Acknowledge", Acknowledge{1}, encode_acknowledge, decode_acknowledge));
    out.push_back(
        control("Verdict",
                Verdict{1, VerdictOutcome::Refused, {RefusalReason::CharacterSet, "field", "fix"}},
                encode_verdict, decode_verdict));
    out.push_back(control("CaughtUp", CaughtUp{1}, encode_caught_up, decode_caught_up));
    out.push_back(control("Question",
                          Question{1, "name", {{"name 1", "value 1"}, {"name 2", "value 2"}}},
                          encode_question, decode_question));
    out.push_back(control(
        "AnswerPart",
        AnswerPart{1, {"line 1", "line 2"}, true, {RefusalReason::NotAllowed, "field", "fix"}},
        encode_answer_part, decode_answer_part));
    out.push_back(
        control("Goodbye", Goodbye{GoodbyeCode::Replaced, "text"}, encode_goodbye, decode_goodbye));
}

}  // namespace

std::vector<Sample> samples() {
    std::vector<Sample> out;
    for (const auto& [name, value] : submission_values()) {
        out.push_back(sample("Submission." + name, "event", "carehub.wire.Submission", value,
                             encode_submission, decode_submission));
    }
    for (const auto& [name, value] : command_values()) {
        out.push_back(sample("Command." + name, "command", "carehub.wire.Command", value,
                             encode_command, decode_command));
    }
    out.push_back(sample("Receipt", "receipt", "carehub.wire.Receipt",
                         Receipt{1,
                                 ReceiptStatus::Refused,
                                 {2},
                                 hash<Hash256>(3),
                                 {RefusalReason::IdentifierTaken, "field", "fix"},
                                 RoutedTo::Withheld},
                         encode_receipt, decode_receipt));
    out.push_back(
        sample("Notice", "notice", "carehub.wire.Notice", notice(), encode_notice, decode_notice));
    out.push_back(sample("Notice.Series", "notice", "carehub.wire.Notice", notice_of_series(),
                         encode_notice, decode_notice));
    add_controls(out);
    out.push_back(sample("Decisions", "decisions", "carehub.record.Decisions", decisions_value(),
                         encode_decisions, decode_decisions));
    const Entry entry{{1},       instant(2), InputKind::Submission, {3}, EventKind::EncounterEnded,
                      {hash(4)}, {},         decisions_value(),     9,   hash<Hash256>(5)};
    out.push_back(
        sample("Entry", "entry", "carehub.record.Entry", entry, encode_entry, decode_entry));
    return out;
}

}  // namespace carehub::compat
