#include "hub/codec/command.hpp"

#include "tests/support/catch.hpp"
#include "tests/unit/codec/filler.hpp"

namespace carehub::codec {
namespace {

void require_missing(const CommandBody& command, std::string_view field) {
    const auto decoded = decode_command(*encode_command(command));
    REQUIRE_FALSE(decoded);
    CHECK(decoded.error().reason == RefusalReason::MissingField);
    CHECK(decoded.error().field == field);
}

TEST_CASE("every command comes back as it was sent", "[codec][command][property]") {
    Prng prng(12);
    std::vector<bool> seen(std::variant_size_v<CommandBody>);
    for (int i = 0; i < 500; ++i) {
        const CommandBody command = random_command(prng);
        seen[command.index()] = true;
        const auto bytes = encode_command(command);
        REQUIRE(bytes);
        const auto decoded = decode_command(*bytes);
        REQUIRE(decoded);
        CHECK(*decoded == command);
    }
    CHECK(std::ranges::find(seen, false) == seen.end());
}

TEST_CASE("a command without the name it is about is refused by its path", "[codec][command]") {
    require_missing(PartnerCommand{}, "body.name");
    require_missing(StaffCommand{}, "body.staff");
    require_missing(AbsenceCommand{}, "body.staff");
    require_missing(OnCallCommand{}, "body.team");
    require_missing(PlaceCommand{}, "body.partner");
    require_missing(CalendarCommand{}, "body.calendar");
    require_missing(RosterCommand{}, "body.client");
    require_missing(AgreementCommand{}, "body.discloser");
    require_missing(AlertCommand{}, "body.alert");
    require_missing(ClockCommand{}, "body.to");
}

TEST_CASE("a command without a body is refused", "[codec][command]") {
    flatbuffers::FlatBufferBuilder builder;
    builder.Finish(wire::CreateCommand(builder, 1), wire::CommandIdentifier());
    const auto decoded = decode_command({builder.GetBufferPointer(), builder.GetSize()});
    REQUIRE_FALSE(decoded);
    CHECK(decoded.error().reason == RefusalReason::MissingField);
}

TEST_CASE("a command of another schema version is refused", "[codec][command]") {
    flatbuffers::FlatBufferBuilder builder;
    const auto body = wire::CreateClockCommand(builder, 5);
    builder.Finish(wire::CreateCommand(builder, 2, wire::CommandBody::ClockCommand, body.Union()),
                   wire::CommandIdentifier());
    const auto decoded = decode_command({builder.GetBufferPointer(), builder.GetSize()});
    REQUIRE_FALSE(decoded);
    CHECK(decoded.error().reason == RefusalReason::WrongVersion);
}

}  // namespace
}  // namespace carehub::codec
