// Slices become inputs: decoded, verified, hashed with the key, stamped. What the door itself
// refuses becomes an input too, so that the refusal is journalled and answered in order.
//
// Contract: every call appends one input with that ticket, and before it, the first time a zone is
// named, the zone's table. Inputs are appended in the order of the calls.
// Threads: confined to the gateway's thread. Lifetime: borrows fingerprints and stamp.
#pragma once

#include <unordered_set>

#include "hub/gateway/fingerprints.hpp"
#include "hub/gateway/session.hpp"
#include "hub/gateway/stamp.hpp"
#include "hub/model/input.hpp"

namespace carehub::gateway {

using InputBatch = std::vector<Input>;

class InputMaker {
public:
    InputMaker(const Fingerprints& fingerprints, Stamp& stamp)
        : fingerprints_(fingerprints), stamp_(stamp) {}

    /// A zone the machine has already; it is not sent again.
    void know_zone(std::string name) { known_zones_.insert(std::move(name)); }

    void submission(const Session& from, std::uint64_t ticket, ByteView slice, InputBatch& out);
    void command(const Session& from, std::uint64_t ticket, ByteView slice, InputBatch& out);
    void refuse(const Session& from, std::uint64_t ticket, Refusal refusal, InputBatch& out);
    void acknowledge(const Session& from, const AcknowledgeInput& told, ByteView slice,
                     InputBatch& out);
    void verdict(const Session& from, VerdictInput told, ByteView slice, InputBatch& out);
    /// The door's own verdict: this delivery cannot be worded.
    void unrenderable(const Delivery& delivery, InputBatch& out);
    void resume(const Session& from, ResumeInput ask, InputBatch& out);

private:
    [[nodiscard]] Input head(const Session& from, std::uint64_t ticket);
    /// False when no database knows the zone.
    [[nodiscard]] tl::expected<Bytes, Refusal> without_name(CommandBody& command,
                                                            ByteView slice) const;
    [[nodiscard]] bool introduce_zone(const std::string& name, InputBatch& out);

    const Fingerprints& fingerprints_;
    Stamp& stamp_;
    std::unordered_set<std::string> known_zones_;
};

}  // namespace carehub::gateway
