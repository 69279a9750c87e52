#include "tools/carehub/consent_form.hpp"

#include "hub/audit/hash.hpp"
#include "tools/carehub/words.hpp"

namespace carehub::tool {
namespace {

/// How staff name a client on the wire: by its roster name.
Identifier roster_identifier(const std::string& client) { return {"carehub", "CLIENT", client}; }

/// The same words give the same id: a second import changes nothing.
std::string message_id(const std::string& client, const std::string& consent,
                       const std::string& body) {
    const Hash256 digest = audit::sha256(as_bytes(body));
    return "consent/" + client + "/" + consent + "/" + to_hex(ByteView(digest).first(8));
}

Status fill_words(const Row& row, ConsentClaim& claim) {
    const auto kind = parse_word<ConsentKind>(row.at("kind"));
    if (!kind) {
        return row.bad("kind",
                       "use HipaaAuthorization, Part2Specific, Part2Tpo, CriminalJusticeReferral, "
                       "VawaRelease or HmisRoi");
    }
    const auto purpose = parse_word<PurposeOfUse>(row.at("purpose"));
    if (!purpose) {
        return row.bad("purpose",
                       "use Treatment, Payment, Operations, CareCoordination, ClientRequest, "
                       "Emergency, Legal or Oversight");
    }
    const auto kinds = parse_kinds(row.at("event_kinds"));
    if (!kinds) {
        return row.bad("event_kinds",
                       "name kinds of event such as AppointmentBooked, separated by ;");
    }
    claim.kind = *kind;
    claim.purpose = *purpose;
    claim.scope_kinds = *kinds;
    claim.discloser = row.at("discloser");
    claim.recipients = split_list(row.at("recipients"));
    if (claim.recipients.empty() || claim.discloser.empty()) {
        return row.bad("recipients", "name the discloser and at least one recipient");
    }
    return {};
}

}  // namespace

Submission consent_event(EventKind kind, const std::string& client, ConsentClaim claim, UtcTime at,
                         const std::string& words) {
    Submission event;
    event.kind = kind;
    event.feed = "consents";
    event.source_msg_id = message_id(client, claim.consent, words);
    event.identifiers = {roster_identifier(client)};
    event.occurred_at = at;
    event.occurred_precision =
        kind == EventKind::ConsentGranted ? Precision::Day : Precision::Second;
    event.payload = std::move(claim);
    return event;
}

Result<Submission> consent_row(const Row& row) {
    ConsentClaim claim;
    claim.consent = row.at("consent");
    const std::string client = row.at("client");
    if (claim.consent.empty() || client.empty()) {
        return row.bad("consent", "give the document's id and the client");
    }
    CAREHUB_TRY_DONE(fill_words(row, claim));
    CAREHUB_TRY(claim.signed_on, row.date("signed"));
    CAREHUB_TRY(claim.expires, row.optional_date("expires"));
    claim.expiry_event = row.at("expiry_event");
    CAREHUB_TRY(claim.scope_from, row.optional_date("scope_from"));
    CAREHUB_TRY(claim.scope_to, row.optional_date("scope_to"));
    CAREHUB_TRY(claim.revocable_from, row.optional_date("revocable_from"));
    std::string words;
    for (const char* column : {"kind", "discloser", "recipients", "purpose", "event_kinds",
                               "scope_from", "scope_to", "signed", "expires", "revocable_from"}) {
        words += row.at(column) + "\n";
    }
    if (!claim.expiry_event.empty()) {
        // A form without one has the id it always had; one with an event, another than before the
        // hub kept that there is one, so that importing it again is heard.
        words += "upon " + claim.expiry_event + "\n";
    }
    const UtcTime at{claim.signed_on};
    return consent_event(EventKind::ConsentGranted, client, std::move(claim), at, words);
}

std::vector<CLI::Option*> form_options(CLI::App& command, ConsentCells& cells) {
    std::vector<CLI::Option*> required = {
        option(command, "--kind", cells["kind"], "kind of consent"),
        option(command, "--discloser", cells["discloser"], "partner or kind of partner"),
        option(command, "--recipients", cells["recipients"],
               "partners, kinds or owner, separated by ;"),
        option(command, "--purpose", cells["purpose"], "purpose of use"),
        option(command, "--signed", cells["signed"], "date")};
    option(command, "--event-kinds", cells["event_kinds"], "kinds of event; all when not given");
    option(command, "--expires", cells["expires"], "first day on which it no longer holds");
    option(command, "--expiry-event", cells["expiry_event"],
           "the event or condition upon which it ends, as the form says it");
    option(command, "--scope-from", cells["scope_from"], "date");
    option(command, "--scope-to", cells["scope_to"], "date");
    option(command, "--revocable-from", cells["revocable_from"],
           "date, for criminal justice referrals");
    return required;
}

}  // namespace carehub::tool
