// trail checkpoint, trail export: what is handed to people outside, so that they can check.
#include <iostream>

#include <boost/json.hpp>

#include "tools/carehub/bundle.hpp"
#include "tools/carehub/door.hpp"
#include "tools/carehub/output.hpp"
#include "tools/carehub/witness.hpp"

namespace carehub::tool {
namespace {

namespace json = boost::json;

Result<int> print_checkpoint(const Run& run) {
    CAREHUB_TRY(Door door, Door::open(run));
    CAREHUB_TRY(const std::vector<std::string> lines, door.ask("checkpoint", {}));
    if (lines.empty()) {
        return fail(ErrorCode::Damaged, "the hub told no checkpoint");
    }
    // A note is its bytes: nothing is added to it.
    std::cout << (run.json ? lines.front() + "\n" : text_at(parse_line(lines.front()), "note"));
    return 0;
}

struct ExportOptions {
    std::string client;
    std::string from;
    std::string to;
    std::string since;  ///< file
    std::string out;    ///< file
    bool proof = false;
};

Result<int> export_trail(const Run& run, const ExportOptions& options) {
    follower::Arguments arguments{{"client", options.client}};
    for (const auto& [name, value] : {std::pair{"from", &options.from}, {"to", &options.to}}) {
        if (!value->empty()) {
            arguments[name] = *value;
        }
    }
    std::string since;
    if (!options.since.empty()) {
        CAREHUB_TRY(const Witness older, read_witness(options.since, ""));
        CAREHUB_TRY(since, daemon::read_text(options.since));
        if (older.is_receipt || !since.starts_with("carehub/")) {
            return fail(ErrorCode::Invalid, "--since takes a signed checkpoint");
        }
        arguments["since"] = std::to_string(older.head.size);
    }
    CAREHUB_TRY(Door door, Door::open(run));
    CAREHUB_TRY(const std::vector<std::string> lines, door.ask("trail_export", arguments));
    CAREHUB_TRY(const std::string bundle, make_bundle(options.client, lines, since));
    const BundleVerdict verdict = check_bundle(bundle, "");
    if (verdict.problem) {
        return tl::unexpected<Error>(*verdict.problem);
    }
    if (options.out.empty()) {
        std::cout << bundle;
        return 0;
    }
    CAREHUB_TRY_DONE(daemon::write_private(options.out, bundle));
    if (run.json) {
        std::cout << json::serialize(json::object{{"file", options.out},
                                                  {"client", options.client},
                                                  {"entries", verdict.entries},
                                                  {"size", verdict.checkpoint.head.size},
                                                  {"key", verdict.key}})
                  << "\n";
    } else {
        std::cout << "Wrote " << verdict.entries << " entries about " << options.client
                  << ", proven, to " << options.out
                  << ".\nAnybody can check it: carehub trail verify " << options.out << " --key '"
                  << verdict.key << "'\n";
    }
    return 0;
}

}  // namespace

void add_trail_export(CLI::App& trail, Run& run) {
    auto* checkpoint =
        subcommand(trail, "checkpoint", "print a checkpoint of the journal as it is now, signed");
    runs(checkpoint, run, [&run] { return print_checkpoint(run); });

    auto options = std::make_shared<ExportOptions>();
    auto* command = subcommand(
        trail, "export", "one client's trail with its proofs, for people outside; supervisors");
    option(*command, "CLIENT", options->client, "the client's name in the roster")->required();
    flag(*command, "--proof", options->proof, "with stored bytes, proofs and signed checkpoint")
        ->required();
    option(*command, "--from", options->from, "only from this time or date on, ISO 8601");
    option(*command, "--to", options->to, "only before this time or date");
    option(*command, "--since", options->since,
           "a signed checkpoint kept from earlier: proves that the journal continues it");
    option(*command, "--out", options->out, "the file to write; default: standard output");
    runs(command, run, [&run, options] { return export_trail(run, *options); });
}

}  // namespace carehub::tool
