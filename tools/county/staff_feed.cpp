#include "tools/county/staff_feed.hpp"

namespace carehub::county {
namespace {

/// A word of casework: a call that reached the client or did not, what the client was told.
std::string contact_payload(const Person& person, bool reached) {
    return JsonLine()
        .text("owner", case_manager_of(person.number))
        .text("contact_kind", "Telephone")
        .boolean("two_way", reached)
        .number("duration", 10)
        .str();
}

std::string consent_payload(const ConsentRow& consent, std::string_view revoked_at) {
    const std::string recipient(consent.recipient);
    JsonLine line;
    line.text("consent", consent.id)
        .text("kind", consent.kind)
        .text("discloser", consent.discloser)
        .list("recipients", std::span(&recipient, 1))
        .text("purpose", "CareCoordination")
        .text("signed", to_iso(consent.signed_on))
        .text("expires", to_iso(consent.expires));
    if (!revoked_at.empty()) {
        line.text("revoked_at", revoked_at).text("revoke_reason", "client request");
    }
    return line.str();
}

/// What an officer is told of a move needs no more than the client and the time.
std::string payload_of(const Person& person, const StaffEvent& event, std::string_view at) {
    if (event.consent) {
        return consent_payload(*event.consent, event.kind == "ConsentRevoked" ? at : "");
    }
    return event.kind == "MoveNoticeRecorded"
               ? "{}"
               : contact_payload(person, event.kind != "ContactAttempted");
}

}  // namespace

StaffFeed::StaffFeed(const World& world, int day, const std::filesystem::path& folder)
    : world_(world), day_(day), file_(folder / "staff.jsonl"), acts_(folder / "acts.jsonl") {}

void StaffFeed::add(const ClientPlan& plan) {
    std::size_t nth = 0;
    for (const StaffEvent& event : plan.staff_events) {
        ++nth;
        if (event.day != day_) {
            continue;
        }
        const std::string at = to_iso(world_.zone(), instant(world_.zone(), event.occurred));
        const std::string client = JsonLine()
                                       .text("authority", "carehub")
                                       .text("type", "CLIENT")
                                       .text("value", plan.person.name)
                                       .str();
        const std::string id = numbered("STF", plan.person.number, nth);
        file_.write(JsonLine()
                        .text("id", id)
                        .text("kind", event.kind)
                        .text("occurred_at", at)
                        .text("zone", kZoneName)
                        .raw("identifiers", "[" + client + "]")
                        .text("business_key", event.consent ? event.consent->id : id)
                        .raw("payload", payload_of(plan.person, event, at))
                        .str() +
                    "\n");
    }
    for (const StaffAct& act : plan.acts) {
        if (act.day == day_) {
            acts_.write(JsonLine().text("by", act.by).list("command", act.command).str() + "\n");
        }
    }
}

Status StaffFeed::close() {
    CAREHUB_TRY_DONE(file_.close());
    return acts_.close();
}

}  // namespace carehub::county
