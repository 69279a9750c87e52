// One FHIR document being read: the feed's profile, what its resources share, and where they are.
// Threads: confined to one call of read_fhir. Lifetime: borrows site, tree and findings.
#pragma once

#include <set>
#include <span>
#include <vector>

#include <tl/expected.hpp>

#include "adapters/clinic/fhir/date_time.hpp"
#include "adapters/clinic/fhir/references.hpp"
#include "adapters/clinic/site.hpp"

namespace carehub::adapters::clinic::fhir {

struct Document {
    const Site& site;
    Findings& findings;
    References references = {};
    std::optional<Instant> timestamp = {};        ///< Bundle.timestamp
    Labels labels = {};                           ///< of the whole feed and the whole bundle
    std::string sender = {};                      ///< of a message; empty: the feed speaks
    std::optional<EventKind> message_event = {};  ///< what MessageHeader.event[x] says happened
    std::set<std::string> deaths = {};            ///< business keys of the deaths told already
    bool is_sent_alone = false;                   ///< put or posted to the address of its type
};

using Events = tl::expected<std::vector<Submission>, Refusal>;

/// A refusal of what stands, or is missing, there.
[[nodiscard]] tl::unexpected<Refusal> refuse(const Element& where, RefusalReason reason,
                                             std::string fix);

/// A submission with what every event of that resource shares; its id still lacks the body's part.
[[nodiscard]] Submission submission_of(const Document& document, const Resource& resource,
                                       EventKind kind);

/// Bundle.timestamp, else meta.lastUpdated: when it was said, if not when it happened.
[[nodiscard]] std::optional<Instant> time_said(const Document& document, const Resource& resource);

/// Notes the elements that R4 does not have: the sender speaks STU3 or R5.
void note_other_version(const Element& resource, std::span<const std::string_view> names);

/// What meta.security of the element asks for; a code that says nothing here is noted.
[[nodiscard]] Labels security_labels(const Document& document, const Element& element);

/// Why this resource must not be read at all: test data, security labels that cannot be read, or
/// content anywhere in it that changes its meaning in ways we do not know (R4 2.1.0.2, modifier
/// extensions; meta.implicitRules).
[[nodiscard]] std::optional<Refusal> find_obstacle(const Document& document,
                                                   const Element& resource);
/// The same of what the resource contains or refers to in the document, one step far.
[[nodiscard]] std::optional<Refusal> find_obstacle_around(const Document& document,
                                                          const Resource& resource);

/// The identifier's authority as HL7 v2 spells it: of an OID the number, of another URI itself.
[[nodiscard]] std::string authority_of(const std::string& system);

/// The item of `identifiers` that names the thing today, by that type code if there is one; of
/// several alike the least by system and value, in whatever order they stand.
[[nodiscard]] Element main_identifier(const Element& resource, std::string_view type_code);

[[nodiscard]] bool has_type_code(const Element& identifier, std::string_view code);

/// "FEED|system|value" of an identifier, else by the feed's authority and the id; empty when there
/// is neither.
struct Name {
    std::string id;
    std::string key;
};
[[nodiscard]] Name name_of(const Document& document, const Element& identifier,
                           const std::string& id, const std::string& base = {});

}  // namespace carehub::adapters::clinic::fhir
