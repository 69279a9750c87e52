// One client as staff and partners know it: name, identifiers, and where the roster told them.
//
// As bytes, sealed under the client's own key (snapshots only):
//   1 byte version: 2; name; then three lists, each a count and its items: identifiers of the roster
//   (authority, type, value), entries of its rows (8 bytes each), partners that told of the client
//   (number, 4 bytes; a list of identifiers the roster did not know); 1 byte: protected; two
//   profiles, the roster's and the partners': family and given name, 1 byte: a birth date is told,
//   its day (4 bytes, from 1970), 1 byte sex. Texts are a length and UTF-8; counts and lengths are
//   varints (snapshot/byte_reader.hpp).
// Contract: decode_person(encode_person(p)) == p. Errors: Damaged. Threads: immutable; any thread.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "hub/base/error.hpp"
#include "hub/match/propose.hpp"
#include "hub/model/ids.hpp"
#include "hub/model/submission.hpp"
#include "hub/vault/unsealer.hpp"

namespace carehub::follower {

struct Person {
    /// What a partner's first event about the client carried and the roster does not know.
    struct Seen {
        PartnerId partner;
        std::vector<Identifier> identifiers;
        friend bool operator==(const Seen&, const Seen&) = default;
    };

    std::string name;  ///< in the roster; empty when unknown
    std::vector<Identifier> roster;
    std::vector<Sequence> rows;  ///< oldest first
    std::vector<Seen> seen;
    /// A partner told of the client as one who is protected (DvProtected).
    bool is_protected = false;
    match::Profile known;  ///< as the roster tells, each part by the newest row that does
    match::Profile told;   ///< as the newest event of a partner that names the person tells
    friend bool operator==(const Person&, const Person&) = default;
};

/// Shared: the table that holds a person changes by replacing it, while a reader still words a
/// notice.
using PersonPtr = std::shared_ptr<const Person>;

[[nodiscard]] Bytes encode_person(const Person& person);
[[nodiscard]] Result<Person> decode_person(ByteView bytes);

/// A person as the snapshot has it, and what it is bound to.
struct SealedPerson {
    Bytes sealed;
    std::uint64_t sealed_at = 0;  ///< sequence of the snapshot it was sealed for
};

[[nodiscard]] vault::SealContext context_of(const ClientId& client, std::uint64_t sealed_at);
/// Nobody when its key was erased; never null.
[[nodiscard]] PersonPtr open_person(const ClientId& client, const SealedPerson& person,
                                    vault::Unsealer& unsealer);
/// Somebody of whom nothing is known.
[[nodiscard]] const PersonPtr& nobody();

}  // namespace carehub::follower
