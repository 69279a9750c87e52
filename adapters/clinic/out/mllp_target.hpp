// Sends each notice as an HL7 v2 message over MLLP, and reads the answer.
//
// Contract: one message at a time on one connection. AA and CA: taken. AE, and AR with ERR-3 200 to
// 203, and CR: refused for good; the field is ERR-2's, the words are ERR-8's, ERR-7's, ERR-3's or
// MSA-3's. AR for any other cause, CE, and an answer to something else: undecided.
// Threads: confined to the loop's thread. Lifetime: borrows the loop; outlives what is under way.
#pragma once

#include "adapters/clinic/mllp_frame.hpp"
#include "adapters/kit/out/exchanger.hpp"
#include "adapters/kit/out/out_message.hpp"

namespace carehub::adapters::clinic::out {

/// What an answer says of the message with that control id.
[[nodiscard]] TargetAnswer judge_hl7(ByteView answer, std::string_view control_id);

struct MllpSetting {
    Endpoint endpoint;
    ClientTls tls;
    std::chrono::seconds answer_max = kAnswerUsual;
};

class MllpTarget final : public NoticeTarget {
public:
    MllpTarget(boost::asio::io_context& loop, MllpSetting setting, RenderNotice render)
        : loop_(loop),
          answer_max_(setting.answer_max),
          render_(std::move(render)),
          exchanger_(loop, std::move(setting.endpoint), std::move(setting.tls)) {}

    void open(Opened opened) override { exchanger_.open(std::move(opened)); }
    void hand_over(const Notice& notice, Answered answered) override;

private:
    void finished(const Status& status);

    boost::asio::io_context& loop_;
    std::chrono::seconds answer_max_;
    RenderNotice render_;
    Exchanger exchanger_;
    std::shared_ptr<Bytes> answer_;  ///< shared with the stream that fills it
    std::string control_id_;         ///< of the message under way
    Answered answered_;
};

}  // namespace carehub::adapters::clinic::out
