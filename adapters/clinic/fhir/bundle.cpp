#include "adapters/clinic/fhir/bundle.hpp"

#include <algorithm>

#include "adapters/clinic/fhir/appointment.hpp"
#include "adapters/clinic/fhir/encounter.hpp"
#include "adapters/clinic/fhir/patient.hpp"
#include "adapters/clinic/fhir/slot.hpp"
#include "adapters/clinic/limits.hpp"

namespace carehub::adapters::clinic::fhir {
namespace {

constexpr std::size_t kFullUrlBytesMax = 1'024;

enum class BundleType : std::uint8_t { Message, Whole, Parts, NotRead };

struct TypeRow {
    std::string_view code;
    BundleType type;
};
constexpr TypeRow kBundleTypes[] = {
    {"message", BundleType::Message},
    {"transaction", BundleType::Whole},
    {"batch", BundleType::Parts},
    {"collection", BundleType::Parts},
    {"searchset", BundleType::Parts},
    // A history also brings the notifications of R4 subscriptions.
    {"document", BundleType::Parts},
    {"history", BundleType::Parts},
    {"transaction-response", BundleType::NotRead},
    {"batch-response", BundleType::NotRead},
};

Refusal at(const Element& where, RefusalReason reason, std::string fix) {
    return refuse(where, reason, std::move(fix)).value();
}

class BundleReader {
public:
    BundleReader(Document& document, const Element& bundle, BundleReading& reading)
        : document_(document), bundle_(bundle), reading_(reading) {}

    [[nodiscard]] std::optional<Refusal> read();

private:
    [[nodiscard]] std::optional<Refusal> read_type();
    [[nodiscard]] std::optional<Refusal> read_entries();
    void read_entry(const Element& entry, std::size_t number);
    [[nodiscard]] std::optional<Refusal> read_header();
    [[nodiscard]] std::vector<const Resource*> in_focus(const MessageHeader& header);
    [[nodiscard]] std::vector<const Resource*> all() const;
    [[nodiscard]] std::optional<Refusal> map(const std::vector<const Resource*>& resources);
    void tell_deaths();

