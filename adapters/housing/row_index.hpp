// Every row known of an authority, in little room: its version, and what this export says of it.
// Threads: confined to one thread.
#pragma once

#include <cstdint>
#include <string_view>

#include "adapters/housing/hmis_table.hpp"
#include "adapters/housing/id_map.hpp"

namespace carehub::adapters::housing {

struct RowMark {
    enum State : std::uint8_t {
        Known = 1,        ///< an earlier export told it
        Present = 2,      ///< this export has a row of that id, readable or not
        Taken = 4,        ///< it was compared with what is known
        Replaced = 8,     ///< it changed: what is known of it is written anew
        OtherPerson = 16  ///< it was another person's before
    };
    std::uint64_t version = 0;
    std::uint32_t person = 0;  ///< of the person's hash
    std::uint16_t parts = 0;
    std::uint8_t returns = 0;
    std::uint8_t state = 0;

    [[nodiscard]] bool is(State one) const { return (state & one) != 0; }
    void add(State one) { state = static_cast<std::uint8_t>(state | one); }
};
using RowIndex = IdMap<RowMark>;

[[nodiscard]] inline std::uint64_t row_key(Table table, std::string_view id) {
    return id_hash(id, static_cast<std::uint8_t>(1 + static_cast<std::uint8_t>(table)));
}

[[nodiscard]] inline std::uint32_t person_mark(std::string_view person) {
    return static_cast<std::uint32_t>(id_hash(person));
}

}  // namespace carehub::adapters::housing
