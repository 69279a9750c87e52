// The hub's answer to one submission (schemas/receipt.fbs): it is sent only after commit and
// ledger.
#pragma once

#include <cstdint>

#include "hub/base/bytes.hpp"
#include "hub/base/strong_id.hpp"
#include "hub/model/enum_names.hpp"
#include "hub/model/refusal.hpp"

namespace carehub {

/// Number of an entry in the journal; the first is 1, 0 is none. An event's id is "h-" + this.
using Sequence = StrongId<struct SequenceTag, std::uint64_t>;

enum class ReceiptStatus : std::uint8_t { Unset, Accepted, Duplicate, Refused };

/// What became of an accepted event at once.
enum class RoutedTo : std::uint8_t {
    Unset,
    Recipients,  ///< somebody is told of it
    Nobody,      ///< nobody the hub knows is concerned: tell the team that sends it
    Withheld,    ///< somebody would be, and nothing permits it
};
template <>
inline constexpr std::string_view kEnumNames<RoutedTo>[] = {"Unset", "Recipients", "Nobody",
                                                            "Withheld"};

struct Receipt {
    std::uint64_t ticket = 0;  ///< the sender's own number of the submission, counted per session
    ReceiptStatus status = ReceiptStatus::Unset;
    Sequence
        sequence;     ///< Accepted: its entry; Duplicate: the first one's; Refused: of the refusal
    Hash256 root{};   ///< Merkle root of the journal up to and including the batch of `sequence`
    Refusal refusal;  ///< only when Refused
    RoutedTo routed_to = RoutedTo::Unset;  ///< Accepted submissions only
    friend bool operator==(const Receipt&, const Receipt&) = default;
};

}  // namespace carehub
