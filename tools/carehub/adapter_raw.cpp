// adapter raw: a message as the partner sent it, out of the sealed archive of its adapter.
#include <charconv>
#include <iostream>

#include "adapters/kit/raw_archive.hpp"
#include "adapters/kit/raw_reader.hpp"
#include "tools/carehub/adapter_commands.hpp"
#include "tools/carehub/adapter_kinds.hpp"
#include "tools/carehub/door.hpp"

namespace carehub::tool {
namespace {

namespace fs = std::filesystem;

struct RawArguments {
    std::string id;
    std::string state;
    std::string config;
};

std::optional<Sequence> sequence_of(std::string_view id) {
    Sequence event;
    if (!id.starts_with("h-")) {
        return std::nullopt;
    }
    const auto read = std::from_chars(id.data() + 2, id.data() + id.size(), event.value);
    const bool whole = read.ec == std::errc{} && read.ptr == id.data() + id.size();
    return whole ? std::optional(event) : std::nullopt;
}

Result<Bytes> find(const fs::path& archive, const adapters::Sealing& sealing,
                   const std::string& id) {
    if (const auto event = sequence_of(id)) {
        return adapters::read_raw_of_event(archive, sealing, *event);
    }
    Hash256 raw_sha256{};
    if (!from_hex(id, raw_sha256)) {
        return fail(ErrorCode::Invalid,
                    "name an event by its id of a receipt (h-12), or a message by its raw_sha256 "
                    "(64 hexadecimal digits)");
    }
    return adapters::read_raw(archive, sealing, raw_sha256);
}

Result<int> print_raw(const Run& run, const RawArguments& given) {
    if (run.link.empty()) {
        return fail(ErrorCode::Invalid,
                    "--link NAME.carehub is missing: the archive opens with its adapter's link");
    }
    CAREHUB_TRY(const adapters::LinkFile link, link_of(run));
    SystemRandom random;
    CAREHUB_TRY(const adapters::Sealing sealing,
                adapters::Sealing::of_link({link.secret_key, link.earlier_keys}, random,
                                           adapters::SealingKey::RawArchive));
    const fs::path state =
        given.state.empty() ? state_folder_of(fs::absolute(given.config)) : fs::path(given.state);
    CAREHUB_TRY(const Bytes raw, find(adapters::raw_archive_folder(state), sealing, given.id));
    std::cout.write(as_text(raw).data(), static_cast<std::streamsize>(raw.size()));
    std::cout.flush();
    return std::cout ? 0 : 1;
}

}  // namespace

void add_adapter_raw(CLI::App& adapter, Run& run) {
    auto* command = subcommand(
        adapter, "raw", "print a message as its partner sent it, while the adapter runs or not");
    auto arguments = std::make_shared<RawArguments>();
    option(*command, "EVENT_ID", arguments->id,
           "an event that came of the message (h-12), or the message's raw_sha256")
        ->required();
    auto* where = command->add_option_group("where", "whose archive; one of these");
    option(*where, "--state", arguments->state, "the adapter's state folder");
    option(*where, "--config", arguments->config, "the adapter's configuration");
    where->require_option(1);
    runs(command, run, [&run, arguments] { return print_raw(run, *arguments); });
}

}  // namespace carehub::tool
