#include "tests/support/scenario_reads.hpp"

namespace carehub::test {

bool is_about_read(const std::string& verb) { return verb == "reads" || verb == "breaks-glass"; }

std::string tell_read(World& world, const std::string& verb, const std::string& who, Words& words) {
    Input read;
    read.principal = world.partner(who);
    read.session = 1;
    read.body = ReadInput{"client", World::client_id(words.next()), verb == "breaks-glass"};
    return accepted(world.step(std::move(read)).receipt);
}

}  // namespace carehub::test
