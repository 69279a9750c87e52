#include "adapters/clinic/fhir/slot.hpp"

#include <algorithm>
#include <array>

#include "adapters/clinic/fhir/places.hpp"

namespace carehub::adapters::clinic::fhir {
namespace {

/// Value set slotstatus.
constexpr std::array<std::string_view, 5> kStatuses{"free", "busy", "busy-unavailable",
                                                    "busy-tentative", "entered-in-error"};

std::vector<std::string> services_of(const Element& slot) {
    std::vector<std::string> all = codes_of(slot.child("appointmentType"));
    for (const char* name : {"serviceType", "serviceCategory", "specialty"}) {
        for (const Element& service : slot.items(name)) {
            const auto codes = codes_of(service);
            all.insert(all.end(), codes.begin(), codes.end());
        }
    }
    return all;
}

/// The place among the actors of the schedule, if the document holds it.
ReadPlace place_of(const Document& document, const Resource& slot) {
    const Target schedule = document.references.resolve(slot.element.child("schedule"), slot);
    if (!schedule.element.exists()) {
        return {};
    }
    for (const Element& actor : schedule.element.items("actor")) {
        if (document.references.resolve(actor, slot).type == "Location") {
            return read_place(document, actor, slot);
        }
    }
    return {};
}

}  // namespace

Events map_slot(Document& document, const Resource& resource) {
    const Element& slot = resource.element;
    const std::string status = slot.text_of("status");
    if (std::ranges::find(kStatuses, status) == kStatuses.end()) {
        return refuse(slot.child("status"), RefusalReason::InvalidField,
                      "use a code of the value set slotstatus");
    }
    const auto start = instant_of(slot.child("start"));
    const auto end = instant_of(slot.child("end"));
    if (!start || !end || end->time <= start->time) {
        return refuse(slot.child(start ? "end" : "start"), RefusalReason::TimeUnresolvable,
                      "tell start and end as instants with their offset, the end after the start");
    }
    const Name name = name_of(document, main_identifier(slot, "FILL"), resource.id);
    if (name.key.empty()) {
        return refuse(slot.child("identifier"), RefusalReason::MissingField,
                      "tell an identifier or an id of the slot");
    }
    ResourceClaim claim;
    claim.schedule_id = read_code(document, slot.child("schedule"), resource);
    if (claim.schedule_id.empty()) {
        return refuse(slot.child("schedule"), RefusalReason::MissingField,
                      "name the schedule that the slot is of");
    }
    const ReadPlace place = place_of(document, resource);
    std::vector<std::string> words = services_of(slot);
    words.insert(words.end(), place.words.begin(), place.words.end());
    const ObligationClass* known = look_up(document.site.obligation_classes, words);
    claim.obligation_class = known == nullptr ? ObligationClass::Unset : *known;
    claim.from = start->time;
    claim.to = end->time;
    claim.location = place.place;
    Submission event =
        submission_of(document, resource,
                      status == "free" ? EventKind::ScheduleUnblocked : EventKind::ScheduleBlocked);
    event.business_key = name.key;
    event.zone = zone_of(document.site, place.words).name;
    event.labels.add(labels_of(document.site, words));
    const auto said = time_said(document, resource);
    event.occurred_at = said ? said->time : start->time;
    event.occurred_precision = said ? said->precision : Precision::Second;
    if (!said) {
        slot.child("meta")
            .child("lastUpdated")
            .note("nothing tells when this was said: the slot's own time stands for it");
        event.time_flags.add(TimeFlag::TimeUncertain);
    }
    event.payload = std::move(claim);
    return std::vector<Submission>{std::move(event)};
}

}  // namespace carehub::adapters::clinic::fhir
