// partner: who may connect, each an entry of the journal.
#include <iostream>

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

Result<int> partner_add(const Run& run, const PartnerArguments& arguments) {
    CAREHUB_TRY(transport::CurveKeys keys, transport::make_curve_keys());
    if (!arguments.public_key.empty()) {
        const auto given = transport::from_z85(arguments.public_key);
        if (!given) {
            return fail(ErrorCode::Invalid, "--public-key is 40 characters of Z85");
        }
        keys = {*given, {}};
    }
    CAREHUB_TRY(const PartnerCommand command, partner_command(arguments, keys.public_key));
    CAREHUB_TRY(Door door, Door::open(run));
    CAREHUB_TRY(const Receipt receipt, door.command(command));
    if (receipt.status == ReceiptStatus::Refused) {
        return tl::unexpected<Error>(refusal_error(receipt));
    }
    const daemon::DataFolder folder = folder_of(run);
    CAREHUB_TRY(const transport::CurveKeys hub, daemon::read_hub_keys(folder));
    adapters::LinkFile link;
    link.name = arguments.name;
    link.kind = command.kind;
    link.role = command.role;
    CAREHUB_TRY(link.endpoint, endpoint_of(folder));
    link.hub_public_key = hub.public_key;
    link.public_key = keys.public_key;
    link.secret_key = keys.secret_key;
    const fs::path file = arguments.out.empty() ? arguments.name + ".carehub" : arguments.out;
    CAREHUB_TRY_DONE(adapters::write_link_file(file, link));
    std::cout << "Added " << arguments.name << " (" << arguments.kind << "); its link file is "
              << file.string() << ", which holds a secret key.\n";
    return 0;
}

Result<int> partner_list(const Run& run) {
    CAREHUB_TRY(Door door, Door::open(run));
    CAREHUB_TRY(const auto lines, door.ask("partners", {}));
    print_lines(
        lines, run.json,
        {{"partner", "partner"}, {"kind", "kind"}, {"role", "role"}, {"removed", "removed"}},
        "No partners yet: carehub partner add NAME --kind clinic");
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
    auto* partner = app.add_subcommand("partner", "who may connect: organisations and staff links");
    partner->require_subcommand(1);
    auto arguments = std::make_shared<PartnerArguments>();
    auto* add = partner->add_subcommand(
        "add", "journal a partner's kind and key; writes its secret link file");
    add->add_option("NAME", arguments->name, "the partner's name")->required();
    add->add_option("--kind", arguments->kind,
                    "clinic, hospital, housing, court, supervision, jail, staff")
        ->required();
    add->add_option("--role", arguments->role,
                    "staff: case_manager, supervisor, integration, operator");
    add->add_option("--public-key", arguments->public_key, "Z85; the partner keeps its secret");
    add->add_option("--calendar", arguments->calendar, "the partner's calendar of business days");
    add->add_option("--backfill-until", arguments->backfill_until,
                    "until then its events are history: no alerts about the past");
    add->add_option("--out", arguments->out, "where to write the link file (default NAME.carehub)");
    runs(add, run, [&run, arguments] { return partner_add(run, *arguments); });
    runs(partner->add_subcommand("list", "all partners"), run,
         [&run] { return partner_list(run); });
    auto* remove = partner->add_subcommand("remove", "its key is admitted no more");
    remove->add_option("NAME", arguments->name, "the partner's name")->required();
    runs(remove, run, [&run, arguments] { return partner_remove(run, arguments->name); });
}

}  // namespace carehub::tool
