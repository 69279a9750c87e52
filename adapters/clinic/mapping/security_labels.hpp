// Security markings of HL7 v2 (MSH-8, MSH-26, MSH-27, ARV, PD1-12, PV2-22, FHS-8, BHS-8) and of FHIR
// (meta.security): what each asks the hub to guard.
//
// Contract: codes of HCS and DS4P (v3-Confidentiality, v3-ActCode) and of tables 0717 and 0952,
// compared without regard to case: a label lost for its spelling would tell too much. The feed's
// [labels] say more of any code. Confidentiality V, and whatever is marked sensitive under a code for
// which the hub has no label of its own, hides where the client is: the event leaves in its reduced
// form. Threads: any thread.
#pragma once

#include <optional>
#include <string_view>

#include "adapters/clinic/site.hpp"

namespace carehub::adapters::clinic {

/// The label of a sensitivity or policy code; nothing when the hub has none for it.
[[nodiscard]] std::optional<SecurityLabel> security_label_of(std::string_view code);

/// All markings of one thing, taken together.
class SecurityMarkings {
public:
    explicit SecurityMarkings(const Site& site) : site_(&site) {}

    /// False when neither the tables nor the feed's [labels] know the code, which then says nothing.
    bool add(std::string_view code);
    /// "Protected", without a word why.
    void add_protected() { very_restricted_ = true; }
    [[nodiscard]] Labels labels() const;

private:
    const Site* site_;
    Labels labels_;
    bool very_restricted_ = false;
    bool sensitive_ = false;  ///< guarded by any label there is, else as very restricted
};

}  // namespace carehub::adapters::clinic
