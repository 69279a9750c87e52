#include "hub/gateway/gateway.hpp"

namespace carehub::gateway {
namespace {

constexpr std::chrono::milliseconds kIdleWait{100};
/// A full queue of a connection, or of core, tells nobody when it has room again.
constexpr std::chrono::milliseconds kCrowdedWait{2};

}  // namespace

Gateway::Gateway(const GatewayParts& parts, GatewayOptions options)
    : parts_(parts),
      stamp_(parts.clock, options.last_received_at),
      maker_(parts.fingerprints, stamp_),
      principals_(parts.keys),
      sessions_(options.first_session),
      subscribers_(
          {sessions_, principals_, parts.clock, {parts.names, parts.alerts}, parts.backlog}),
      egress_({parts.port, sessions_, subscribers_}),
      ingress_({sessions_, principals_, parts.clock, maker_, egress_, subscribers_, parts.questions,
                options.facts, parts.history, parts.disk}) {
    for (const Principal& principal : options.principals) {
        principals_.put(principal);
    }
    for (std::string& zone : options.zones) {
        maker_.know_zone(std::move(zone));
    }
}

Status Gateway::step() {
    if (!pending_.empty()) {
        hand_on(std::move(pending_));
    }
    if (wants_input()) {
        InputBatch batch;
        CAREHUB_TRY_DONE(read(batch));
        if (!more_to_read_) {
            CAREHUB_TRY_DONE(ingress_.end_silent());  // who spoke while nobody read was not silent
        }
        subscribers_.ask(maker_, batch);
        hand_on(std::move(batch));
    }
    if (egress_.has_waiting()) {
        CAREHUB_TRY_DONE(egress_.flush());
    }
    sessions_.end_gone();
    return {};
}

Status Gateway::read(InputBatch& batch) {
    more_to_read_ = true;
    for (std::size_t frames = 0; frames < kFramesPerStepMax; ++frames) {
        if (batch.size() + 2 * kBatchSlicesMax > kInputBatchMax) {
            return {};
        }
        CAREHUB_TRY(const auto message, parts_.port.receive());
        if (!message) {
            more_to_read_ = false;
            return {};
        }
        batch.reserve(kInputBatchMax);  // once: inputs are large to move
        CAREHUB_TRY_DONE(ingress_.take(*message, batch));
        sessions_.end_gone();
    }
    return {};
}

void Gateway::hand_on(InputBatch batch) {
    pending_.clear();
    if (!batch.empty() && !parts_.inputs.try_push(batch)) {
        pending_ = std::move(batch);
    }
}

Status Gateway::release(const Released& released) {
    for (const Principal& principal : released.principals) {
        principals_.put(principal);
    }
    CAREHUB_TRY_DONE(end_unkeyed(released.principals));
    CAREHUB_TRY_DONE(egress_.release(released));
    sessions_.end_gone();
    return {};
}

Status Gateway::end_unkeyed(const std::vector<Principal>& changed) {
    for (const Principal& principal : changed) {
        for (Session* session : sessions_.of(principal.id)) {
            if (principals_.find(session->user_id) != nullptr) {
                continue;
            }
            CAREHUB_TRY_DONE(egress_.say_goodbye(*session, codec::GoodbyeCode::NotAllowed,
                                                 "This key is not admitted any more."));
        }
    }
    return {};
}

Status Gateway::answer(const StaffAnswer& answer) { return egress_.answer(answer); }

Status Gateway::tell_checkpoint(std::string note, std::string key) {
    CAREHUB_TRY_DONE(egress_.take_checkpoint(std::move(note), std::move(key)));
    sessions_.end_gone();
    return {};
}

Status Gateway::stop() {
    Status status;
    sessions_.for_each([&](Session& session) {
        if (status && !session.gone) {
            status = egress_.say_goodbye(session, codec::GoodbyeCode::Stopping, "The hub stops.");
        }
    });
    sessions_.end_gone();
    return status;
}

std::chrono::milliseconds Gateway::wait_max() const {
    if (!wants_input() || egress_.has_waiting()) {
        return kCrowdedWait;
    }
    return more_to_read_ || subscribers_.is_reading() ? std::chrono::milliseconds{0} : kIdleWait;
}

}  // namespace carehub::gateway
