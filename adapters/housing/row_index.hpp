// Every row known of an authority, in little room: its version, and what this export says of it.
// Threads: confined to one thread.
#pragma once

#include <cstdint>
#include <string_view>

#include "adapters/housing/hmis_table.hpp"
#include "adapters/housing/id_map.hpp"

namespace carehub::adapters::housing {

struct RowMark {
    static constexpr unsigned kPartBits = 11;
    enum State : std::uint16_t {
        Known = 1U << kPartBits,             ///< an earlier export told it
        Present = 1U << (kPartBits + 1),     ///< this export has a row of that id, readable or not
        Taken = 1U << (kPartBits + 2),       ///< it was compared with what is known
        Replaced = 1U << (kPartBits + 3),    ///< it changed: what is known of it is written anew
        OtherPerson = 1U << (kPartBits + 4)  ///< it was another person's before
    };
    std::uint64_t version = 0;
    std::uint32_t person = 0;  ///< of the person's hash
    std::uint16_t revision = 0;
    std::uint16_t bits = 0;  ///< the parts in force, and above them the states

    [[nodiscard]] std::uint16_t parts() const { return bits & kPartsMask; }
    void set_parts(std::uint16_t parts) {
        bits = static_cast<std::uint16_t>((bits & ~kPartsMask) | (parts & kPartsMask));
    }
    [[nodiscard]] bool is(State one) const { return (bits & one) != 0; }
    void add(State one) { bits = static_cast<std::uint16_t>(bits | one); }

private:
    static constexpr unsigned kPartsMask = (1U << kPartBits) - 1;
};
static_assert(sizeof(RowMark) == 16, "millions of them are in memory at once");
using RowIndex = IdMap<RowMark>;

[[nodiscard]] inline std::uint64_t row_key(Table table, std::string_view id) {
    return id_hash(id, static_cast<std::uint8_t>(1 + static_cast<std::uint8_t>(table)));
}

[[nodiscard]] inline std::uint32_t person_mark(std::string_view person) {
    return static_cast<std::uint32_t>(id_hash(person));
}

}  // namespace carehub::adapters::housing
