#include "tools/carehub/bench/compare.hpp"

#include <array>
#include <cstdio>
#include <iostream>

namespace carehub::tool::bench {
namespace {

constexpr std::size_t kReadBytes = 4'096;
constexpr std::size_t kOutputBytesMax = std::size_t{1} << 20U;

/// What the command prints; its errors go where ours go.
Result<std::string> output_of(const std::string& command) {
    std::FILE* pipe = ::popen(command.c_str(), "r");
    if (pipe == nullptr) {
        return fail_errno(ErrorCode::Io, "cannot run " + command);
    }
    std::string output;
    std::array<char, kReadBytes> buffer{};
    for (std::size_t size = 1; size > 0 && output.size() < kOutputBytesMax;) {
        size = std::fread(buffer.data(), 1, buffer.size(), pipe);
        output.append(buffer.data(), size);
    }
    if (::pclose(pipe) != 0) {
        return fail(ErrorCode::Unavailable, "the peer failed: " + command);
    }
    return output;
}

std::string command_line(const std::string& command, const Options& options) {
    std::string line = command;
    for (const auto& [name, value] : told_to_peers(options)) {
        line += std::string(" ") + name + " " + std::to_string(value);
    }
    return line;
}

}  // namespace

Result<std::vector<Outcome>> run_by_turns(const std::vector<Contestant>& contestants,
                                          std::size_t turns) {
    std::vector<Outcome> outcomes;
    for (const Contestant& contestant : contestants) {
        outcomes.push_back({contestant.name, {}});
    }
    for (std::size_t turn = 0; turn < turns; ++turn) {
        for (std::size_t i = 0; i < contestants.size(); ++i) {
            CAREHUB_TRY(Figures figures, contestants[i].run());
            if (turns > 1 || contestants.size() > 1) {
                std::cerr << "bench: run " << turn + 1 << " of " << turns << ", "
                          << contestants[i].name << ": "
                          << static_cast<std::uint64_t>(figures.end_to_end_per_s)
                          << " events/s end to end\n";
            }
            outcomes[i].runs.push_back(std::move(figures));
        }
    }
    return outcomes;
}

double ratio_of(const Outcome& first, const Outcome& second) {
    return first.median().end_to_end_per_s / second.median().end_to_end_per_s;
}

Contestant peer_program(const std::string& command, const Options& options) {
    const std::string line = command_line(command, options);
    return {command, [line]() -> Result<Figures> {
                CAREHUB_TRY(const std::string output, output_of(line));
                return parse_figures(output);
            }};
}

}  // namespace carehub::tool::bench
