// adapter init: a first configuration, sketched from a look at what a partner sends.
#include <iostream>

#include "adapters/clinic/limits.hpp"
#include "adapters/kit/file.hpp"
#include "tools/carehub/adapter_commands.hpp"
#include "tools/carehub/adapter_kinds.hpp"

namespace carehub::tool {
namespace {

struct InitArguments {
    std::string sample;
    std::string kind;
};

/// By the kind that was named, else by the first that makes something of the sample.
Result<std::string> sketch(const InitArguments& given, std::string_view sample) {
    std::string why;
    for (const FileKind& kind : file_kinds()) {
        if (kind.sketch == nullptr || (!given.kind.empty() && kind.name != given.kind)) {
            continue;
        }
        auto text = kind.sketch(sample);
        if (text) {
            return text;
        }
        why += (why.empty() ? "" : "; ") + std::string(kind.name) + ": " + text.error().context;
    }
    return fail(ErrorCode::Invalid, why.empty() ? "for housing copy the configuration in the "
                                                  "README of its adapter"
                                                : why);
}

Result<int> print_sketch(const InitArguments& given) {
    CAREHUB_TRY(const Bytes bytes,
                adapters::read_file(given.sample, adapters::clinic::kBatchBytesMax));
    CAREHUB_TRY(const std::string text, sketch(given, as_text(bytes)));
    std::cout << text;
    return 0;
}

}  // namespace

void add_adapter_init(CLI::App& adapter, Run& run) {
    auto* command = subcommand(
        adapter, "init",
        "sketch a configuration from a file of HL7 v2 messages, a court's calendar or hearing "
        "list, an agency's list or a jail's roster (CSV or JSON)");
    auto arguments = std::make_shared<InitArguments>();
    option(*command, "SAMPLE", arguments->sample, "a file as the partner sends it")->required();
    std::vector<std::string> kinds;
    for (const FileKind& kind : file_kinds()) {
        kinds.emplace_back(kind.name);
    }
    option(*command, "--kind", arguments->kind, "of the adapter; else the first that fits")
        ->check(CLI::IsMember(kinds));
    runs(command, run, [arguments] { return print_sketch(*arguments); });
}

}  // namespace carehub::tool
