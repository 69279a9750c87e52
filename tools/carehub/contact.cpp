// contact add, case assign: what people do outside the feeds, told as events of feed "casework".
#include <iostream>

#include <boost/json.hpp>

#include "hub/base/random.hpp"
#include "tools/carehub/door.hpp"
#include "tools/carehub/output.hpp"
#include "tools/carehub/words.hpp"

namespace carehub::tool {
namespace {

namespace json = boost::json;

constexpr std::string_view kFeed = "casework";

struct ContactArguments {
    std::string client;
    std::string kind;
    bool one_way = false;
    bool attempted = false;
    std::string at;
    std::uint16_t minutes = 0;
};

struct AssignArguments {
    std::string client;
    std::string owner;
    std::string team;
};

/// Client, hub time, and 64 random bits: two people may tell of the same minute.
std::string fresh_id(const std::string& client, UtcTime now) {
    std::array<std::uint8_t, 8> drawn{};
    SystemRandom random;
    random.fill(drawn);
    return client + "/" + to_iso(now) + "/" + to_hex(drawn);
}

Submission event_about(const std::string& client, EventKind kind, UtcTime now) {
    Submission event;
    event.kind = kind;
    event.feed = kFeed;
    event.source_msg_id = fresh_id(client, now);
    event.identifiers = {{"carehub", "CLIENT", client}};
    event.occurred_at = now;
    event.recorded_at = now;
    return event;
}

Result<int> tell(const Run& run, Door& door, const Submission& event, const std::string& done) {
    CAREHUB_TRY(const Receipt receipt, door.submit(event));
    if (receipt.status == ReceiptStatus::Refused) {
        return tl::unexpected<Error>(refusal_error(receipt));
    }
    const std::string id = "h-" + std::to_string(receipt.sequence.value);
    if (run.json) {
        std::cout << json::serialize(json::object{{"event_id", id},
                                                  {"status", "accepted"},
                                                  {"sequence", receipt.sequence.value}})
                  << "\n";
    } else {
        std::cout << done << " (" << id << ")\n";
    }
    return 0;
}

/// The hub accepts events about anyone; a person at the keyboard wants to know of a slip at once.
Result<std::string> owner_of(Door& door, const std::string& client) {
    CAREHUB_TRY(const std::vector<std::string> lines, door.ask("client", {{"client", client}}));
    return lines.empty() ? "" : text_at(parse_line(lines.front()), "owner");
}

Result<int> add_contact_event(const Run& run, const ContactArguments& arguments) {
    const auto kind = parse_word<ContactKind>(arguments.kind);
    if (!kind) {
        return fail(ErrorCode::Invalid,
                    "--kind wants face_to_face, telephone, video, message or collateral");
    }
    CAREHUB_TRY(Door door, Door::open(run));
    CAREHUB_TRY(const UtcTime now, door.now());
    CAREHUB_TRY(const std::string owner, owner_of(door, arguments.client));
    Submission event = event_about(
        arguments.client,
        arguments.attempted ? EventKind::ContactAttempted : EventKind::ContactMade, now);
    if (!arguments.at.empty()) {
        const auto at = parse_iso_time(arguments.at);
        if (!at) {
            return fail(ErrorCode::Invalid, "--at wants a time such as 2026-07-09T10:00:00-04:00");
        }
        event.occurred_at = *at;
    }
    CaseworkClaim claim;
    claim.owner = owner.empty() ? "none" : owner;
    claim.contact_kind = *kind;
    claim.two_way = !arguments.one_way && !arguments.attempted;
    claim.duration_min = arguments.minutes;
    event.payload = std::move(claim);
    return tell(run, door, event,
                arguments.attempted ? "The attempt is recorded" : "The contact is recorded");
}

Result<int> assign(const Run& run, const AssignArguments& arguments) {
    CAREHUB_TRY(Door door, Door::open(run));
    CAREHUB_TRY(const UtcTime now, door.now());
    CAREHUB_TRY(const std::string before, owner_of(door, arguments.client));
    Submission event =
        event_about(arguments.client,
                    before.empty() ? EventKind::CaseAssigned : EventKind::CaseReassigned, now);
    CaseworkClaim claim;
    claim.owner = arguments.owner;
    claim.team = arguments.team;
    event.payload = std::move(claim);
    return tell(run, door, event,
                arguments.client + " is in the care of " + arguments.owner + " now");
}

}  // namespace

void add_contact(CLI::App& app, Run& run) {
    auto* command = subcommand(app, "contact", "contacts with clients, outside the feeds");
    command->require_subcommand(1);
    auto arguments = std::make_shared<ContactArguments>();
    auto* add = subcommand(*command, "add", "record a contact, or an attempt");
    option(*add, "CLIENT", arguments->client, "the client's name in the roster")->required();
    option(*add, "--kind", arguments->kind, "face_to_face, telephone, video, message or collateral")
        ->required();
    flag(*add, "--one-way", arguments->one_way,
         "the client did not answer: a letter, a voice message");
    flag(*add, "--attempted", arguments->attempted, "nobody was reached");
    option(*add, "--at", arguments->at, "when, ISO 8601 with offset; default now");
    option(*add, "--minutes", arguments->minutes, "how long it took");
    runs(add, run, [&run, arguments] { return add_contact_event(run, *arguments); });
}

void add_case(CLI::App& app, Run& run) {
    auto* command = subcommand(app, "case", "who cares for whom");
    command->require_subcommand(1);
    auto arguments = std::make_shared<AssignArguments>();
    auto* assign_command = subcommand(*command, "assign", "give a client to a case manager");
    option(*assign_command, "CLIENT", arguments->client, "the client's name in the roster")
        ->required();
    option(*assign_command, "--owner", arguments->owner, "the case manager")->required();
    option(*assign_command, "--team", arguments->team, "the team");
    runs(assign_command, run, [&run, arguments] { return assign(run, *arguments); });
}

}  // namespace carehub::tool
