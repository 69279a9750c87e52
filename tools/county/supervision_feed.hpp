// The supervision agency's day: every check-in known by then with its status (CSV), and every drug
// test (JSON, as its laboratory's service tells them). Threads: confined to one thread.
#pragma once

#include <filesystem>

#include "tools/county/text.hpp"
#include "tools/county/world.hpp"

namespace carehub::county {

class SupervisionFeed {
public:
    SupervisionFeed(const World& world, int day, const std::filesystem::path& folder);
    void add(const ClientPlan& plan);
    [[nodiscard]] Status close();

private:
    [[nodiscard]] std::string changed(const CheckInVersion& version) const;
    void write_check_in(const Person& person, const CheckIn& check_in,
                        const CheckInVersion& version);
    void write_test(const Person& person, const CheckIn& test, const CheckInVersion& version);

    const World& world_;
    int day_;
    TextFile check_ins_;
    JsonList tests_;
};

}  // namespace carehub::county
