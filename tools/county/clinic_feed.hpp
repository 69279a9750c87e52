// The clinic's day: HL7 v2 messages, an empty line between two, in files of bounded size.
//
// Contract: clients are added in ascending order; one client's messages of the day stay together
// and in the order sent. Segments end with a line feed. Threads: confined to one thread.
#pragma once

#include <filesystem>
#include <memory>

#include "tools/county/text.hpp"
#include "tools/county/world.hpp"

namespace carehub::county {

class ClinicFeed {
public:
    ClinicFeed(const World& world, int day, std::filesystem::path folder);
    [[nodiscard]] Status add(const ClientPlan& plan);
    [[nodiscard]] Status close();

private:
    [[nodiscard]] Status next_file();

    const World& world_;
    int day_;
    std::filesystem::path folder_;
    std::unique_ptr<TextFile> file_;
    std::size_t in_file_ = 0;
    std::size_t files_ = 0;
};

}  // namespace carehub::county
