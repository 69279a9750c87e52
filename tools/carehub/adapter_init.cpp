// adapter init: a first configuration, sketched from a look at what a partner sends.
#include <iostream>

#include "adapters/clinic/limits.hpp"
#include "adapters/clinic/profile_sketch.hpp"
#include "adapters/kit/file.hpp"
#include "tools/carehub/adapter_commands.hpp"

namespace carehub::tool {
namespace {

Result<int> print_sketch(const std::string& sample) {
    CAREHUB_TRY(const Bytes bytes, adapters::read_file(sample, adapters::clinic::kBatchBytesMax));
    const auto sketch = adapters::clinic::sketch_profile(as_text(bytes));
    if (!sketch) {
        return fail(ErrorCode::Invalid,
                    sketch.error().context +
                        "; for housing, court and supervision copy the configuration in the "
                        "README of their adapter");
    }
    std::cout << *sketch;
    return 0;
}

}  // namespace

void add_adapter_init(CLI::App& adapter, Run& run) {
    auto* command = adapter.add_subcommand(
        "init", "sketch a clinic's configuration from a file of its HL7 v2 messages");
    auto sample = std::make_shared<std::string>();
    command->add_option("SAMPLE", *sample, "messages as the partner sends them")->required();
    runs(command, run, [sample] { return print_sketch(*sample); });
}

}  // namespace carehub::tool
