// What an earlier export said: for each row the hash of its meaning and the events told of it. So
// an unchanged row tells nothing, and a changed or deleted one names what it replaces.
//
// Contract: keys are "<authority>/<file>/<row id>"; no names, no values. to_text() has one line a
// row in order of key, and from_text(to_text()) is the same.
// Errors: Invalid, naming the line, for a text that is no such list.
// Threads: confined to one thread.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "hub/base/error.hpp"

namespace carehub::adapters::housing {

class KnownRows {
public:
    struct Version {
        std::uint64_t hash = 0;   ///< the first 8 bytes of the row's SHA-256
        std::uint16_t parts = 0;  ///< bits of Part (events.hpp): the events in force
        friend bool operator==(const Version&, const Version&) = default;
    };

    [[nodiscard]] const Version* find(std::string_view key) const;
    void set(std::string key, Version version);
    [[nodiscard]] std::size_t size() const { return rows_.size(); }

    [[nodiscard]] std::string to_text() const;
    [[nodiscard]] static Result<KnownRows> from_text(std::string_view text);

    friend bool operator==(const KnownRows&, const KnownRows&) = default;

private:
    std::map<std::string, Version, std::less<>> rows_;
};

/// 16 hexadecimal digits.
[[nodiscard]] std::string hash_text(std::uint64_t hash);

}  // namespace carehub::adapters::housing
