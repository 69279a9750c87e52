// Sends each notice as an HL7 v2 message over MLLP, and reads the answer.
//
// Contract: one message at a time on one connection. AA and CA: taken. AE, and AR with ERR-3 200 to
// 203, and CR: refused for good; the field is ERR-2's, the words are ERR-8's, ERR-7's, ERR-3's or
// MSA-3's. AR for any other cause, CE, and an answer to something else: undecided.
// Threads: confined to the loop's thread. Lifetime: borrows the loop; outlives what is under way.
#pragma once

#include "adapters/clinic/mllp_frame.hpp"
#include "adapters/kit/out/rendered_target.hpp"

namespace carehub::adapters::clinic::out {

/// What an answer says of the message with that control id.
[[nodiscard]] TargetAnswer judge_hl7(ByteView answer, std::string_view control_id);

struct MllpSetting {
    Endpoint endpoint;
    ClientTls tls;
    std::chrono::seconds answer_max = kAnswerUsual;
};

class MllpTarget final : public RenderedTarget {
public:
    MllpTarget(boost::asio::io_context& loop, MllpSetting setting, RenderNotice render)
        : RenderedTarget(loop, std::move(setting.endpoint), std::move(setting.tls),
                         std::move(render)),
          answer_max_(setting.answer_max) {}

private:
    void send(const OutMessage& message) override;
    void finished(const Status& status);

    std::chrono::seconds answer_max_;
    std::shared_ptr<Bytes> answer_;  ///< shared with the stream that fills it
    std::string control_id_;         ///< of the message under way
};

}  // namespace carehub::adapters::clinic::out