    Document& document_;
    const Element& bundle_;
    BundleReading& reading_;
    BundleType type_ = BundleType::NotRead;
    bool is_answer_ = false;
    bool newest_first_ = false;  ///< R4, section 3.1.0.11 (history)
    std::vector<const Resource*> acted_on_;
};

std::optional<Refusal> BundleReader::read() {
    if (auto fault = read_type()) {
        return fault;
    }
    if (type_ == BundleType::NotRead) {
        reading_.is_known = false;
        return std::nullopt;
    }
    document_.timestamp = instant_of(bundle_.child("timestamp"));
    document_.labels.add(security_labels(document_, bundle_));
    if (auto fault = read_entries()) {
        return fault;
    }
    acted_on_ = all();
    if (newest_first_) {
        std::reverse(acted_on_.begin(), acted_on_.end());
    }
    if (type_ == BundleType::Message) {
        if (auto fault = read_header(); fault || is_answer_) {
            return fault;
        }
    }
    if (auto fault = map(acted_on_)) {
        return fault;
    }
    tell_deaths();
    return std::nullopt;
}

std::optional<Refusal> BundleReader::read_type() {
    const Element type = bundle_.child("type");
    const std::string code = type.text();
    if (code.empty()) {
        return at(type, RefusalReason::MissingField, "tell a code of the value set bundle-type");
    }
    const auto* known = std::find_if(std::begin(kBundleTypes), std::end(kBundleTypes),
                                     [&](const TypeRow& row) { return row.code == code; });
    if (known == std::end(kBundleTypes)) {
        return at(type, RefusalReason::InvalidField, "use a code of the value set bundle-type");
    }
    type_ = known->type;
    newest_first_ = code == "history";
    return std::nullopt;
}

std::optional<Refusal> BundleReader::read_entries() {
    if (bundle_.count("entry") > kFhirEntriesMax) {
        return at(bundle_.child("entry"), RefusalReason::TooManyItems,
                  "send at most 1024 entries in one bundle");
    }
    std::size_t number = 0;
    for (const Element& entry : bundle_.items("entry", kFhirEntriesMax)) {
        read_entry(entry, number++);
    }
    return std::nullopt;
}

void BundleReader::read_entry(const Element& entry, std::size_t number) {
    if (entry.child("request").text_of("method") == "DELETE") {
        entry.child("request").note("a deletion is not acted on: send entered-in-error instead");
        return;
    }
    const Element resource = entry.child("resource");
    std::string type = resource.text_of("resourceType");
    if (!resource.exists()) {
        return;
    }
    if (type.empty()) {
        resource.note("no resourceType: ignored");
        return;
    }
    std::string id = resource.text_of("id");
    if (!id.empty() && !is_fhir_id(id)) {
        resource.child("id").note("not an id of FHIR: ignored");
        id.clear();
    }
    document_.references.add({resource, std::move(type), std::move(id),
                              entry.child("fullUrl").text(kFullUrlBytesMax), number});
}

std::vector<const Resource*> BundleReader::all() const {
    std::vector<const Resource*> found;
    for (const Resource& resource : document_.references.resources()) {
        if (is_acted_on(resource.type)) {
            found.push_back(&resource);
        }
    }
    return found;
}

std::optional<Refusal> BundleReader::read_header() {
    const auto& resources = document_.references.resources();
    if (resources.empty() || resources.front().entry != 0 ||
        resources.front().type != "MessageHeader") {
        return at(bundle_.first("entry").child("resource"), RefusalReason::InvalidField,
                  "begin a message with its MessageHeader");
    }
    const Resource& first = resources.front();
    const MessageHeader header = read_message_header(document_, first);
    document_.sender = header.sender;
    document_.message_event = header.event;
    if (auto obstacle = find_obstacle(document_, first.element)) {
        return obstacle;
    }
    document_.labels.add(security_labels(document_, first.element));
    is_answer_ = header.is_response;
    if (is_answer_) {
        first.element.child("response").note("an answer to somebody: not acted on");
        return std::nullopt;
    }
    reading_.message = header.facts;
    acted_on_ = in_focus(header);
    return std::nullopt;
}

/// What the message is about; without a focus that we hold, everything in it.
std::vector<const Resource*> BundleReader::in_focus(const MessageHeader& header) {
    const Resource& first = document_.references.resources().front();
    std::vector<const Resource*> found;
    bool is_held = false;
    for (const Element& focus : header.focus) {
        const Target target = document_.references.resolve(focus, first);
        is_held = is_held || target.element.exists();
        for (const Resource* resource : acted_on_) {
            const bool named = resource->element.is_same(target.element);
            if (named && std::find(found.begin(), found.end(), resource) == found.end()) {
                found.push_back(resource);
            }
        }
    }
    if (is_held) {
        return found;
    }
    first.element.child("focus").note("leads to nothing in the bundle: all of it is read");
    return acted_on_;
}

std::optional<Refusal> BundleReader::map(const std::vector<const Resource*>& resources) {
    for (const Resource* resource : resources) {
        auto events = map_resource(document_, *resource);
        if (!events && type_ != BundleType::Parts) {
            return events.error();
        }
        if (!events) {
            reading_.refusals.push_back(events.error());
            continue;
        }
        if (reading_.events.size() + events->size() > kFhirEventsMax) {
            return at(bundle_.child("entry"), RefusalReason::TooManyItems,
                      "send less in one bundle: it says more than 1024 things");
        }
        std::move(events->begin(), events->end(), std::back_inserter(reading_.events));
    }
    return std::nullopt;
}

/// Deaths that no appointment or encounter of the bundle has told yet.
void BundleReader::tell_deaths() {
    for (const Resource& resource : document_.references.resources()) {
        if (resource.type != "Patient" || find_obstacle(document_, resource.element)) {
            continue;
        }
        const Patient patient = read_patient(document_, resource);
        if (!patient.is_deceased() || patient.identifiers.empty()) {
            continue;
        }
        const Element died = resource.element.child("deceasedDateTime");
        const auto when = date_time_of(died, document_.site.zone);
        const auto said = when ? when : time_said(document_, resource);
        if (!said && !is_told(document_, patient)) {
            resource.element.note("a death without any time: tell deceasedDateTime");
        } else if (said) {
            if (auto death = death_event(document_, patient, resource, *said)) {
                reading_.events.push_back(*std::move(death));
            }
        }
    }
}

}  // namespace

bool is_acted_on(std::string_view type) {
    return type == "Appointment" || type == "Encounter" || type == "Slot";
}

Events map_resource(Document& document, const Resource& resource) {
    auto obstacle = find_obstacle(document, resource.element);
    if (!obstacle) {
        obstacle = find_obstacle_around(document, resource);
    }
    if (obstacle) {
        return tl::unexpected<Refusal>(*std::move(obstacle));
    }
    if (resource.type == "Appointment") {
        return map_appointment(document, resource);
    }
    if (resource.type == "Slot") {
        return map_slot(document, resource);
    }
    return resource.type == "Encounter" ? map_encounter(document, resource)
                                        : Events(std::vector<Submission>{});
}

std::optional<Refusal> read_bundle(Document& document, const Element& bundle,
                                   BundleReading& reading) {
    return BundleReader(document, bundle, reading).read();
}

}  // namespace carehub::adapters::clinic::fhir
