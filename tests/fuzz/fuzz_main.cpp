// One target for libFuzzer; CAREHUB_FUZZ_TARGET names it.
#include "tests/fuzz/targets.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const carehub::fuzz::Target& target = carehub::fuzz::target_named(CAREHUB_FUZZ_TARGET);
    (void)target.run({data, size});
    return 0;
}
