// client link, unlink, split: a person says whose an identifier is.
#include <iostream>

#include <boost/json.hpp>

#include "tools/carehub/door.hpp"
#include "tools/carehub/output.hpp"

namespace carehub::tool {
namespace {

namespace json = boost::json;

std::string_view word_of(LinkAct act) {
    return act == LinkAct::Link ? "link" : act == LinkAct::Unlink ? "unlink" : "split";
}

std::string sentence(const LinkCommand& told, bool changed) {
    const std::string what = told.identifier.authority + " " + told.identifier.type + " " +
                             told.identifier.value + (changed ? " is " : " was already ");
    switch (told.act) {
        case LinkAct::Link: return what + told.client + "'s.";
        case LinkAct::Unlink:
            return what + "no longer " + told.client +
                   "'s; what was told under it has left the case for good.";
        case LinkAct::Split:
        case LinkAct::Unset: break;
    }
    return what + told.to + "'s, and so is what was told under it.";
}

Result<int> tell(const Run& run, const LinkCommand& told) {
    CAREHUB_TRY(Door door, Door::open(run));
    CAREHUB_TRY(const Receipt receipt, door.command(told));
    if (receipt.status == ReceiptStatus::Refused) {
        return tl::unexpected<Error>(refusal_error(receipt));
    }
    const bool changed = receipt.status == ReceiptStatus::Accepted;
    if (run.json) {
        std::cout << json::serialize(json::object{{"client", told.client},
                                                  {"act", word_of(told.act)},
                                                  {"status", changed ? "accepted" : "duplicate"},
                                                  {"sequence", receipt.sequence.value}})
                  << "\n";
    } else {
        std::cout << sentence(told, changed) << "\n";
    }
    return 0;
}

CLI::App* add_act(CLI::App& client, Run& run, LinkAct act, const std::string& about,
                  const std::shared_ptr<LinkCommand>& told) {
    told->act = act;
    auto* command = subcommand(client, std::string(word_of(act)), about);
    option(*command, "CLIENT", told->client, "the client's name in the roster")->required();
    option(*command, "--authority", told->identifier.authority, "who gave the identifier")
        ->required();
    option(*command, "--type", told->identifier.type, "MR, CASE, HMIS, ...")->required();
    option(*command, "--id", told->identifier.value, "the identifier")->required();
    option(*command, "--reason", told->reason, "why; kept in the trail")->required();
    runs(command, run, [&run, told] { return tell(run, *told); });
    return command;
}

}  // namespace

void add_client_links(CLI::App& client, Run& run) {
    add_act(client, run, LinkAct::Link, "an identifier is this client's",
            std::make_shared<LinkCommand>());
    add_act(client, run, LinkAct::Unlink,
            "an identifier is not this client's: what was told under it leaves the case",
            std::make_shared<LinkCommand>());
    auto told = std::make_shared<LinkCommand>();
    add_act(client, run, LinkAct::Split,
            "an identifier is another client's: what was told under it moves there", told)
        ->add_option("--to", told->to, "that client's name in the roster")
        ->required();
}

}  // namespace carehub::tool
