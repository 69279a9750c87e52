// Of whom partners told under identifiers that are nobody's: the newest telling of each, to be
// compared with the clients when somebody asks (answer_review.cpp).
//
// In the clear once told of since the start, else as the snapshot had them, sealed under the key of
// their identifier: whoever's key was erased is gone from here too.
// Contract: apply() takes every released entry once, in order, its input in the clear when wants()
// says so. At most kStrangersMax are kept, the newest. Somebody who was once told of as protected
// (DvProtected) stays so. What is told of an identifier that was linked since stays listed: whoever
// reads it asks State whose it is now.
// In a snapshot, a chunk of kind Strangers holds them by sequence: the sequence, 8 bytes; the
// subject, 16; the partner's number, 4; protected, 1; number of the key, 4; the sequence it was
// sealed for, 8; its sealed bytes (person.hpp), a length and those bytes, none of the protected.
// Threads: the follower's; read by any thread while nobody applies.
#pragma once

#include <map>
#include <unordered_map>

#include "hub/core/state.hpp"
#include "hub/follower/people.hpp"

namespace carehub::follower {

struct Stranger {
    SubjectHash subject;  ///< the identifier that the event arrived with
    PartnerId partner;
    bool is_protected = false;  ///< then nothing else is kept
    std::uint32_t key = 0;      ///< that sealed the event; 0: not known here
    PersonPtr clear;
    SealedPerson sealed;  ///< empty when `clear` is there
};

class Strangers {
public:
    /// Whether apply() reads this entry's input.
    [[nodiscard]] static bool wants(const Entry& head);
    /// `state`, `key`, `event`: as People::apply().
    void apply(const Entry& entry, const core::State& state, std::uint32_t key = 0,
               const Submission* event = nullptr);

    /// The identifier's key is erased.
    void forget(SubjectHash subject) { remove(subject); }

    /// By the entry that told of them, oldest first.
    [[nodiscard]] const std::map<Sequence, Stranger>& all() const { return told_; }

    [[nodiscard]] Status save(Sequence at, vault::Resealer& sealer,
                              const snapshot::ChunkSink& sink) const;
    [[nodiscard]] Status load(ByteView chunk);

private:
    void apply_event(const Entry& entry, const core::State& state, std::uint32_t key,
                     const Submission& event);
    void put(Sequence entry, Stranger stranger);
    void remove(SubjectHash subject);
    [[nodiscard]] bool is_protected(SubjectHash subject) const;

    std::map<Sequence, Stranger> told_;
    std::unordered_map<SubjectHash, Sequence> newest_;
};

}  // namespace carehub::follower
