// Whom a resource named when it was put last. A PUT replaces what is kept at its address (FHIR R4,
// section 3.1.0.4): who is named no more has no such visit or appointment, and nobody else will say so.
//
// Contract: a person is gone whose identifiers are told no more while others of the same authority and
// type are. Kept in memory alone, of kNamedAddressesMax addresses at least; after a restart nobody was
// named. Threads: confined to the door's loop.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "hub/model/submission.hpp"

namespace carehub::adapters::clinic {

/// One telling of what stands at an address.
struct Telling {
    std::string address;  ///< "Encounter/e1"
    Hash256 body{};
    std::string again;  ///< LastPut::again
};

class NamedBefore {
public:
    /// Puts in front of `events`, which are all that the body tells, the corrections that take back
    /// what was told of people who are gone; the same again for a repeat of the last body. Whether it
    /// put any.
    [[nodiscard]] bool take_back(const Telling& telling, std::vector<Submission>& events);

private:
    struct Put {
        Hash256 body{};
        std::vector<Submission> told;
        std::vector<Submission> taken_back;
    };
    using Puts = std::unordered_map<std::string, Put>;

    [[nodiscard]] Put& last_of(const std::string& address);

    Puts recent_;
    Puts older_;  ///< let go of when as many others are recent
};

}  // namespace carehub::adapters::clinic
