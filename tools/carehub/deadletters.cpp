// deadletters: deliveries the hub gave up, and inputs it refuses because they stopped it.
#include <charconv>
#include <iostream>

#include <boost/json.hpp>

#include "tools/carehub/door.hpp"
#include "tools/carehub/output.hpp"

namespace carehub::tool {
namespace {

namespace json = boost::json;

struct LetterArguments {
    std::string id;  ///< RECIPIENT/NUMBER, or h-12
    std::string recipient;
    std::string reason;
    bool all = false;
};

const std::vector<Column> kListColumns = {
    {"id", "id"},       {"kind", "kind"},     {"client", "client"},     {"event", "event_id"},
    {"stage", "stage"}, {"reason", "reason"}, {"attempts", "attempts"}, {"at", "at"}};

/// Which one a person means.
struct Named {
    std::string recipient;
    std::uint64_t number = 0;
    std::uint64_t entry = 0;  ///< of an input refused as poison
};

std::optional<std::uint64_t> to_number(std::string_view text) {
    std::uint64_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool whole = read.ec == std::errc{} && read.ptr == text.data() + text.size();
    return whole && number > 0 ? std::optional(number) : std::nullopt;
}

Result<Named> named(const std::string& id) {
    const std::size_t slash = id.rfind('/');
    if (slash != std::string::npos) {
        if (const auto number = to_number(std::string_view(id).substr(slash + 1))) {
            return Named{id.substr(0, slash), *number, 0};
        }
    } else if (id.starts_with("h-")) {
        if (const auto entry = to_number(std::string_view(id).substr(2))) {
            return Named{{}, 0, *entry};
        }
    }
    return fail(ErrorCode::Invalid,
                "name one as `carehub deadletters list` shows it: RECIPIENT/NUMBER, or h-12");
}

DeadLetterCommand command_of(const Named& letter, DeadLetterAct act, const std::string& reason) {
    return {letter.recipient, letter.number, Sequence{letter.entry}, act, reason};
}

follower::Arguments filter_of(const LetterArguments& given) {
    return given.recipient.empty() ? follower::Arguments{}
                                   : follower::Arguments{{"recipient", given.recipient}};
}

Result<int> list(const Run& run, const LetterArguments& given) {
    CAREHUB_TRY(Door door, Door::open(run));
    CAREHUB_TRY(const auto lines, door.ask("deadletters", filter_of(given)));
    print_lines(lines, run.json, kListColumns, "No dead letters.");
    return 0;
}

Result<int> show(const Run& run, const LetterArguments& given) {
    CAREHUB_TRY(const Named letter, named(given.id));
    follower::Arguments arguments;
    if (letter.entry != 0) {
        arguments["entry"] = given.id;
    } else {
        arguments["recipient"] = letter.recipient;
        arguments["number"] = std::to_string(letter.number);
    }
    CAREHUB_TRY(Door door, Door::open(run));
    CAREHUB_TRY(const auto lines, door.ask("deadletter", arguments));
    for (const std::string& line : lines) {
        if (run.json) {
            std::cout << line << "\n";
            continue;
        }
        const json::object letter_told = parse_line(line);
        for (const auto& item : letter_told) {
            const std::string key(item.key());
            const std::string text = text_at(letter_told, key);
            std::cout << (text.empty() ? "" : key + ": " + text + "\n");
        }
    }
    return 0;
}

/// {"id","act","status"} for each.
void print_done(const Run& run, const std::string& id, std::string_view act) {
    if (run.json) {
        std::cout << json::serialize(json::object{{"id", id}, {"act", act}, {"status", "accepted"}})
                  << "\n";
    } else if (act == "discard") {
        std::cout << "Discarded " << id << "; the trail keeps it and why.\n";
    } else {
        std::cout << (id.starts_with("h-") ? "Released " : "Will be told again: ") << id
                  << (id.starts_with("h-") ? ": its sender may send it again.\n" : ".\n");
    }
}

Result<int> act_on_one(const Run& run, const LetterArguments& given, DeadLetterAct act) {
    CAREHUB_TRY(const Named letter, named(given.id));
    CAREHUB_TRY(Door door, Door::open(run));
    CAREHUB_TRY(const Receipt receipt, door.command(command_of(letter, act, given.reason)));
    if (receipt.status == ReceiptStatus::Refused) {
        return tl::unexpected<Error>(refusal_error(receipt));
    }
    print_done(run, given.id, act == DeadLetterAct::Replay ? "replay" : "discard");
    return 0;
}

/// Every delivery of the list; the hub lets them go as a small share of live traffic. Inputs that
/// stopped the hub are released one by one, on purpose.
Result<int> replay_all(const Run& run, const LetterArguments& given) {
    CAREHUB_TRY(Door door, Door::open(run));
    CAREHUB_TRY(const auto lines, door.ask("deadletters", filter_of(given)));
    std::vector<std::string> ids;
    std::vector<CommandBody> commands;
    for (const std::string& line : lines) {
        const std::string id = text_at(parse_line(line), "id");
        CAREHUB_TRY(const Named letter, named(id));
        if (letter.entry == 0) {
            ids.push_back(id);
            commands.emplace_back(command_of(letter, DeadLetterAct::Replay, given.reason));
        }
    }
    CAREHUB_TRY(const std::vector<Receipt> receipts, door.commands(commands));
    std::uint64_t refused = 0;
    for (std::size_t i = 0; i < receipts.size(); ++i) {
        if (receipts[i].status == ReceiptStatus::Refused) {
            ++refused;  // somebody else acted on it meanwhile
            std::cerr << "carehub: " << ids[i] << ": " << refusal_error(receipts[i]).context
                      << "\n";
        } else {
            print_done(run, ids[i], "replay");
        }
    }
    if (ids.empty() && !run.json) {
        std::cout << "No dead letters.\n";
    }
    return refused == 0 ? 0 : 1;
}

Result<int> replay(const Run& run, const LetterArguments& given) {
    if (given.all == !given.id.empty()) {
        return fail(ErrorCode::Invalid, "name one dead letter, or --all");
    }
    return given.all ? replay_all(run, given) : act_on_one(run, given, DeadLetterAct::Replay);
}

}  // namespace

void add_deadletters(CLI::App& app, Run& run) {
    auto* letters = subcommand(app, "deadletters", "deliveries the hub gave up, and refused input");
    auto arguments = std::make_shared<LetterArguments>();
    const std::string meaning = "RECIPIENT/NUMBER, or h-12 for an input that stopped the hub";
    option(*letters, "--recipient", arguments->recipient, "only of this recipient");
    subcommand(*letters, "list", "all that wait for a person (the default)");
    // The parent's callback runs after its subcommand's, which may have chosen other work.
    letters->callback([letters, &run, arguments] {
        if (letters->get_subcommands().empty() || letters->got_subcommand("list")) {
            run.work = [&run, arguments] { return list(run, *arguments); };
        }
    });
    const auto add = [&](const char* name, const char* about, auto work) {
        auto* added = subcommand(*letters, name, about);
        runs(added, run, [&run, arguments, work] { return work(run, *arguments); });
        return added;
    };
    add("show", "one of them, with the recipient's words", show)
        ->add_option("ID", arguments->id, meaning)
        ->required();
    auto* again = add("replay", "tell it again to that one recipient, linked to the first", replay);
    option(*again, "ID", arguments->id, meaning);
    flag(*again, "--all", arguments->all, "every one of the list, at the hub's pace");
    option(*again, "--reason", arguments->reason, "why, for the trail");
    auto* discard =
        add("discard", "give it up for good", [](const Run& ran, const LetterArguments& given) {
            return act_on_one(ran, given, DeadLetterAct::Discard);
        });
    option(*discard, "ID", arguments->id, meaning)->required();
    option(*discard, "--reason", arguments->reason, "why, for the trail")->required();
}

}  // namespace carehub::tool
