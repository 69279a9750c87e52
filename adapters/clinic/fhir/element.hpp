// One element of a FHIR document: its value, where it stands, and what is odd about it.
//
// Contract: an absent element has a place too, so that its absence can be told. What is of the
// wrong type, too long or holds control characters reads as absent, with a finding. Places are
// FHIRPath of the simple kind ("Bundle.entry[1].resource.period.start") and spell only names that
// the code gives, so neither places nor findings hold a word of the document.
// Threads: confined to one call of read_fhir. Lifetime: borrows the tree and the findings.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/fwd.hpp>

#include "adapters/clinic/limits.hpp"
#include "adapters/kit/partner_kind.hpp"
#include "hub/base/limits.hpp"

namespace carehub::adapters::clinic::fhir {

/// What was odd: each thing once, and no more than kFindingsMax of them.
class Findings {
public:
    void note(const std::string& expression, std::string what);
    [[nodiscard]] std::vector<Finding> take() { return std::move(all_); }

private:
    std::vector<Finding> all_;
};

class Element {
public:
    /// Absent, and nowhere.
    Element() = default;
    Element(const boost::json::value& value, std::string path, Findings& findings);

    [[nodiscard]] bool exists() const { return value_ != nullptr; }
    [[nodiscard]] bool is_object() const;
    [[nodiscard]] const std::string& path() const { return path_; }
    [[nodiscard]] bool is_same(const Element& other) const { return value_ == other.value_; }
    void note(std::string what) const;

    /// True when this is an object that has `name`, whatever its value.
    [[nodiscard]] bool has(std::string_view name) const;
    [[nodiscard]] Element child(std::string_view name) const;
    /// The items of a repeating element; a lone object counts as one, with a finding.
    [[nodiscard]] std::vector<Element> items(std::string_view name,
                                             std::size_t items_max = kFhirItemsMax) const;
    /// How many items there are, without reading them.
    [[nodiscard]] std::size_t count(std::string_view name) const;
    [[nodiscard]] Element first(std::string_view name) const;
    /// This and every element below it that has `name`; not those of the resources of a bundle.
    /// Their places end before the first name that is not the standard's.
    [[nodiscard]] std::vector<Element> holders_of(std::string_view name) const;

    /// The trimmed string, or nothing.
    [[nodiscard]] std::string text(std::size_t bytes_max = kNameBytesMax) const;
    [[nodiscard]] std::string text_of(std::string_view name) const { return child(name).text(); }
    [[nodiscard]] std::optional<bool> boolean() const;
    [[nodiscard]] std::optional<std::int64_t> number() const;

private:
    void find_holders(std::string_view name, std::vector<Element>& holders) const;

    const boost::json::value* value_ = nullptr;
    std::string path_;
    Findings* findings_ = nullptr;
};

}  // namespace carehub::adapters::clinic::fhir
