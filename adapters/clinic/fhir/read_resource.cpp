#include "adapters/clinic/fhir/read_resource.hpp"

#include "adapters/clinic/fhir/bundle.hpp"
#include "adapters/clinic/fhir/json_text.hpp"
#include "adapters/kit/sha256.hpp"

namespace carehub::adapters::clinic::fhir {
namespace {

constexpr std::size_t kDigestBytesInId = 8;

/// The root of a path is a type of ours, or no word of the document.
std::string root_path(std::string_view type) {
    return type == "Bundle" || type == "Patient" || is_acted_on(type) ? std::string(type)
                                                                      : "Resource";
}

void refuse_all(Reading& reading, Refusal refusal) {
    reading.disposal = Disposal::Refused;
    reading.parsed.events.clear();
    reading.parsed.refusals = {{{}, 0, refusal, refusal.fix}};
    reading.refusal = std::move(refusal);
}

/// Glossary section 3: the sender's own id of each event, told apart by the body.
void stamp(std::vector<Submission>& events, const Hash256& digest, const std::string& again) {
    const std::string body = to_hex(ByteView(digest).first(kDigestBytesInId));
    for (std::size_t i = 0; i < events.size(); ++i) {
        const bool tells_version = !events[i].source_msg_id.ends_with('|');
        const std::string telling = again.empty() || tells_version ? "" : "~" + again;
        events[i].source_msg_id += "|" + body + telling + "/" + std::to_string(i + 1);
        events[i].raw_sha256 = digest;
    }
}

void conclude(Reading& reading, BundleReading found) {
    for (Refusal& refusal : found.refusals) {
        reading.parsed.refusals.push_back({{}, 0, refusal, refusal.fix});
    }
    reading.parsed.events = std::move(found.events);
    if (!reading.parsed.events.empty()) {
        reading.disposal = Disposal::Events;
    } else if (!reading.parsed.refusals.empty()) {
        reading.disposal = Disposal::Refused;
        reading.refusal = reading.parsed.refusals.front().refusal;
    } else {
        reading.disposal = Disposal::NotActedOn;
    }
}

/// What is not read: its fate is the feed's choice.
void conclude_unknown(Reading& reading, const Element& root, const Site& site) {
    if (site.unknown == UnknownTrigger::Accept) {
        reading.disposal = Disposal::NotActedOn;
        return;
    }
    refuse_all(reading, {RefusalReason::KindNotInCapability, root.path(),
                         "this feed reads Appointment, Encounter, Slot and bundles of them only"});
}

void read_single(Document& document, const Element& root, std::string type, Reading& reading) {
    std::string id = root.text_of("id");
    if (!id.empty() && !is_fhir_id(id)) {
        root.child("id").note("not an id of FHIR: ignored");
        id.clear();
    }
    const Resource& resource =
        document.references.add({root, std::move(type), std::move(id), {}, 0});
    auto events = map_resource(document, resource);
    if (!events) {
        refuse_all(reading, events.error());
        return;
    }
    BundleReading found;
    found.events = *std::move(events);
    conclude(reading, std::move(found));
}

/// A resource is sent to the address of its own type and id (R4, section 3.1.0.4).
std::optional<Refusal> misdirected(const Element& root, const std::string& type,
                                   const Expected& expected) {
    if (!expected.type.empty() && type != expected.type) {
        return Refusal{RefusalReason::PayloadMismatch, root.path() + ".resourceType",
                       "send the resource to the address of its own type"};
    }
    if (!expected.id.empty() && root.text_of("id") != expected.id) {
        return Refusal{RefusalReason::PayloadMismatch, root.path() + ".id",
                       "repeat the id of the address in the resource"};
    }
    return std::nullopt;
}

void read_root(Document& document, const Element& root, const Expected& expected,
               Reading& reading) {
    const std::string type = root.text_of("resourceType");
    if (type.empty()) {
        refuse_all(reading, {RefusalReason::MissingField, root.path() + ".resourceType",
                             "send one FHIR resource: tell its resourceType"});
    } else if (auto elsewhere = misdirected(root, type, expected)) {
        refuse_all(reading, *std::move(elsewhere));
    } else if (is_acted_on(type)) {
        read_single(document, root, type, reading);
    } else if (type != "Bundle") {
        conclude_unknown(reading, root, document.site);
    } else if (auto obstacle = find_obstacle(document, root)) {
        refuse_all(reading, *std::move(obstacle));
    } else {
        BundleReading found;
        auto fault = read_bundle(document, root, found);
        reading.message = found.message;
        if (fault) {
            refuse_all(reading, *std::move(fault));
        } else if (!found.is_known) {
            conclude_unknown(reading, root, document.site);
        } else {
            conclude(reading, std::move(found));
        }
    }
}

std::string type_name(const boost::json::value& tree) {
    const auto* told = tree.get_object().if_contains("resourceType");
    const bool is_text = told != nullptr && told->is_string();
    return is_text ? std::string(told->get_string().data(), told->get_string().size()) : "";
}

}  // namespace

Reading read_fhir(ByteView json, const Site& site, const Expected& expected) {
    Reading reading;
    reading.digest = sha256(json);
    const auto tree = read_json(json);
    if (!tree) {
        refuse_all(reading, tree.error());
        return reading;
    }
    Findings findings;
    Document document{.site = site, .findings = findings};
    document.is_sent_alone = is_acted_on(expected.type);
    if (const auto everywhere = site.labels.find("*"); everywhere != site.labels.end()) {
        document.labels = everywhere->second;
    }
    read_root(document, Element(*tree, root_path(type_name(*tree)), findings), expected, reading);
    reading.parsed.findings = findings.take();
    stamp(reading.parsed.events, reading.digest, expected.again);
    return reading;
}

}  // namespace carehub::adapters::clinic::fhir
