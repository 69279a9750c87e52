#include "tools/carehub/door.hpp"

namespace carehub::tool {
namespace {

constexpr std::chrono::milliseconds kConnectMax{10'000};

/// Without a link what is in the folder; with one, where the link is of the folder's hub.
Result<bool> may_open_folder(const Run& run) {
    if (run.link.empty()) {
        return true;
    }
    CAREHUB_TRY(const adapters::LinkFile link, adapters::read_link_file(run.link));
    const auto keys = daemon::read_hub_keys(folder_of(run));
    return keys && keys->public_key == link.hub_public_key;
}

Status speak_as_holder(const Run& run, daemon::LocalHub& hub) {
    if (run.link.empty()) {
        return {};
    }
    CAREHUB_TRY(const adapters::LinkFile link, adapters::read_link_file(run.link));
    return hub.speak_as(link.name, link.public_key);
}

}  // namespace

daemon::DataFolder folder_of(const Run& run) { return {run.data}; }

Result<adapters::LinkFile> link_of(const Run& run) {
    if (!run.link.empty()) {
        CAREHUB_TRY(adapters::LinkFile link, adapters::read_link_file(run.link));
        return link;
    }
    const daemon::DataFolder folder = folder_of(run);
    CAREHUB_TRY(adapters::LinkFile link, adapters::read_link_file(folder.admin_link()));
    if (const auto endpoint = daemon::read_text(folder.endpoint())) {
        link.endpoint = endpoint->substr(0, endpoint->find('\n'));
    }
    return link;
}

Error refusal_error(const Receipt& receipt) {
    const Refusal& refusal = receipt.refusal;
    return {ErrorCode::Invalid, "refused (" + std::to_string(static_cast<int>(refusal.reason)) +
                                    " " + std::string(name_of(refusal.reason)) + ")" +
                                    (refusal.field.empty() ? "" : ": " + refusal.field) + ": " +
                                    refusal.fix};
}

Door::~Door() {
    if (client_) {
        client_->leave();
    }
}

Result<Door> Door::open(const Run& run) {
    Door door;
    door.reason_ = run.reason;
    CAREHUB_TRY(const bool by_folder, may_open_folder(run));
    if (by_folder) {
        auto local = daemon::LocalHub::open(folder_of(run));
        if (local) {
            CAREHUB_TRY_DONE(speak_as_holder(run, **local));
            door.local_ = std::move(*local);
            return door;
        }
        if (local.error().code != ErrorCode::AnotherWriter) {
            return tl::unexpected<Error>(local.error());
        }
    }
    CAREHUB_TRY(adapters::LinkFile link, link_of(run));
    adapters::ConnectionOptions options;
    options.link = std::move(link);
    options.purpose =
        options.link.kind == PartnerKind::Staff ? codec::Purpose::Staff : codec::Purpose::Send;
    CAREHUB_TRY(adapters::HubClient client,
                adapters::HubClient::connect(std::move(options), kConnectMax));
    door.client_ = std::make_unique<adapters::HubClient>(std::move(client));
    return door;
}

Result<Receipt> Door::command(const CommandBody& command) {
    return client_ ? client_->command(command) : local_->command(command);
}

Result<std::vector<Receipt>> Door::commands(const std::vector<CommandBody>& commands) {
    if (local_) {
        return local_->commands(commands);
    }
    std::vector<Receipt> receipts(commands.size());
    const auto keep = [&](std::uint64_t number, const Receipt& receipt) -> Status {
        receipts.at(number) = receipt;
        return {};
    };
    for (std::size_t i = 0; i < commands.size(); ++i) {
        CAREHUB_TRY_DONE(client_->command_later(i, commands[i], keep));
    }
    CAREHUB_TRY_DONE(client_->finish(keep));
    return receipts;
}

Result<Receipt> Door::submit(const Submission& submission) {
    return client_ ? client_->submit(submission) : local_->submit(submission);
}

Result<std::vector<std::string>> Door::ask(const std::string& question,
                                           const follower::Arguments& given) {
    follower::Arguments arguments = given;
    if (!reason_.empty()) {
        arguments[follower::kReason] = reason_;
    }
    if (client_) {
        adapters::QuestionArguments told;
        for (const auto& [name, value] : arguments) {
            told.push_back({name, value});
        }
        return client_->ask(question, told);
    }
    CAREHUB_TRY(follower::Answer answer, local_->ask(question, arguments));
    if (answer.refusal.reason != RefusalReason::None) {
        return fail(ErrorCode::Invalid,
                    std::string(name_of(answer.refusal.reason)) + ": " + answer.refusal.fix);
    }
    return std::move(answer.lines);
}

Result<UtcTime> Door::now() {
    if (client_) {
        return client_->welcome().time;
    }
    return local_->now();
}

}  // namespace carehub::tool
