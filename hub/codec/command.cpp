#include "hub/codec/command.hpp"

#include "hub/codec/command_tables.hpp"
#include "hub/codec/wire_buffer.hpp"

namespace carehub::codec {
namespace {

using Path = std::optional<std::string_view>;

/// `path` when the field it names is not told.
Path unless(bool told, std::string_view path) { return told ? std::nullopt : Path(path); }
Path either(Path first, Path second) { return first ? first : second; }

Path missing(const PartnerCommand& c) { return unless(!c.name.empty(), "body.name"); }
Path missing(const StaffCommand& c) { return unless(!c.staff.empty(), "body.staff"); }
Path missing(const AbsenceCommand& c) { return unless(!c.staff.empty(), "body.staff"); }
Path missing(const OnCallCommand& c) { return unless(!c.team.empty(), "body.team"); }
Path missing(const PlaceCommand& c) {
    return unless(!c.partner.empty(),
                  "body.partner");  // an empty code is the partner's default place
}
Path missing(const CalendarCommand& c) { return unless(!c.calendar.empty(), "body.calendar"); }
Path missing(const RosterCommand& c) { return unless(!c.client.empty(), "body.client"); }
Path missing(const AgreementCommand& c) {
    return either(unless(!c.discloser.empty(), "body.discloser"),
                  unless(!c.recipient.empty(), "body.recipient"));
}
Path missing(const AlertCommand& c) {
    return either(unless(c.alert.sequence.value != 0, "body.alert"),
                  unless(c.act != AlertAct::Unset, "body.act"));
}
Path missing(const PauseCommand& c) { return unless(!c.name.empty(), "body.name"); }
Path missing(const DeadLetterCommand& c) {
    const bool names = c.entry.value != 0 || (!c.recipient.empty() && c.number != 0);
    return either(unless(names, "body.number"), unless(c.act != DeadLetterAct::Unset, "body.act"));
}
Path missing(const RestoreCommand& c) { return unless(c.last.value != 0, "body.last"); }
Path missing(const RuleCommand& c) {
    return either(
        either(unless(!c.rule.empty(), "body.rule"), unless(!c.setting.empty(), "body.setting")),
        unless(!c.reason.empty(), "body.reason"));
}
Path missing(const LinkCommand& c) {
    const bool of_clients = c.act == LinkAct::Merge || c.act == LinkAct::Unmerge;
    const bool by_either = c.act == LinkAct::Distinguish && !c.to.empty();
    return either(either(unless(c.act != LinkAct::Unset, "body.act"),
                         unless(!c.client.empty(), "body.client")),
                  either(either(unless(of_clients || by_either || !c.identifier.value.empty(),
                                       "body.identifier"),
                                unless(!of_clients || !c.to.empty(), "body.to")),
                         unless(!c.reason.empty(), "body.reason")));
}
Path missing(const RetentionCommand& c) {
    const bool names = !c.client.empty() || !c.client_id.is_none();
    return either(
        either(unless(c.act != RetentionAct::Unset, "body.act"), unless(names, "body.client")),
        unless(!c.reason.empty(), "body.reason"));
}
Path missing(const ClockCommand& c) { return unless(c.to != kUnknownTime, "body.to"); }

}  // namespace

Result<Bytes> encode_command(const CommandBody& command) {
    return write_message(CommandMessage{kCommandSchema, command}, wire::CommandIdentifier(),
                         "command", kEventBytesMax);
}

tl::expected<CommandBody, Refusal> decode_command(ByteView buffer) {
    auto message = read_wire<CommandMessage>(buffer, wire::CommandIdentifier());
    if (!message) {
        return tl::unexpected<Refusal>(std::move(message).error());
    }
    if (message->schema != kCommandSchema) {
        return tl::unexpected<Refusal>(
            {RefusalReason::WrongVersion, "schema", "send commands of schema version 1"});
    }
    if (const Path path =
            std::visit([](const auto& body) { return missing(body); }, message->body)) {
        return tl::unexpected<Refusal>(
            {RefusalReason::MissingField, std::string(*path), "give this field a value"});
    }
    return std::move(message->body);
}

}  // namespace carehub::codec
