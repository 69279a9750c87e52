// Who works in the county, when and where, who is served, and what may be shared: the files an
// operator imports before the first day, and the adapters' configurations.
// Errors: Io. Threads: any thread.
#pragma once

#include "hub/base/error.hpp"
#include "tools/county/text.hpp"
#include "tools/county/world.hpp"

namespace carehub::county {

/// OUT/directory: staff, absences, on_call, places, calendars.
[[nodiscard]] Status write_directory(const World& world, const std::filesystem::path& out);
/// OUT/county.json, OUT/agreements.toml and OUT/config.
[[nodiscard]] Status write_configuration(const World& world, const std::filesystem::path& out);

/// OUT/roster.csv and OUT/consents.csv, a client at a time.
class Register {
public:
    explicit Register(const std::filesystem::path& out);
    void add(const ClientPlan& plan);
    [[nodiscard]] Status close();

private:
    TextFile roster_;
    TextFile consents_;
};

}  // namespace carehub::county
