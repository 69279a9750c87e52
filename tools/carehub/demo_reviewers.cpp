#include "tools/carehub/demo_reviewers.hpp"

#include "hub/follower/answers.hpp"
#include "tools/carehub/demo_limits.hpp"

namespace carehub::tool::demo {

namespace {

/// Supervisors read what partners said when they say why.
Result<std::vector<std::string>> ask(adapters::HubClient& session, const std::string& question,
                                     adapters::QuestionArguments arguments) {
    arguments.push_back({follower::kReason, "the county's truth is compared with the hub's"});
    return session.ask(question, arguments);
}

}  // namespace

Result<Reviewers> Reviewers::connect(const DemoFolder& folder, const People& people) {
    Reviewers reviewers(people);
    for (const Staff& member : people.staff) {
        if (member.role != "supervisor") {
            continue;
        }
        adapters::ConnectionOptions options;
        CAREHUB_TRY(options.link, adapters::read_link_file(folder.link(member.name)));
        options.purpose = codec::Purpose::Staff;
        options.software = "carehub demo";
        CAREHUB_TRY(auto session, adapters::HubClient::connect(std::move(options), kConnectMax));
        reviewers.sessions_.emplace(member.name, std::move(session));
    }
    if (reviewers.sessions_.empty()) {
        return fail(ErrorCode::NotFound, "the county has no supervisor");
    }
    return reviewers;
}

Result<std::vector<std::string>> Reviewers::ask_all(const std::string& question,
                                                    const adapters::QuestionArguments& arguments) {
    std::vector<std::string> all;
    for (auto& [name, session] : sessions_) {
        CAREHUB_TRY(const std::vector<std::string> lines, ask(session, question, arguments));
        all.insert(all.end(), lines.begin(), lines.end());
    }
    return all;
}

Result<std::vector<std::string>> Reviewers::ask_about(
    const std::string& client, const std::string& question,
    const adapters::QuestionArguments& arguments) {
    const auto own = sessions_.find(people_->supervisor_of(client));
    auto& session = own == sessions_.end() ? sessions_.begin()->second : own->second;
    return ask(session, question, arguments);
}

}  // namespace carehub::tool::demo
