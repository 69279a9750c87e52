#include "hub/gateway/input_maker.hpp"

#include "hub/base/zone_database.hpp"
#include "hub/codec/command.hpp"
#include "hub/codec/submission.hpp"
#include "hub/gateway/identify.hpp"

namespace carehub::gateway {
namespace {

Bytes copy_of(ByteView bytes) { return {bytes.begin(), bytes.end()}; }

Refusal unknown_zone() {
    return {RefusalReason::UnknownZone, "zone",
            "Name a zone of the IANA database, such as America/New_York."};
}

/// The zone a command names, if its kind names one.
const std::string* zone_of(const CommandBody& command) {
    if (const auto* staff = std::get_if<StaffCommand>(&command)) {
        return &staff->zone;
    }
    if (const auto* place = std::get_if<PlaceCommand>(&command)) {
        return &place->zone;
    }
    if (const auto* roster = std::get_if<RosterCommand>(&command)) {
        return &roster->zone;
    }
    return nullptr;
}

}  // namespace

Input InputMaker::head(const Session& from, std::uint64_t ticket) {
    Input input;
    input.received_at = stamp_.next();
    input.principal = from.principal;
    input.session = from.number;
    input.ticket = ticket;
    return input;
}

void InputMaker::submission(const Session& from, std::uint64_t ticket, ByteView slice,
                            InputBatch& out) {
    auto claim = codec::decode_submission(slice);
    if (!claim) {
        refuse(from, ticket, std::move(claim.error()), out);
        return;
    }
    if (!introduce_zone(claim->zone, out)) {
        refuse(from, ticket, unknown_zone(), out);
        return;
    }
    Input& input = out.emplace_back(head(from, ticket));
    input.wire = copy_of(slice);
    input.fingerprint = fingerprints_.body(slice);
    input.body = identify(fingerprints_, std::move(*claim), from.principal, input.fingerprint);
}

void InputMaker::command(const Session& from, std::uint64_t ticket, ByteView slice,
                         InputBatch& out) {
    auto command = codec::decode_command(slice);
    if (!command) {
        refuse(from, ticket, std::move(command.error()), out);
        return;
    }
    const std::string* zone = zone_of(*command);
    if (zone != nullptr && !introduce_zone(*zone, out)) {
        refuse(from, ticket, unknown_zone(), out);
        return;
    }
    auto kept = without_name(*command, slice);
    if (!kept) {
        refuse(from, ticket, std::move(kept.error()), out);
        return;
    }
    Input input = head(from, ticket);
    input.wire = std::move(*kept);
    input.fingerprint = fingerprints_.body(slice);
    input.body = identify(fingerprints_, std::move(*command));
    out.push_back(std::move(input));
}

/// What the journal keeps: the entry of an erasure outlives the client's key, so it names no name.
tl::expected<Bytes, Refusal> InputMaker::without_name(CommandBody& command, ByteView slice) const {
    auto* told = std::get_if<RetentionCommand>(&command);
    if (told == nullptr) {
        return copy_of(slice);
    }
    const auto wrong = [](RefusalReason reason, std::string field, std::string fix) {
        return tl::unexpected<Refusal>({reason, std::move(field), std::move(fix)});
    };
    if (told->client.empty()) {
        return wrong(RefusalReason::MissingField, "body.client", "name a client of the roster");
    }
    if (told->reason.find(told->client) != std::string::npos) {
        return wrong(RefusalReason::InvalidField, "body.reason",
                     "say why without the client's name: the reason is kept when all else is gone");
    }
    told->client_id = fingerprints_.client(told->client);
    told->client.clear();
    auto bytes = codec::encode_command(command);
    if (!bytes) {
        return wrong(RefusalReason::TooLarge, "body", "give a shorter reason");
    }
    return std::move(*bytes);
}

void InputMaker::refuse(const Session& from, std::uint64_t ticket, Refusal refusal,
                        InputBatch& out) {
    Input input = head(from, ticket);
    input.body = RefusedInput{std::move(refusal)};
    out.push_back(std::move(input));
}

void InputMaker::acknowledge(const Session& from, const AcknowledgeInput& told, ByteView slice,
                             InputBatch& out) {
    Input input = head(from, 0);
    input.wire = copy_of(slice);
    input.body = told;
    out.push_back(std::move(input));
}

void InputMaker::verdict(const Session& from, VerdictInput told, ByteView slice, InputBatch& out) {
    Input input = head(from, 0);
    input.wire = copy_of(slice);
    input.body = std::move(told);
    out.push_back(std::move(input));
}

void InputMaker::unrenderable(const Delivery& delivery, InputBatch& out) {
    Input input;
    input.received_at = stamp_.next();
    input.principal = delivery.recipient;
    VerdictInput verdict;
    verdict.delivery = delivery;
    verdict.unrenderable = true;
    input.body = std::move(verdict);
    out.push_back(std::move(input));
}

void InputMaker::resume(const Session& from, ResumeInput ask, InputBatch& out) {
    Input input = head(from, 0);
    input.body = std::move(ask);
    out.push_back(std::move(input));
}

bool InputMaker::introduce_zone(const std::string& name, InputBatch& out) {
    if (name.empty() || known_zones_.contains(name)) {
        return true;
    }
    auto zone = load_zone(name);
    if (!zone) {
        return false;
    }
    Input input;
    input.received_at = stamp_.next();
    input.body = ZoneInput{std::move(*zone)};
    out.push_back(std::move(input));
    known_zones_.insert(name);
    return true;
}

}  // namespace carehub::gateway
