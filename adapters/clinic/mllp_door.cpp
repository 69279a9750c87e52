#include "adapters/clinic/mllp_door.hpp"

#include "adapters/clinic/limits.hpp"
#include "adapters/kit/feed_fault.hpp"

namespace carehub::adapters::clinic {
namespace {

constexpr std::size_t kDigestBytesInId = 8;

hl7::Problem too_large() {
    return {hl7::Condition::ValueTooLong,
            {},
            RefusalReason::TooLarge,
            "send messages of at most 1,048,576 bytes"};
}

hl7::Answer answer_of(const Delivery& delivery) {
    if (!delivery.in_time) {
        return {hl7::Verdict::Reject, hl7::Problem{hl7::Condition::ApplicationError,
                                                   {},
                                                   RefusalReason::Overloaded,
                                                   "the hub did not answer in time: try again"}};
    }
    if (delivery.refusal) {
        return {hl7::Verdict::Error, hl7::problem_of(*delivery.refusal)};
    }
    return {};
}

}  // namespace

Result<std::unique_ptr<MllpDoor>> MllpDoor::open(const Site& site, const ListenAt& at,
                                                 HubDesk& desk, ControlIds& ids) {
    std::unique_ptr<MllpDoor> door(new MllpDoor(site, desk, ids));
    CAREHUB_TRY(door->listener_, Listener::open(desk.loop(), at, [door = door.get()](Guest guest) {
                    std::make_shared<MllpSession>(std::move(guest), *door, ++door->last_connection_)
                        ->start();
                }));
    return door;
}

void MllpDoor::take(const Frame& frame, const Sender& sender, Reply reply) {
    if (desk_.is_stopping()) {
        return;
    }
    Reading reading = read_message(frame.body, site_);
    if (frame.cut) {
        reading.disposal = Disposal::Refused;
        reading.problem = too_large();
    }
    desk_.report(reading.parsed.findings);
    switch (reading.disposal) {
        case Disposal::Refused:
            desk_.refused(hl7::refusal_of(*reading.problem));
            return reply(
                answer(reading.header, {hl7::verdict_of(*reading.problem), reading.problem}));
        case Disposal::NotActedOn: desk_.not_acted_on(); break;
        case Disposal::Events:
            if (desk_.take_late(reading.parsed.events, {sender.connection, reading.made})) {
                desk_.report({{{}, 0, "MSH-7", std::string(kLate)}});
            }
            break;
    }
    watch_ids(frame, sender.peer, reading.header);
    desk_.deliver(frame.body, std::move(reading.parsed.events),
                  [this, header = std::move(reading.header), reply = std::move(reply)](
                      const Delivery& delivery) { reply(answer(header, answer_of(delivery))); });
}

/// By itself: what becomes of it is no answer to the sender.
void MllpDoor::watch_ids(const Frame& frame, const std::string& peer, const hl7::Header& header) {
    if (header.control_id.empty()) {
        return;
    }
    const UtcTime now = clock_.now();
    const Hash256 digest = sha256(frame.body);
    const std::string sender =
        peer + '\0' + header.sending_application + '\0' + header.sending_facility;
    const auto news = ids_.news(ids_.note(sender, header.control_id, digest, now), now);
    if (!news) {
        return;
    }
    const std::string fingerprint = to_hex(ByteView(digest).first(kDigestBytesInId));
    const FaultyFile message{site_.feed, static_cast<std::uint64_t>(now.time_since_epoch().count()),
                             fingerprint, now};
    Submission told =
        tell_fault(message, FeedFault::ControlIdReused, *news == ControlIds::News::Ends);
    told.raw_sha256 = digest;
    desk_.deliver(frame.body, {std::move(told)}, [this, news = *news](const Delivery& delivery) {
        ids_.settle(news, delivery.in_time && !delivery.refusal);
    });
}

std::string MllpDoor::answer(const hl7::Header& header, const hl7::Answer& answer) {
    const UtcTime now = clock_.now();
    const std::string id =
        std::to_string(now.time_since_epoch().count()) + "-" + std::to_string(++last_answer_);
    return hl7::make_answer(header, answer, {now, id}).value_or("");
}

}  // namespace carehub::adapters::clinic
