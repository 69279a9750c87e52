// client hold, release, erase: what is kept of a client.
#include "tools/carehub/client_act.hpp"

namespace carehub::tool {
namespace {

std::string_view word_of(RetentionAct act) {
    switch (act) {
        case RetentionAct::Hold: return "hold";
        case RetentionAct::Release: return "release";
        case RetentionAct::Erase: return "erase";
        case RetentionAct::Purge: return "purge";
        case RetentionAct::Unset: break;
    }
    return "";
}

std::string release_sentence(const RetentionCommand& told, bool changed) {
    if (!changed) {
        return told.client + " was not under legal hold.";
    }
    return told.hold.value == 0
               ? told.client + " is released from legal hold."
               : told.client +
                     " is released from that legal hold; `carehub client show` tells "
                     "which others stand.";
}

std::string sentence(const RetentionCommand& told, bool changed) {
    switch (told.act) {
        case RetentionAct::Hold:
            return told.client + " is under legal hold: nothing of it is erased.";
        case RetentionAct::Release: return release_sentence(told, changed);
        case RetentionAct::Erase:
        case RetentionAct::Purge:
        case RetentionAct::Unset: break;
    }
    return "What was told of " + told.client +
           " is unreadable for ever here. Partners, backups of keys and printed pages keep their "
           "own: see README, \"What is kept, and for how long\".";
}

Result<int> tell(const Run& run, const RetentionCommand& told) {
    return tell_act(run, {told, told.client, word_of(told.act),
                          [&told](bool changed) { return sentence(told, changed); }});
}

CLI::App* add_act(CLI::App& client, Run& run, const std::shared_ptr<RetentionCommand>& told,
                  const std::string& about, const std::string& why) {
    auto* command = subcommand(client, std::string(word_of(told->act)), about);
    option(*command, "CLIENT", told->client, "the client's name in the roster")->required();
    option(*command, "--reason", told->reason, why)->required();
    runs(command, run, [&run, told] { return tell(run, *told); });
    return command;
}

std::shared_ptr<RetentionCommand> command_of(RetentionAct act) {
    auto told = std::make_shared<RetentionCommand>();
    told->act = act;
    return told;
}

}  // namespace

void add_client_keeping(CLI::App& client, Run& run) {
    add_act(client, run, command_of(RetentionAct::Hold),
            "one more legal hold: nothing of this client is erased while any stands (supervisors)",
            "why; kept in the trail, without the client's name");
    const auto over = command_of(RetentionAct::Release);
    auto* release =
        add_act(client, run, over, "the legal hold, or one of several, is over (supervisors)",
                "why; kept in the trail, without the client's name");
    auto* one = option(*release, "--hold", over->hold.value,
                       "its number, as `carehub client show` tells it; needed where several stand");
    flag(*release, "--all", over->all, "every legal hold of this client is over")->excludes(one);
    add_act(client, run, command_of(RetentionAct::Erase),
            "what was told of this client becomes unreadable for ever (supervisors)",
            "why; kept when all else is gone, so without names");
}

}  // namespace carehub::tool
