#include "tools/carehub/command.hpp"

#include <cstdint>
#include <vector>

namespace carehub::tool {

CLI::App* subcommand(CLI::App& parent, const std::string& name, const std::string& help) {
    return parent.add_subcommand(name, help);
}

template <class Value>
CLI::Option* option(CLI::App& command, const std::string& name, Value& value,
                    const std::string& help) {
    return command.add_option(name, value, help);
}

// Every kind of value that some subcommand asks for.
template CLI::Option* option(CLI::App&, const std::string&, std::string&, const std::string&);
template CLI::Option* option(CLI::App&, const std::string&, std::vector<std::string>&,
                             const std::string&);
template CLI::Option* option(CLI::App&, const std::string&, std::uint8_t&, const std::string&);
template CLI::Option* option(CLI::App&, const std::string&, std::uint16_t&, const std::string&);
template CLI::Option* option(CLI::App&, const std::string&, std::uint32_t&, const std::string&);
template CLI::Option* option(CLI::App&, const std::string&, std::uint64_t&, const std::string&);
template CLI::Option* option(CLI::App&, const std::string&, std::vector<std::uint64_t>&,
                             const std::string&);
template CLI::Option* option(CLI::App&, const std::string&, int&, const std::string&);
template CLI::Option* option(CLI::App&, const std::string&, std::int64_t&, const std::string&);

CLI::Option* flag(CLI::App& command, const std::string& name, bool& value,
                  const std::string& help) {
    return command.add_flag(name, value, help);
}

}  // namespace carehub::tool
