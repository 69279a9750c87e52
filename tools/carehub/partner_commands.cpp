// partner: who may connect, each an entry of the journal.
#include <iostream>

#include <boost/json.hpp>

#include "hub/daemon/config.hpp"
#include "hub/model/kind_word.hpp"
#include "tools/carehub/door.hpp"
#include "tools/carehub/output.hpp"
#include "tools/carehub/words.hpp"

namespace carehub::tool {
namespace fs = std::filesystem;
namespace {

struct PartnerArguments {
    std::string name;
    std::string kind;
    std::string role;
    std::string public_key;
    std::string calendar;
    std::string backfill_until;
    std::string out;
    std::string reason;
    bool rehearsal = false;
};

Result<PartnerCommand> partner_command(const PartnerArguments& arguments, Hash256 public_key) {
    PartnerCommand command;
    command.name = arguments.name;
    const auto kind = parse_kind_word(arguments.kind);
    if (!kind) {
        return fail(ErrorCode::Invalid,
                    "--kind is one of clinic, hospital, housing, court, supervision, jail, staff");
    }
    command.kind = *kind;
    if (command.kind == PartnerKind::Staff) {
        const auto role = parse_word<StaffRole>(arguments.role);
        if (!role) {
            return fail(ErrorCode::Invalid,
                        "--role is one of case_manager, supervisor, integration, operator");
        }
        command.role = *role;
    }
    if (!arguments.backfill_until.empty()) {
        const auto until = parse_iso_time(arguments.backfill_until);
        if (!until) {
            return fail(ErrorCode::Invalid,
                        "--backfill-until wants a time such as 2026-03-02T06:00:00-05:00");
        }
        command.backfill_until = *until;
    }
    command.calendar = arguments.calendar;
    command.rehearsal = arguments.rehearsal;
    command.public_key = public_key;
    return command;
}

Result<std::string> endpoint_of(const daemon::DataFolder& folder) {
    if (const auto running = daemon::read_text(folder.endpoint())) {
        return running->substr(0, running->find('\n'));
    }
    CAREHUB_TRY(const daemon::Config config, daemon::read_config(folder.settings()));
    return "tcp://" + config.address + ":" + std::to_string(config.port);
}

/// New ones, or the public one that the partner told; its secret stays with the partner.
Result<transport::CurveKeys> keys_of(const PartnerArguments& arguments) {
    if (arguments.public_key.empty()) {
        return transport::make_curve_keys();
    }
    const auto given = transport::from_z85(arguments.public_key);
    if (!given) {
        return fail(ErrorCode::Invalid, "--public-key is 40 characters of Z85");
    }
    return transport::CurveKeys{*given, {}};
}

Result<adapters::LinkFile> link_to(const Run& run, const PartnerCommand& command,
                                   const transport::CurveKeys& keys) {
    const daemon::DataFolder folder = folder_of(run);
    CAREHUB_TRY(const transport::CurveKeys hub, daemon::read_hub_keys(folder));
    adapters::LinkFile link;
    link.name = command.name;
    link.kind = command.kind;
    link.role = command.role;
    CAREHUB_TRY(link.endpoint, endpoint_of(folder));
    link.hub_public_key = hub.public_key;
    link.public_key = keys.public_key;
    link.secret_key = keys.secret_key;
    return link;
}

/// The operator's own link stands in the folder, where every command looks for it.
fs::path link_path_of(const Run& run, const PartnerArguments& arguments) {
    if (!arguments.out.empty()) {
        return arguments.out;
    }
    const fs::path admin = folder_of(run).admin_link();
    const auto known = adapters::read_link_file(admin);
    return known && known->name == arguments.name ? admin : fs::path(arguments.name + ".carehub");
}

bool rehearses(const boost::json::object& known) { return text_at(known, "rehearsal") == "true"; }

/// The registry's line of a partner that is not removed; nothing when there is none.
Result<std::optional<boost::json::object>> known_partner(Door& door, const std::string& name) {
    CAREHUB_TRY(const auto lines, door.ask("partners", {}));
    for (const std::string& line : lines) {
        boost::json::object known = parse_line(line);
        if (text_at(known, "partner") == name && text_at(known, "removed") == "false") {
            return std::optional(std::move(known));
        }
    }
    return std::optional<boost::json::object>();
}

/// A second partner of a name must not take the first one's key away, nor end its rehearsal.
Status refuse_another(Door& door, const PartnerCommand& command) {
    CAREHUB_TRY(const auto known, known_partner(door, command.name));
    if (known && text_at(*known, "public_key") != to_hex(command.public_key)) {
        return fail(ErrorCode::Invalid, "there is a partner " + command.name +
                                            " already: `carehub partner rotate " + command.name +
                                            "` gives it a new key");
    }
    if (known && rehearses(*known) && !command.rehearsal) {
        return fail(ErrorCode::Invalid, command.name +
                                            " is in rehearsal: `carehub partner promote " +
                                            command.name + "` makes it live");
    }
    return {};
}

Result<int> partner_add(const Run& run, const PartnerArguments& arguments) {
    CAREHUB_TRY(const transport::CurveKeys keys, keys_of(arguments));
    CAREHUB_TRY(const PartnerCommand command, partner_command(arguments, keys.public_key));
    CAREHUB_TRY(Door door, Door::open(run));
    CAREHUB_TRY_DONE(refuse_another(door, command));
    CAREHUB_TRY(const Receipt receipt, door.command(command));
    if (receipt.status == ReceiptStatus::Refused) {
        return tl::unexpected<Error>(refusal_error(receipt));
    }
    CAREHUB_TRY(const adapters::LinkFile link, link_to(run, command, keys));
    const fs::path file = link_path_of(run, arguments);
    CAREHUB_TRY_DONE(adapters::write_link_file(file, link));
    std::cout << "Added " << arguments.name << " (" << arguments.kind << "); its link file is "
              << file.string() << ", which holds a secret key.\n";
    return 0;
}

Result<int> partner_list(const Run& run) {
    CAREHUB_TRY(Door door, Door::open(run));
    CAREHUB_TRY(const auto lines, door.ask("partners", {}));
    print_lines(lines, run.json,
                {{"partner", "partner"},
                 {"kind", "kind"},
                 {"role", "role"},
                 {"paused", "paused"},
                 {"rehearsal", "rehearsal"},
                 {"removed", "removed"}},
                "No partners yet: carehub partner add NAME --kind clinic");
    return 0;
}

/// The partner as the registry has it.
Result<PartnerCommand> as_registered(Door& door, const std::string& name) {
    CAREHUB_TRY(const auto known, known_partner(door, name));
    if (!known) {
        return fail(ErrorCode::NotFound,
                    "there is no partner " + name + ": see carehub partner list");
    }
    PartnerArguments as_before;
    as_before.name = name;
    as_before.kind = text_at(*known, "kind");
    as_before.role = text_at(*known, "role");
    as_before.calendar = text_at(*known, "calendar");
    as_before.backfill_until = text_at(*known, "backfill_until");
    as_before.rehearsal = rehearses(*known);
    Hash256 key{};
    if (!from_hex(text_at(*known, "public_key"), key)) {
        return fail(ErrorCode::Damaged, "the hub told no key of " + name);
    }
    return partner_command(as_before, key);
}

/// What an adapter spooled under the old keys is read with them, where the link file had them.
Result<std::vector<Hash256>> keys_until_now(const fs::path& file, const std::string& name) {
    std::error_code error;
    if (!fs::exists(file, error)) {
        return std::vector<Hash256>{};
    }
    CAREHUB_TRY(const adapters::LinkFile old, adapters::read_link_file(file));
    if (old.name != name || old.secret_key == Hash256{}) {
        return std::vector<Hash256>{};
    }
    std::vector<Hash256> keys = old.earlier_keys;
    keys.insert(keys.begin(), old.secret_key);
    keys.resize(std::min(keys.size(), adapters::kEarlierKeysMax));
    return keys;
}

/// The new link is on disk before the old key ends: a partner is never left without a way in.
Result<int> partner_rotate(const Run& run, const PartnerArguments& arguments) {
    CAREHUB_TRY(const transport::CurveKeys keys, keys_of(arguments));
    CAREHUB_TRY(Door door, Door::open(run));
    CAREHUB_TRY(PartnerCommand command, as_registered(door, arguments.name));
    command.public_key = keys.public_key;
    CAREHUB_TRY(adapters::LinkFile link, link_to(run, command, keys));
    const fs::path file = link_path_of(run, arguments);
    CAREHUB_TRY(link.earlier_keys, keys_until_now(file, arguments.name));
    const fs::path fresh = file.string() + ".rotated";
    CAREHUB_TRY_DONE(adapters::write_link_file(fresh, link));
    CAREHUB_TRY(const Receipt receipt, door.command(command));
    std::error_code error;
    if (receipt.status == ReceiptStatus::Refused) {
        fs::remove(fresh, error);
        return tl::unexpected<Error>(refusal_error(receipt));
    }
    fs::rename(fresh, file, error);
    if (error) {
        return fail(ErrorCode::Io, "the key is changed, and its link file is " + fresh.string() +
                                       ": put it where " + file.string() + " was");
    }
    std::cout << "Changed the key of " << arguments.name << "; its new link file is "
              << file.string() << ". The old key is not admitted any more.\n";
    return 0;
}

Result<int> partner_pause(const Run& run, const PartnerArguments& arguments, bool paused) {
    CAREHUB_TRY(Door door, Door::open(run));
    CAREHUB_TRY(const Receipt receipt,
                door.command(PauseCommand{arguments.name, paused, arguments.reason}));
    if (receipt.status == ReceiptStatus::Refused) {
        return tl::unexpected<Error>(refusal_error(receipt));
    }
    const bool changed = receipt.status == ReceiptStatus::Accepted;
    std::cout << arguments.name << (changed ? " is " : " was already ")
              << (paused ? "paused: what it sends is refused for now, what it is owed waits.\n"
                         : "at work.\n");
    return 0;
}

Result<int> partner_promote(const Run& run, const std::string& name) {
    CAREHUB_TRY(Door door, Door::open(run));
    CAREHUB_TRY(PartnerCommand command, as_registered(door, name));
    const bool was_live = !command.rehearsal;
    command.rehearsal = false;
    CAREHUB_TRY(const Receipt receipt, door.command(command));
    if (receipt.status == ReceiptStatus::Refused) {
        return tl::unexpected<Error>(refusal_error(receipt));
    }
    std::cout << name
              << (was_live ? " was live already.\n"
                           : " is live: what lies ahead is told, what is past is not.\n");
    return 0;
}

Result<int> partner_remove(const Run& run, const std::string& name) {
    CAREHUB_TRY(Door door, Door::open(run));
    PartnerCommand command;
    command.name = name;
    command.kind = PartnerKind::Staff;  // not looked at when removing
    command.removed = true;
    CAREHUB_TRY(const Receipt receipt, door.command(command));
    if (receipt.status == ReceiptStatus::Refused) {
        return tl::unexpected<Error>(refusal_error(receipt));
    }
    std::cout << "Removed " << name << ": its key is not admitted any more.\n";
    return 0;
}

}  // namespace

void add_partner(CLI::App& app, Run& run) {
    auto* partner = subcommand(app, "partner", "who may connect: organisations and staff links");
    partner->require_subcommand(1);
    auto arguments = std::make_shared<PartnerArguments>();
    auto* add = subcommand(*partner, "add",
                           "journal a partner's kind and key; writes its secret link file");
    option(*add, "NAME", arguments->name, "the partner's name")->required();
    option(*add, "--kind", arguments->kind,
           "clinic, hospital, housing, court, supervision, jail, staff")
        ->required();
    option(*add, "--role", arguments->role,
           "staff: case_manager, supervisor, integration, operator");
    option(*add, "--public-key", arguments->public_key, "Z85; the partner keeps its secret");
    option(*add, "--calendar", arguments->calendar, "the partner's calendar of business days");
    option(*add, "--backfill-until", arguments->backfill_until,
           "until then its events are history: no alerts about the past");
    flag(*add, "--rehearsal", arguments->rehearsal,
         "its events are stored and judged, and disturb nobody until it is promoted");
    option(*add, "--out", arguments->out, "where to write the link file (default NAME.carehub)");
    runs(add, run, [&run, arguments] { return partner_add(run, *arguments); });
    runs(subcommand(*partner, "list", "all partners"), run, [&run] { return partner_list(run); });
    auto* promote = subcommand(*partner, "promote", "its rehearsal ends: the feed is live");
    option(*promote, "NAME", arguments->name, "the partner's name")->required();
    runs(promote, run, [&run, arguments] { return partner_promote(run, arguments->name); });
    auto* remove = subcommand(*partner, "remove", "its key is admitted no more");
    option(*remove, "NAME", arguments->name, "the partner's name")->required();
    runs(remove, run, [&run, arguments] { return partner_remove(run, arguments->name); });
    auto* rotate =
        subcommand(*partner, "rotate", "a new key and link file; the old key is admitted no more");
    option(*rotate, "NAME", arguments->name, "the partner's name")->required();
    option(*rotate, "--public-key", arguments->public_key, "Z85; the partner keeps its secret");
    option(*rotate, "--out", arguments->out, "where to write the link file (default NAME.carehub)");
    runs(rotate, run, [&run, arguments] { return partner_rotate(run, *arguments); });
    for (const bool paused : {true, false}) {
        auto* command =
            subcommand(*partner, paused ? "pause" : "resume",
                       paused ? "both ways stop: events are refused for now, notices wait"
                              : "both ways go on");
        option(*command, "NAME", arguments->name, "the partner's name")->required();
        option(*command, "--reason", arguments->reason, "why, for the trail");
        runs(command, run,
             [&run, arguments, paused] { return partner_pause(run, *arguments, paused); });
    }
}

}  // namespace carehub::tool
