#include "adapters/clinic/hl7/acknowledgment.hpp"
#include "adapters/clinic/mllp_frame.hpp"
#include "adapters/clinic/read_message.hpp"
#include "hub/base/check.hpp"
#include "hub/codec/submission.hpp"
#include "tests/fuzz/targets.hpp"

namespace carehub::fuzz {
namespace {

using namespace adapters::clinic;

/// The bodies of all frames, when the bytes come in pieces of that size.
std::vector<Bytes> frames_of(ByteView bytes, std::size_t piece) {
    FrameDecoder decoder;
    std::vector<Bytes> bodies;
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
        decoder.feed(bytes.subspan(at, std::min(piece, bytes.size() - at)));
        while (auto frame = decoder.next()) {
            bodies.push_back(std::move(frame->body));
        }
    }
    return bodies;
}

Site any_site() {
    Site site;
    site.feed = "fuzz";
    site.zone = {"Etc/UTC", {{UtcTime{}, std::chrono::seconds{0}}}};
    site.authority = "FUZZ";
    site.allow_test = true;
    return site;
}

}  // namespace

/// However the bytes are cut, the frames are the same.
bool run_mllp(ByteView bytes) {
    constexpr std::size_t kPieceMax = 64;
    if (bytes.empty()) {
        return false;
    }
    const std::size_t piece = 1 + bytes.front() % kPieceMax;
    const std::vector<Bytes> whole = frames_of(bytes, bytes.size());
    CAREHUB_CHECK(frames_of(bytes, piece) == whole, "how bytes arrive changes no frame");
    return !whole.empty();
}

/// What becomes of a message is answered, and every event of it is one that the hub can take.
bool run_hl7(ByteView bytes) {
    static const Site site = any_site();
    const Reading reading = read_message(bytes, site);
    CAREHUB_CHECK(reading.problem.has_value() == (reading.disposal == Disposal::Refused),
                  "what is refused is told why, and nothing else");
    const hl7::Answer answer{
        reading.problem ? hl7::verdict_of(*reading.problem) : hl7::Verdict::Accept,
        reading.problem};
    (void)hl7::make_answer(reading.header, answer, {UtcTime{}, "1"});
    for (const Submission& event : reading.parsed.events) {
        CAREHUB_CHECK(!codec::check_submission(event), "an event has what its kind asks for");
        const auto encoded = codec::encode_submission(event);
        CAREHUB_CHECK(!encoded || codec::decode_submission(*encoded), "the hub can read the event");
    }
    return !reading.parsed.events.empty();
}

}  // namespace carehub::fuzz
