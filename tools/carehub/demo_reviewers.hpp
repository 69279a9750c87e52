// The county's supervisors, a session each: the demonstration reads about clients as they do.
//
// Errors: as HubClient. Threads: confined to one thread. Lifetime: borrows the people.
#pragma once

#include "adapters/kit/hub_client.hpp"
#include "tools/carehub/demo_people.hpp"

namespace carehub::tool::demo {

class Reviewers {
public:
    [[nodiscard]] static Result<Reviewers> connect(const DemoFolder& folder, const People& people);

    /// What each of them is told, one after the other.
    [[nodiscard]] Result<std::vector<std::string>> ask_all(
        const std::string& question, const adapters::QuestionArguments& arguments);
    /// What the client's own supervisor is told; of no client, any of them.
    [[nodiscard]] Result<std::vector<std::string>> ask_about(
        const std::string& client, const std::string& question,
        const adapters::QuestionArguments& arguments);

private:
    explicit Reviewers(const People& people) : people_(&people) {}

    const People* people_;
    std::map<std::string, adapters::HubClient> sessions_;  ///< by name; never empty
};

}  // namespace carehub::tool::demo
