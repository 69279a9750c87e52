// A seeded history: partners tell, correct, cancel, merge nothing; staff act; time passes.
#pragma once

#include "hub/base/prng.hpp"
#include "tests/support/world.hpp"

namespace carehub::test {

/// Does `steps` random things in the world. The same seed does the same things.
void live(World& world, std::uint64_t seed, int steps);

}  // namespace carehub::test
