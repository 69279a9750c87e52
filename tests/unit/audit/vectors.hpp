// The eight inputs that certificate transparency logs are tested with, and the roots of the trees
// over the first n of them.
#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "hub/audit/hash.hpp"
#include "tests/support/catch.hpp"

namespace carehub::audit::vectors {

inline constexpr std::array<std::string_view, 8> kInputs{"",
                                                         "00",
                                                         "10",
                                                         "2021",
                                                         "3031",
                                                         "40414243",
                                                         "5051525354555657",
                                                         "606162636465666768696a6b6c6d6e6f"};

inline constexpr std::array<std::string_view, 9> kRoots{
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};

inline Bytes input(std::size_t index) {
    Bytes bytes(kInputs[index].size() / 2);
    REQUIRE(from_hex(kInputs[index], bytes));
    return bytes;
}

inline std::vector<Hash256> leaves() {
    std::vector<Hash256> hashes;
    for (std::size_t i = 0; i < kInputs.size(); ++i) {
        hashes.push_back(hash_leaf(input(i)));
    }
    return hashes;
}

inline Hash256 root(std::size_t size) {
    Hash256 hash{};
    REQUIRE(from_hex(kRoots[size], hash));
    return hash;
}

}  // namespace carehub::audit::vectors
