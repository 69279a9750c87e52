#include "tools/carehub/demo_setup.hpp"

#include <iostream>

#include "adapters/kit/link_file.hpp"
#include "tools/carehub/demo_limits.hpp"
#include "tools/carehub/output.hpp"
#include "tools/county/county.hpp"

namespace carehub::tool::demo {
namespace {

namespace fs = std::filesystem;

Status make_folders(const DemoFolder& folder) {
    std::error_code error;
    if (fs::exists(folder.path, error) && !fs::is_empty(folder.path, error)) {
        return fail(ErrorCode::Invalid,
                    folder.path.string() + " exists; choose another one with --folder");
    }
    for (const fs::path& path : {folder.path, folder.links(), folder.logs()}) {
        fs::create_directories(path, error);
        if (error) {
            return fail(ErrorCode::Io, "cannot make " + path.string() + ": " + error.message());
        }
    }
    return {};
}

Status add_partner(const DemoFolder& folder, const std::string& name,
                   std::vector<std::string> kind) {
    std::vector<std::string> arguments = {
        "--data", folder.hub().string(),     "partner", "add", name,
        "--out",  folder.link(name).string()};
    arguments.insert(arguments.end(), kind.begin(), kind.end());
    CAREHUB_TRY([[maybe_unused]] const std::string said,
                must_run(arguments, folder.log("setup"), kCommandMax));
    return {};
}

struct Import {
    std::string what;
    fs::path from;
};

/// Prints what the command says, which is a sentence with counts. False when rows were refused.
Result<bool> import(const DemoFolder& folder, const Import& wanted) {
    CAREHUB_TRY(const Finished finished, run_command({"--data", folder.hub().string(), wanted.what,
                                                      "import", wanted.from.string()},
                                                     folder.log("setup"), kCommandMax));
    std::cout << "  " << finished.output << std::flush;
    return finished.code == 0;
}

/// The link was written before the hub had its port.
Status point_link(const fs::path& file, const std::string& endpoint) {
    CAREHUB_TRY(adapters::LinkFile link, adapters::read_link_file(file));
    link.endpoint = endpoint;
    return adapters::write_link_file(file, link);
}

}  // namespace

Status make_world(const DemoOptions& options, const DemoFolder& folder) {
    CAREHUB_TRY_DONE(make_folders(folder));
    std::cout << "Writing the feeds of a county: " << options.clients << " clients, "
              << options.days << " days, seed " << options.seed << "\n"
              << std::flush;
    const county::CountyOptions county{options.clients, options.days, options.seed, options.start,
                                       folder.county()};
    return county::generate_county(
        county, [](unsigned day, unsigned days) { print_progress("days written", day, days); });
}

Result<std::vector<std::string>> register_county(const DemoFolder& folder, const People& people,
                                                 const Days& days) {
    CAREHUB_TRY(
        [[maybe_unused]] const std::string said,
        must_run({"init", folder.hub().string(), "--simulation", "--start", days.begin_text(1)},
                 folder.log("setup"), kCommandMax));
    std::cout << "Made the hub's folder, a simulation: its time stands at " << days.begin_text(1)
              << "\n";
    for (const DemoPartner& partner : kPartners) {
        CAREHUB_TRY_DONE(
            add_partner(folder, std::string(partner.name), {"--kind", std::string(partner.kind)}));
    }
    for (const Staff& member : people.staff) {
        CAREHUB_TRY_DONE(
            add_partner(folder, member.name, {"--kind", "staff", "--role", member.role}));
    }
    std::cout << "Added " << kPartners.size() << " partners and " << people.staff.size()
              << " members of staff, each with a key of its own\n";
    std::vector<std::string> refused;
    for (const Import& wanted : {Import{"directory", folder.county() / "directory"},
                                 Import{"roster", folder.county() / "roster.csv"},
                                 Import{"agreement", folder.county() / "agreements.toml"},
                                 Import{"consent", folder.county() / "consents.csv"}}) {
        CAREHUB_TRY(const bool whole, import(folder, wanted));
        if (!whole) {
            refused.push_back("rows were refused by `" + wanted.what + " import`; see " +
                              folder.log("setup").string());
        }
    }
    return refused;
}

Result<HubProcess> start_hub(const DemoFolder& folder, const People& people) {
    CAREHUB_TRY(HubProcess hub, HubProcess::start(folder));
    for (const DemoPartner& partner : kPartners) {
        CAREHUB_TRY_DONE(point_link(folder.link(std::string(partner.name)), hub.endpoint()));
    }
    for (const Staff& member : people.staff) {
        CAREHUB_TRY_DONE(point_link(folder.link(member.name), hub.endpoint()));
    }
    std::cout << "The hub listens at " << hub.endpoint() << " (CURVE)\n" << std::flush;
    return hub;
}

}  // namespace carehub::tool::demo
