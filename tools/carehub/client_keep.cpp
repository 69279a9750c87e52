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

std::string sentence(const RetentionCommand& told, bool changed) {
    switch (told.act) {
        case RetentionAct::Hold:
            return told.client + (changed ? " is" : " was already") +
                   " under legal hold: nothing of it is erased.";
        case RetentionAct::Release:
            return told.client + (changed ? " is released from" : " was not under") +
                   " legal hold.";
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

void add_act(CLI::App& client, Run& run, RetentionAct act, const std::string& about,
             const std::string& why) {
    auto told = std::make_shared<RetentionCommand>();
    told->act = act;
    auto* command = subcommand(client, std::string(word_of(act)), about);
    option(*command, "CLIENT", told->client, "the client's name in the roster")->required();
    option(*command, "--reason", told->reason, why)->required();
    runs(command, run, [&run, told] { return tell(run, *told); });
}

}  // namespace

void add_client_keeping(CLI::App& client, Run& run) {
    add_act(client, run, RetentionAct::Hold,
            "legal hold: nothing of this client is erased (supervisors)",
            "why; kept in the trail, without the client's name");
    add_act(client, run, RetentionAct::Release, "the legal hold is over (supervisors)",
            "why; kept in the trail, without the client's name");
    add_act(client, run, RetentionAct::Erase,
            "what was told of this client becomes unreadable for ever (supervisors)",
            "why; kept when all else is gone, so without names");
}

}  // namespace carehub::tool
