#include "adapters/clinic/out/mllp_target.hpp"

#include <algorithm>
#include <utility>

#include "adapters/clinic/hl7/message.hpp"
#include "adapters/kit/out/words.hpp"

namespace carehub::adapters::clinic::out {
namespace {

using hl7::Message;
using hl7::Segment;

constexpr std::string_view kForGood[] = {"200", "201", "202", "203"};

/// Takes the first frame of what comes.
TakeAnswer frame_taker(const std::shared_ptr<Bytes>& answer) {
    return [answer, decoder = FrameDecoder{}](ByteView bytes) mutable -> Result<bool> {
        decoder.feed(bytes);
        auto frame = decoder.next();
        if (frame) {
            *answer = std::move(frame->body);
            return true;
        }
        if (decoder.is_broken() || decoder.dropped_bytes() > kAnswerBytesMax) {
            return fail(ErrorCode::Invalid, "its answer is no MLLP");
        }
        return false;
    };
}

/// "SCH-11" of ERR-2 (segment, sequence, field).
std::string field_of(const Segment& err) {
    const std::string segment = err.field(2).component(1).value();
    const std::string field = err.field(2).component(3).value();
    return adapters::words_of(field.empty() ? segment : segment + "-" + field);
}

std::string words_of(const Message& message) {
    const Segment err = message.first("ERR");
    const Segment msa = message.first("MSA");
    for (const std::string& words : {err.field(8).value(), err.field(7).value(),
                                     err.field(3).component(2).value(), msa.field(3).value()}) {
        if (!words.empty()) {
            return adapters::words_of(words);
        }
    }
    return "The recipient answered " + adapters::words_of(msa.field(1).value()) +
           " and gave no reason.";
}

Taking taking_of(const std::string& code, const std::string& condition) {
    const bool for_good =
        std::find(std::begin(kForGood), std::end(kForGood), condition) != std::end(kForGood);
    if (code == "AA" || code == "CA") {
        return Taking::Taken;
    }
    return code == "AE" || code == "CR" || (code == "AR" && for_good) ? Taking::Refused
                                                                      : Taking::Undecided;
}

}  // namespace

TargetAnswer judge_hl7(ByteView answer, std::string_view control_id) {
    const auto message = Message::read(answer, {});
    if (!message) {
        return undecided("its answer is no HL7 message");
    }
    const Segment msa = message->first("MSA");
    if (msa.field(2).value() != control_id) {
        return undecided("it answers another message");
    }
    TargetAnswer told;
    const std::string code = msa.field(1).value();
    const Segment err = message->first("ERR");
    told.taking = taking_of(code, err.field(3).component(1).value());
    if (told.taking != Taking::Taken) {
        told.refusal = {RefusalReason::InvalidField, field_of(err), words_of(*message)};
        told.what = "it answers that it cannot take a message now";
    }
    return told;
}

void MllpTarget::send(const OutMessage& message) {
    control_id_ = message.delivery;
    const Bytes frame = make_frame(message.body);
    const auto taker = [this] {
        answer_ = std::make_shared<Bytes>();
        return frame_taker(answer_);
    };
    exchanger().exchange(std::string(as_text(frame)), answer_max_, taker,
                         [this](const Status& status) { finished(status); });
}

void MllpTarget::finished(const Status& status) {
    if (!status) {
        return no_answer(status.error());
    }
    const TargetAnswer told = judge_hl7(*answer_, control_id_);
    if (told.taking == Taking::Undecided) {
        exchanger().close();  // the next answer read here might be of another message still
    }
    answer(told);
}

}  // namespace carehub::adapters::clinic::out
