// client link, unlink, split, merge, unmerge, distinguish: a person says who is who.
#include "tools/carehub/client_act.hpp"

namespace carehub::tool {
namespace {

std::string_view word_of(LinkAct act) {
    switch (act) {
        case LinkAct::Link: return "link";
        case LinkAct::Unlink: return "unlink";
        case LinkAct::Split: return "split";
        case LinkAct::Merge: return "merge";
        case LinkAct::Unmerge: return "unmerge";
        case LinkAct::Distinguish: return "distinguish";
        case LinkAct::Unset: break;
    }
    return "";
}

std::string sentence(const LinkCommand& told, bool changed) {
    const std::string both = told.client + " and " + told.to;
    const std::string what = told.identifier.authority + " " + told.identifier.type + " " +
                             told.identifier.value + (changed ? " is " : " was already ");
    switch (told.act) {
        case LinkAct::Link: return what + told.client + "'s.";
        case LinkAct::Unlink:
            return what + "no longer " + told.client +
                   "'s; what was told under it has left the case, and comes back with it.";
        case LinkAct::Merge:
            return both + (changed ? " are" : " were already") + " one: " + told.client +
                   "'s case has all that is told of either.";
        case LinkAct::Unmerge:
            return both + " are two: each has what was told under its own identifiers.";
        case LinkAct::Distinguish:
            return (told.to.empty() ? told.client + " and whoever " + told.identifier.value + " is"
                                    : both) +
                   (changed ? " are" : " were already") + " told apart.";
        case LinkAct::Split:
        case LinkAct::Unset: break;
    }
    return what + told.to + "'s, and so is what was told under it.";
}

Result<int> tell(const Run& run, const LinkCommand& told) {
    return tell_act(run, {told, told.client, word_of(told.act),
                          [&told](bool changed) { return sentence(told, changed); }});
}

CLI::App* add_command(CLI::App& client, Run& run, LinkAct act, const std::string& about,
                      const std::shared_ptr<LinkCommand>& told) {
    told->act = act;
    auto* command = subcommand(client, std::string(word_of(act)), about);
    option(*command, "CLIENT", told->client, "the client's name in the roster")->required();
    option(*command, "--reason", told->reason, "why; kept in the trail")->required();
    runs(command, run, [&run, told] { return tell(run, *told); });
    return command;
}

std::vector<CLI::Option*> add_identifier(CLI::App& command,
                                         const std::shared_ptr<LinkCommand>& told) {
    return {option(command, "--authority", told->identifier.authority, "who gave the identifier"),
            option(command, "--type", told->identifier.type, "MR, CASE, HMIS, ..."),
            option(command, "--id", told->identifier.value, "the identifier")};
}

/// About one of the client's identifiers.
CLI::App* add_act(CLI::App& client, Run& run, LinkAct act, const std::string& about,
                  const std::shared_ptr<LinkCommand>& told) {
    auto* command = add_command(client, run, act, about, told);
    for (CLI::Option* part : add_identifier(*command, told)) {
        part->required();
    }
    return command;
}

/// About two clients.
void add_pair(CLI::App& client, Run& run, LinkAct act, const std::string& about) {
    auto told = std::make_shared<LinkCommand>();
    auto* command = add_command(client, run, act, about, told);
    option(*command, "OTHER", told->to, "the other client's name in the roster")->required();
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
    add_pair(client, run, LinkAct::Merge,
             "two clients are one person: the first one's case has all that is told of either");
    add_pair(client, run, LinkAct::Unmerge,
             "they are two: each has what was told under its own identifiers");
    auto apart = std::make_shared<LinkCommand>();
    auto* command =
        add_command(client, run, LinkAct::Distinguish,
                    "another client, or whoever has an identifier, is somebody else: never "
                    "proposed again",
                    apart);
    add_identifier(*command, apart);
    option(*command, "--other", apart->to, "the other client's name in the roster");
}

}  // namespace carehub::tool
