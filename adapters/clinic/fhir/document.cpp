#include "adapters/clinic/fhir/document.hpp"

#include <algorithm>
#include <utility>

#include "adapters/clinic/fhir/codes.hpp"
#include "adapters/clinic/limits.hpp"
#include "adapters/clinic/mapping/codes.hpp"
#include "adapters/clinic/mapping/context.hpp"
#include "adapters/clinic/mapping/security_labels.hpp"

namespace carehub::adapters::clinic::fhir {
namespace {

constexpr std::string_view kOid = "urn:oid:";

bool is_oid(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789.") == std::string_view::npos;
}

/// Told by the sender itself, in a form that can stand in an id.
std::string version_of(const Resource& resource) {
    const Element meta = resource.element.child("meta");
    if (std::string version = meta.text_of("versionId"); is_fhir_id(version)) {
        return version;
    }
    const auto updated = instant_of(meta.child("lastUpdated"));
    return updated ? to_iso(updated->time) : std::string{};
}

bool says_test_data(const Element& meta) {
    for (const char* list : {"security", "tag"}) {
        for (const Element& coding : meta.items(list)) {
            if (is_test_data(coding.text_of("code"))) {
                return true;
            }
        }
    }
    return false;
}

Refusal unknown_meaning(const Element& where) {
    return {RefusalReason::InvalidField, where.path(),
            "send without it: it may change the meaning in ways not known here"};
}

/// A label that cannot be read must not end as none.
std::optional<Refusal> unreadable_labels(const Element& resource) {
    const Element meta = resource.child("meta");
    if (!meta.exists()) {
        return std::nullopt;
    }
    const auto unreadable = [](const Element& where) {
        return Refusal{RefusalReason::InvalidField, where.path(),
                       "tell each security label as a Coding with its code, at most 256 of them"};
    };
    const Element security = meta.child("security");
    if (!meta.is_object()) {
        return unreadable(meta);
    }
    if (resource.child("meta").count("security") > kFhirItemsMax) {
        return unreadable(security);
    }
    for (const Element& coding : meta.items("security")) {
        if (!coding.is_object() || coding.text_of("code").empty()) {
            return unreadable(coding.child("code"));
        }
    }
    return std::nullopt;
}

/// What the resource contains, and what it refers to in the document: each once. What only links
/// to another matter (a part of a stay, a replaced appointment) is left out.
std::vector<Element> neighbours(const Document& document, const Resource& resource) {
    constexpr std::string_view kOthers[] = {"Appointment", "Encounter", "MessageHeader"};
    std::vector<Element> all = resource.element.items("contained");
    for (const Element& reference : resource.element.holders_of("reference")) {
        const Target target = document.references.resolve(reference, resource);
        const bool is_other =
            std::find(std::begin(kOthers), std::end(kOthers), target.type) != std::end(kOthers);
        const bool known = std::any_of(all.begin(), all.end(), [&](const Element& one) {
            return one.is_same(target.element);
        });
        if (target.element.exists() && !is_other && !known) {
            all.push_back(target.element);
        }
    }
    return all;
}

/// The names by which identifiers are told apart, whatever their order.
std::pair<std::string, std::string> spelling_of(const Element& identifier) {
    return {identifier.text_of("system"), identifier.text_of("value")};
}

}  // namespace

tl::unexpected<Refusal> refuse(const Element& where, RefusalReason reason, std::string fix) {
    return tl::unexpected<Refusal>(Refusal{reason, where.path(), std::move(fix)});
}

Submission submission_of(const Document& document, const Resource& resource, EventKind kind) {
    Submission event;
    event.kind = kind;
    event.feed = document.site.feed;
    event.zone = document.site.zone.name;
    event.source_msg_id =
        document.site.feed + "|" + resource.type + "|" + resource.id + "|" + version_of(resource);
    event.correction = is_correction(kind);
    event.labels = document.labels;
    event.labels.add(security_labels(document, resource.element));
    for (const Element& near : neighbours(document, resource)) {
        // A patient's own labels go with the events about that patient alone.
        if (near.text_of("resourceType") != "Patient") {
            event.labels.add(security_labels(document, near));
        }
    }
    return event;
}

std::optional<Instant> time_said(const Document& document, const Resource& resource) {
    return document.timestamp ? document.timestamp
                              : instant_of(resource.element.child("meta").child("lastUpdated"));
}

void note_other_version(const Element& resource, std::span<const std::string_view> names) {
    for (const std::string_view name : names) {
        if (resource.has(name)) {
            resource.child(name).note(
                "not of FHIR R4: read as far as the meaning is the same, send version 4.0.1");
        }
    }
}

Labels security_labels(const Document& document, const Element& element) {
    SecurityMarkings markings(document.site);
    for (const Element& coding : element.child("meta").items("security")) {
        if (!markings.add(coding.text_of("code"))) {
            coding.note("a code that neither the tables nor [labels] know: it guards nothing");
        }
    }
    return markings.labels();
}

std::optional<Refusal> find_obstacle(const Document& document, const Element& resource) {
    const Element meta = resource.child("meta");
    if (!document.site.allow_test && says_test_data(meta)) {
        return Refusal{RefusalReason::ProcessingIdNotAllowed, meta.path(),
                       "this feed takes production data only: send none marked HTEST, or allow "
                       "tests for the feed"};
    }
    if (resource.has("implicitRules")) {
        return unknown_meaning(resource.child("implicitRules"));
    }
    if (const auto holders = resource.holders_of("modifierExtension"); !holders.empty()) {
        return unknown_meaning(holders.front().child("modifierExtension"));
    }
    return unreadable_labels(resource);
}

std::optional<Refusal> find_obstacle_around(const Document& document, const Resource& resource) {
    for (const Element& near : neighbours(document, resource)) {
        if (auto obstacle = find_obstacle(document, near)) {
            return obstacle;
        }
    }
    return std::nullopt;
}

bool has_type_code(const Element& identifier, std::string_view code) {
    const auto codings = identifier.child("type").items("coding");
    return std::any_of(codings.begin(), codings.end(),
                       [&](const Element& coding) { return coding.text_of("code") == code; });
}

std::string authority_of(const std::string& system) {
    const bool oid = system.starts_with(kOid) && is_oid(system.substr(kOid.size()));
    return oid ? system.substr(kOid.size()) : system;
}

Element main_identifier(const Element& resource, std::string_view type_code) {
    Element best;
    int best_rank = -1;
    for (const Element& identifier : resource.items("identifier", kFhirNamesMax)) {
        const bool named = !type_code.empty() && has_type_code(identifier, type_code);
        const int rank = named ? 2 : identifier.text_of("use") == "old" ? 0 : 1;
        const bool is_better =
            rank > best_rank || (rank == best_rank && spelling_of(identifier) < spelling_of(best));
        if (is_better && !identifier.text_of("value").empty()) {
            best = identifier;
            best_rank = rank;
        }
    }
    return best;
}

Name name_of(const Document& document, const Element& identifier, const std::string& id,
             const std::string& base) {
    const std::string& feed = document.site.feed;
    const std::string value = identifier.text_of("value");
    if (!value.empty()) {
        const std::string system = authority_of(identifier.text_of("system"));
        return {value,
                business_key(feed, system.empty() ? document.site.authority : system, value)};
    }
    if (id.empty()) {
        return {};
    }
    return {id, business_key(feed, base.empty() ? document.site.authority : base, id)};
}

}  // namespace carehub::adapters::clinic::fhir
