#include "adapters/clinic/hl7/acknowledgment.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include "adapters/clinic/hl7/charset.hpp"
#include "adapters/clinic/hl7/escape.hpp"

namespace carehub::adapters::clinic::hl7 {
namespace {

std::string print_time(UtcTime time) {
    std::string text = to_iso(std::chrono::floor<std::chrono::seconds>(time));
    text.erase(std::remove_if(text.begin(), text.end(), [](char c) { return c < '0' || c > '9'; }),
               text.end());
    return text + "+0000";
}

std::string_view code_of(Verdict verdict, bool enhanced) {
    switch (verdict) {
        case Verdict::Accept: return enhanced ? "CA" : "AA";
        case Verdict::Error: return enhanced ? "CE" : "AE";
        case Verdict::Reject: return enhanced ? "CR" : "AR";
    }
    return "AR";
}

/// Which of the two answers this one is: with the hub's receipt both are known at once.
bool is_accept_answer(const Header& incoming) {
    return !incoming.accept_ack.empty() && incoming.accept_ack != "NE";
}

/// Table 0155: does the sender want this answer?
bool is_wanted(const Header& incoming, Verdict verdict) {
    if (incoming.message_type == "ACK") {
        return false;
    }
    if (incoming.accept_ack.empty()) {
        return true;
    }
    const std::string& wish =
        is_accept_answer(incoming) ? incoming.accept_ack : incoming.application_ack;
    const bool good = verdict == Verdict::Accept;
    return !wish.empty() && wish != "NE" && !(wish == "ER" && good) && !(wish == "SU" && !good);
}

/// Joins fields with the separator of the message that is answered.
class Line {
public:
    Line(std::string_view name, char separator) : text_(name), separator_(separator) {}
    Line& operator<<(std::string_view field) {
        text_ += separator_;
        text_ += field;
        return *this;
    }
    [[nodiscard]] std::string end() const { return text_ + '\r'; }

private:
    std::string text_;
    char separator_;
};

std::string join(const std::array<std::string, 6>& parts, char separator) {
    std::string text;
    for (const std::string& part : parts) {
        text += (&part == parts.data() ? "" : std::string(1, separator)) + part;
    }
    text.erase(text.find_last_not_of(separator) + 1);
    return text;
}

std::string print_number(unsigned number) {
    return number == 0 ? std::string{} : std::to_string(number);
}

std::string error_line(const Header& incoming, const Problem& problem) {
    const Delimiters& d = incoming.delimiters;
    const Location& where = problem.where;
    const bool placed = !where.segment.empty();
    // ERL: segment, its sequence, field, repetition, component.
    const std::string location =
        placed ? join({where.segment, "1", print_number(where.field), where.field == 0 ? "" : "1",
                       print_number(where.component), ""},
                      d.component)
               : "";
    const auto number = static_cast<unsigned>(problem.condition);
    const std::string code = join(
        {std::to_string(number), std::string(text_of(problem.condition)), "HL70357", "", "", ""},
        d.component);
    return (Line("ERR", d.field) << "" << location << code << "E"
                                 << ""
                                 << ""
                                 << "" << encode_escapes(problem.fix, d))
        .end();
}

}  // namespace

Verdict verdict_of(const Problem& problem) {
    switch (problem.condition) {
        case Condition::UnsupportedMessageType:
        case Condition::UnsupportedEvent:
        case Condition::UnsupportedProcessingId:
        case Condition::ApplicationError: return Verdict::Reject;
        case Condition::Accepted:
        case Condition::SegmentSequence:
        case Condition::RequiredFieldMissing:
        case Condition::DataType:
        case Condition::TableValueNotFound:
        case Condition::ValueTooLong:
        case Condition::Cardinality:
        case Condition::OtherError:
        case Condition::UnknownKey:
        case Condition::DuplicateKey: break;
    }
    // Without a readable MSH there is nothing whose content could be at fault.
    return problem.reason == RefusalReason::FormatUnreadable ? Verdict::Reject : Verdict::Error;
}

std::optional<std::string> make_answer(const Header& incoming, const Answer& answer,
                                       const AnswerStamp& stamp) {
    if (!is_wanted(incoming, answer.verdict)) {
        return std::nullopt;
    }
    const Delimiters& d = incoming.delimiters;
    const std::string type = join({"ACK", incoming.trigger, "ACK", "", "", ""}, d.component);
    Line msh("MSH", d.field);
    msh << incoming.encoding_characters << incoming.receiving_application
        << incoming.receiving_facility << incoming.sending_application << incoming.sending_facility
        << print_time(stamp.at) << "" << (incoming.trigger.empty() ? "ACK" : type)
        << stamp.control_id << (incoming.processing_id.empty() ? "P" : incoming.processing_id)
        << (incoming.version.empty() ? "2.5.1" : incoming.version);
    if (!is_ascii(msh.end())) {
        msh << ""
            << ""
            << ""
            << ""
            << ""
            << "UNICODE UTF-8";
    }
    const std::string_view code = code_of(answer.verdict, is_accept_answer(incoming));
    std::string text = msh.end() + (Line("MSA", d.field) << code << incoming.control_id).end();
    if (answer.problem) {
        text += error_line(incoming, *answer.problem);
    }
    return text;
}

}  // namespace carehub::adapters::clinic::hl7
