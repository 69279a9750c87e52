#include "adapters/clinic/fhir/references.hpp"

#include <algorithm>

#include "adapters/clinic/limits.hpp"

namespace carehub::adapters::clinic::fhir {
namespace {

constexpr std::size_t kAddressBytesMax = 1'024;
constexpr std::string_view kHistory = "/_history/";

bool is_type_name(std::string_view text) {
    return !text.empty() && text.front() >= 'A' && text.front() <= 'Z' &&
           std::all_of(text.begin(), text.end(),
                       [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); });
}

/// "http://host/fhir/Patient/1": where the type begins; npos when it is no address of a resource.
std::size_t type_begin(std::string_view address) {
    const std::size_t id = address.rfind('/');
    if (id == std::string_view::npos || id == 0 || !is_fhir_id(address.substr(id + 1))) {
        return std::string_view::npos;
    }
    const std::size_t slash = address.rfind('/', id - 1);
    const std::size_t type = slash == std::string_view::npos ? 0 : slash + 1;
    return is_type_name(address.substr(type, id - type)) ? type : std::string_view::npos;
}

/// Reference.type may be a name or the address of its definition.
std::string told_type(const Element& reference) {
    const std::string told = reference.text_of("type");
    const std::string name = told.substr(told.rfind('/') + 1);
    return is_type_name(name) ? name : std::string{};
}

Target target_of(const Resource& resource) {
    return {resource.element, resource.type, resource.id, {}, false};
}

Target dangling() {
    Target target;
    target.is_dangling = true;
    return target;
}

}  // namespace

bool is_fhir_id(std::string_view text) {
    return !text.empty() && text.size() <= kFhirIdBytesMax &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                      c == '-' || c == '.';
           });
}

const Resource& References::add(Resource resource) {
    resources_.push_back(std::move(resource));
    const Resource& added = resources_.back();
    if (!added.full_url.empty()) {
        index(added.full_url, added);
    }
    if (!added.id.empty() && is_type_name(added.type)) {
        index(added.type + "/" + added.id, added);
    }
    index_contained(added);
    return added;
}

void References::index(const std::string& name, const Resource& resource) {
    const auto [at, is_new] = by_name_.emplace(name, &resource);
    if (!is_new && at->second != &resource) {
        at->second = nullptr;
        resource.element.note("another entry has the same address: references to it lead nowhere");
    }
}

void References::index_contained(const Resource& resource) {
    if (!resource.element.has("contained")) {
        return;
    }
    for (const Element& inner : resource.element.items("contained")) {
        const std::string id = inner.text_of("id");
        const auto [at, is_new] = contained_.emplace(std::pair(resource.entry, id), inner);
        if (!is_new) {
            at->second = Element{};
            inner.note("another contained resource has the same id: references lead nowhere");
        }
    }
}

std::optional<Target> References::find(const std::string& name) const {
    const auto at = by_name_.find(name);
    if (at == by_name_.end()) {
        return std::nullopt;
    }
    return at->second == nullptr ? dangling() : target_of(*at->second);
}

Target References::resolve(const Element& reference, const Resource& within) const {
    const std::string address = reference.child("reference").text(kAddressBytesMax);
    Target target;
    if (address.starts_with('#')) {
        target = resolve_contained(address.substr(1), within);
    } else if (!address.empty()) {
        target = resolve_address(address, within);
    }
    if (target.type.empty()) {
        target.type = told_type(reference);
    }
    return target;
}

Target References::resolve_contained(const std::string& id, const Resource& within) const {
    const auto at = contained_.find(std::pair(within.entry, id));
    if (id.empty() || at == contained_.end() || !at->second.exists()) {
        return dangling();
    }
    return {at->second, at->second.text_of("resourceType"), {}, {}, false};
}

Target References::resolve_address(const std::string& address, const Resource& within) const {
    const std::string current = address.substr(0, address.find(kHistory));
    const std::size_t type = type_begin(current);
    const std::size_t base = type_begin(within.full_url);
    if (type == 0 && base != std::string_view::npos) {
        if (const auto near = find(within.full_url.substr(0, base) + current)) {
            return *near;
        }
    }
    if (const auto named = find(current)) {
        return *named;
    }
    if (type == std::string_view::npos) {
        return dangling();
    }
    const std::size_t slash = current.rfind('/');
    Target target;
    target.type = current.substr(type, slash - type);
    target.id = current.substr(slash + 1);
    target.base = current.substr(0, type == 0 ? 0 : type - 1);
    return target;
}

}  // namespace carehub::adapters::clinic::fhir
