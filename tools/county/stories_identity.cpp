// What staff do: link a number that is somebody else's and take it back, and read about a client that
// is another's.
#include <array>

#include "tools/county/limits.hpp"
#include "tools/county/stories.hpp"

namespace carehub::county {
namespace {

using std::chrono::days;

constexpr int kDaysOfWrongLink = 3;  ///< linked, told under it, taken back

/// A command about a number that the clinic gave.
std::vector<std::string> about_number(PlanBuilder& builder, std::string_view verb) {
    return {"client",
            std::string(verb),
            builder.plan().person.name,
            "--authority",
            std::string(kClinicAuthority),
            "--type",
            std::string(kClinicNumberType),
            "--id",
            stranger_number(builder.client())};
}

std::vector<std::string> with(std::vector<std::string> command,
                              std::initializer_list<std::string> more) {
    command.insert(command.end(), more);
    return command;
}

/// Links the stranger's number to the client and has the clinic book a visit under it, on the day
/// after; the day after that the mistake is seen. Nothing of its time concerns the client's own.
struct WrongLink {
    Planned visit;
    int ends = 0;
    std::string by;
};

std::optional<WrongLink> link_a_stranger(PlanBuilder& builder) {
    const World& world = builder.world();
    if (world.days() < kDaysOfWrongLink) {
        return std::nullopt;
    }
    const int day = static_cast<int>(builder.prng().between(1, world.days() - 2));
    const Date far = world.end_date() + days{2 * kAheadDaysMax};
    const auto date = builder.free_date(far, far + days{kAheadDaysMax});
    if (!date) {
        return std::nullopt;
    }
    const std::string supervisor = supervisor_of_client(builder.client());
    builder.act(day, supervisor,
                with(about_number(builder, "link"), {"--reason", "same name and birth date"}));
    Planned visit =
        builder.announce(Door::Clinic, day + 1, PlaceName::GeneralClinic, {*date, 14 * 60, 45});
    builder.tell_of_stranger();
    return WrongLink{std::move(visit), day + 2, supervisor};
}

bool unlinked(PlanBuilder& builder) {
    const auto wrong = link_a_stranger(builder);
    if (!wrong) {
        return false;
    }
    builder.act(wrong->ends, wrong->by,
                with(about_number(builder, "unlink"), {"--reason", "the clinic says otherwise"}));
    builder.expect_alert("LinkBreach", {}, wrong->ends, "open",
                         "a visit was told under a number that is somebody else's");
    builder.expect_withheld("owner", {wrong->visit.key},
                            "the number was taken back before anybody had read of the visit");
    return true;
}

/// Whose number it was after all: a client of the same case manager.
std::string right_client(PlanBuilder& builder) {
    const std::uint64_t client = builder.client();
    const bool last = client % kClientsPerCaseManager == 0 || client == builder.world().clients();
    return make_person(builder.world().seed(), last ? client - 1 : client + 1).name;
}

bool split(PlanBuilder& builder) {
    const auto wrong = link_a_stranger(builder);
    if (!wrong) {
        return false;
    }
    // Entered in error too, so that the right client's own days stay as they are.
    builder.send(wrong->visit, wrong->ends - 1, "S17", "PROVIDER UNAVAILABLE", "Deleted");
    builder.tell_of_stranger();
    builder.act(wrong->ends, wrong->by,
                with(about_number(builder, "split"),
                     {"--to", right_client(builder), "--reason", "asked the client"}));
    builder.expect_alert("LinkBreach", {}, wrong->ends, "open",
                         "a visit was told under a number that is another client's");
    return true;
}

/// A case manager who does not work on the case.
std::string stranger_to(std::uint64_t client, std::uint64_t clients) {
    const std::uint64_t managers = case_managers_for(clients);
    const std::uint64_t own = (client - 1) / kClientsPerCaseManager + 1;
    return case_manager_name(own % managers + 1);
}

/// On the first day: an alert that nobody answers goes to the whole team, which then knows the client
/// by right, as the team of assertive community treatment does at once.
bool read_in_an_emergency(PlanBuilder& builder) {
    constexpr int kFirstDay = 1;
    const World& world = builder.world();
    if (case_managers_for(world.clients()) < 2 || builder.plan().person.model == "Act") {
        return false;
    }
    builder.act(kFirstDay, stranger_to(builder.client(), world.clients()),
                {"client", "show", builder.plan().person.name, "--break-glass", "--reason",
                 "stands at the door, own manager not in reach"});
    builder.expect_alert("BreakGlass", {}, kFirstDay, "open",
                         "somebody who does not work on the case read about the client");
    return true;
}

}  // namespace

std::span<const Story> identity_stories() {
    static constexpr std::array<Story, 3> kStories = {
        {{unlinked, kAnything, 1}, {split, kAnything, 1}, {read_in_an_emergency, kAnything, 1}}};
    return kStories;
}

}  // namespace carehub::county
