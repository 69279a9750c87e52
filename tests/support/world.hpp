// A machine with a small county around it, for tests of core and rules: no disk, no wire, no vault.
//
// Partners clinic, hospital, housing, court, supervision and jail; operator link `admin`; case
// manager `ana` with her own link; everything may flow to the owner unless a test changes that.
// Keyed hashes are plain mixes of the text: deterministic and good enough to be distinct.
#pragma once

#include <string>
#include <vector>

#include "hub/core/machine.hpp"
#include "hub/rules/registry.hpp"

namespace carehub::test {

/// Conflicts, and what is missed or late: for tests that count alerts and are not about rules. The
/// scenarios try every rule.
[[nodiscard]] core::RuleSet few_rules();

class World {
public:
    /// Business time begins at `start`; the zone of everyone is America/New_York.
    explicit World(UtcTime start, core::RuleSet rules = rules::all_rules());

    core::Machine machine;
    UtcTime now;
    std::vector<Entry> entries;  ///< all that was journalled, in order

    Receipt add_client(const std::string& client, const std::string& owner = "ana",
                       Transport transport = Transport::Public, CaseModel model = CaseModel::Unset,
                       const std::string& team = "");
    /// An event of that partner about that client; `id` is new for every call unless given.
    /// `client` may be empty: about nobody.
    Receipt submit(const std::string& partner, const std::string& client, Submission claim);
    Receipt command(const CommandBody& command, const std::string& by = "admin");
    /// A member of staff in the directory, with a link of their own.
    void add_staff(const std::string& name, StaffRole role, const std::string& team = "",
                   const std::string& supervisor = "", std::uint16_t caseload_limit = 0);
    /// Everything of that partner may flow to the owner.
    void agree(const std::string& discloser);
    core::Outcome step(Input input);
    /// Lets time pass, tick by tick, as the hub's clock does.
    void advance(UtcTime to);

    [[nodiscard]] PartnerId partner(const std::string& name) const;
    /// The case of that client; of `office` what is about no client.
    [[nodiscard]] const core::Case& subject(const std::string& client) const;
    [[nodiscard]] const TimeZone& zone() const { return zone_; }

    [[nodiscard]] static Hash128 hash(const std::string& domain, const std::string& text);
    [[nodiscard]] static SchemeMark scheme(const Identifier& identifier);
    [[nodiscard]] static ClientId client_id(const std::string& client);

private:
    void add_partner(const std::string& name, PartnerKind kind, StaffRole role = StaffRole::Unset);
    void add_zone(const std::string& name);

    TimeZone zone_;
    std::uint64_t next_id_ = 1;
};

/// The encoding of this State's canonical snapshot, for comparisons.
[[nodiscard]] bool same_state(const core::State& a, const core::State& b);

/// "", or "refused: REASON field".
[[nodiscard]] std::string accepted(const Receipt& receipt);

}  // namespace carehub::test
