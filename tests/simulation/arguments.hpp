// "--name value" pairs of the harness programs.
#pragma once

#include <charconv>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace carehub::simulation {

class Arguments {
public:
    /// Nothing when something is not a pair.
    [[nodiscard]] static std::optional<Arguments> parse(int argc, char** argv) {
        Arguments arguments;
        for (int i = 1; i < argc; i += 2) {
            const std::string_view name(argv[i]);
            if (!name.starts_with("--") || i + 1 == argc) {
                return std::nullopt;
            }
            arguments.values_[std::string(name.substr(2))] = argv[i + 1];
        }
        return arguments;
    }

    [[nodiscard]] std::string text(const std::string& name, const std::string& otherwise) const {
        const auto at = values_.find(name);
        return at == values_.end() ? otherwise : at->second;
    }
    [[nodiscard]] std::uint64_t number(const std::string& name, std::uint64_t otherwise) const {
        const std::string told = text(name, "");
        std::uint64_t value = otherwise;
        (void)std::from_chars(told.data(), told.data() + told.size(), value);
        return value;
    }

private:
    std::map<std::string, std::string> values_;
};

}  // namespace carehub::simulation
