// What a Reference points to: inside the resource, inside the bundle, or by its words alone.
//
// Contract: FHIR R4 2.3.0 (references) and 2.36.4.1 (in bundles): "#id" is contained, "urn:" and
// absolute addresses are a fullUrl, "Patient/1" first one beside the entry's own fullUrl, then the
// resource of that type and id. What two different entries answer to resolves to neither.
// Threads: confined to one call of read_fhir. Lifetime: borrows the tree.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <string>
#include <utility>

#include "adapters/clinic/fhir/element.hpp"

namespace carehub::adapters::clinic::fhir {

/// A resource and what it answers to.
struct Resource {
    Element element;
    std::string type;
    std::string id;  ///< empty when there is none to keep
    std::string full_url;
    std::size_t entry = 0;  ///< its number in the bundle
};

/// `[A-Za-z0-9\-\.]{1,64}`
[[nodiscard]] bool is_fhir_id(std::string_view text);

/// A reference as far as it leads. Without `element` only its words are known.
struct Target {
    Element element;
    std::string type;          ///< "Patient"; empty when nothing tells
    std::string id;            ///< never that of a contained resource: it means nothing outside
    std::string base;          ///< address of the server the id belongs to; empty: the sender's own
    bool is_dangling = false;  ///< points into the document, where there is nothing (or two)
};

class References {
public:
    /// The resource stays where it is; no two have the same number.
    const Resource& add(Resource resource);
    [[nodiscard]] const std::deque<Resource>& resources() const { return resources_; }

    /// `within`: the added resource that the reference stands in.
    [[nodiscard]] Target resolve(const Element& reference, const Resource& within) const;

private:
    void index(const std::string& name, const Resource& resource);
    void index_contained(const Resource& resource);
    [[nodiscard]] Target resolve_contained(const std::string& id, const Resource& within) const;
    [[nodiscard]] Target resolve_address(const std::string& address, const Resource& within) const;
    [[nodiscard]] std::optional<Target> find(const std::string& name) const;

    std::deque<Resource> resources_;
    std::map<std::string, const Resource*, std::less<>> by_name_;  ///< nullptr: ambiguous
    /// By entry and id; absent: ambiguous.
    std::map<std::pair<std::size_t, std::string>, Element> contained_;
};

}  // namespace carehub::adapters::clinic::fhir
