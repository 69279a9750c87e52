#include "tests/support/scenario_links.hpp"

namespace carehub::test {

bool is_about_link(const std::string& verb) {
    return verb == "link" || verb == "unlink" || verb == "split";
}

std::string tell_link(World& world, const std::string& verb, const std::string& who, Words& words) {
    LinkCommand command;
    command.act = verb == "link"     ? LinkAct::Link
                  : verb == "unlink" ? LinkAct::Unlink
                                     : LinkAct::Split;
    command.identifier = {"county", "ID", words.next()};
    words.take(verb == "link" ? "to" : "from");
    command.client = words.next();
    command.to = words.take("to") ? words.next() : "";
    command.reason = "a story";
    return accepted(world.command(command, who));
}

std::string tell_roster(World& world, Words& words) {
    RosterCommand row;
    row.identifier = {"county", "ID", words.next()};
    words.take("for");
    row.client = words.next();
    row.owner = "ana";
    row.zone = world.zone().name;
    return accepted(world.command(row));
}

}  // namespace carehub::test
