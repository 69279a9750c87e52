// consent: what clients signed, as events of the hub's own staff.
#include <iostream>

#include <boost/json.hpp>

#include "hub/audit/hash.hpp"
#include "tools/carehub/csv_import.hpp"
#include "tools/carehub/output.hpp"
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
    CAREHUB_TRY(claim.scope_from, row.optional_date("scope_from"));
    CAREHUB_TRY(claim.scope_to, row.optional_date("scope_to"));
    CAREHUB_TRY(claim.revocable_from, row.optional_date("revocable_from"));
    std::string words;
    for (const char* column : {"kind", "discloser", "recipients", "purpose", "event_kinds",
                               "scope_from", "scope_to", "signed", "expires", "revocable_from"}) {
        words += row.at(column) + "\n";
    }
    const UtcTime at{claim.signed_on};
    return consent_event(EventKind::ConsentGranted, client, std::move(claim), at, words);
}

const std::vector<std::string>& consent_columns() {
    static const std::vector<std::string> kColumns = {
        "consent",     "client",     "kind",     "discloser", "recipients", "purpose",
        "event_kinds", "scope_from", "scope_to", "signed",    "expires",    "revocable_from"};
    return kColumns;
}

Result<int> import_consents(const Run& run, const std::filesystem::path& file) {
    CAREHUB_TRY(Door door, Door::open(run));
    ImportCounts counts;
    CAREHUB_TRY(const std::uint64_t bad,
                read_rows(file, consent_columns(), [&](const Row& row) -> Status {
                    CAREHUB_TRY(const Submission event, consent_row(row));
                    CAREHUB_TRY(const Receipt receipt, door.submit(event));
                    count(receipt, counts);
                    if (receipt.status == ReceiptStatus::Refused) {
                        std::cerr << "carehub: line " << row.line() << ": "
                                  << refusal_error(receipt).context << "\n";
                    }
                    return {};
                }));
    counts.refused += bad;
    return report("consents", counts, run.json);
}

Result<int> submit_one(const Run& run, const Submission& event, const std::string& done) {
    CAREHUB_TRY(Door door, Door::open(run));
    CAREHUB_TRY(const Receipt receipt, door.submit(event));
    if (receipt.status == ReceiptStatus::Refused) {
        return tl::unexpected<Error>(refusal_error(receipt));
    }
    std::cout << done << " (entry " << receipt.sequence.value << ")\n";
    return 0;
}

Result<int> grant(const Run& run, std::map<std::string, std::string> cells) {
    const Row row("consent grant", 0, std::move(cells));
    CAREHUB_TRY(const Submission event, consent_row(row));
    return submit_one(run, event, "Granted " + row.at("client") + "/" + row.at("consent"));
}

Result<int> revoke(const Run& run, const std::string& id, const std::string& reason) {
    const std::size_t slash = id.rfind('/');
    if (slash == std::string::npos) {
        return fail(
            ErrorCode::Invalid,
            "name the consent as CLIENT/CONSENT, as `carehub consent list CLIENT` shows it");
    }
    CAREHUB_TRY(Door door, Door::open(run));
    CAREHUB_TRY(const UtcTime now, door.now());
    ConsentClaim claim;
    claim.consent = id.substr(slash + 1);
    claim.revoke_reason = reason;
    claim.revoked_at = now;
    const Submission event = consent_event(EventKind::ConsentRevoked, id.substr(0, slash),
                                           std::move(claim), now, "revoke " + to_iso(now));
    CAREHUB_TRY(const Receipt receipt, door.submit(event));
    if (receipt.status == ReceiptStatus::Refused) {
        return tl::unexpected<Error>(refusal_error(receipt));
    }
    std::cout << "Revoked " << id << ": nothing leaves on it any more (entry "
              << receipt.sequence.value << ")\n";
    return 0;
}

Result<int> list(const Run& run, const std::string& client) {
    CAREHUB_TRY(Door door, Door::open(run));
    CAREHUB_TRY(const auto lines, door.ask("consents", {{"client", client}}));
    print_lines(lines, run.json,
                {{"consent", "consent"},
                 {"kind", "kind"},
                 {"from", "discloser"},
                 {"to", "recipients"},
                 {"signed", "signed"},
                 {"expires", "expires"},
                 {"revoked", "revoked_at"}},
                "No consents: protected events and justice partners stay closed.");
    return 0;
}

void add_grant(CLI::App& consent, Run& run) {
    auto* command = subcommand(consent, "grant", "journal a consent the client signed");
    auto cells = std::make_shared<std::map<std::string, std::string>>();
    option(*command, "CLIENT", (*cells)["client"], "the client's id in the roster")->required();
    option(*command, "--id", (*cells)["consent"], "id of the signed document")->required();
    option(*command, "--kind", (*cells)["kind"], "kind of consent")->required();
    option(*command, "--discloser", (*cells)["discloser"], "partner or kind of partner")
        ->required();
    option(*command, "--recipients", (*cells)["recipients"],
           "partners, kinds or owner, separated by ;")
        ->required();
    option(*command, "--purpose", (*cells)["purpose"], "purpose of use")->required();
    option(*command, "--event-kinds", (*cells)["event_kinds"],
           "kinds of event; all when not given");
    option(*command, "--signed", (*cells)["signed"], "date")->required();
    option(*command, "--expires", (*cells)["expires"], "first day on which it no longer holds");
    option(*command, "--scope-from", (*cells)["scope_from"], "date");
    option(*command, "--scope-to", (*cells)["scope_to"], "date");
    option(*command, "--revocable-from", (*cells)["revocable_from"],
           "date, for criminal justice referrals");
    runs(command, run, [&run, cells] { return grant(run, *cells); });
}

}  // namespace

void add_consent(CLI::App& app, Run& run) {
    auto* consent = subcommand(app, "consent", "what clients allow to be told, to whom");
    consent->require_subcommand(1);
    add_grant(*consent, run);
    auto word = std::make_shared<std::string>();
    auto reason = std::make_shared<std::string>();
    auto* revoke_command = subcommand(*consent, "revoke", "stops routing at once");
    option(*revoke_command, "ID", *word, "CLIENT/CONSENT")->required();
    option(*revoke_command, "--reason", *reason, "why")->required();
    runs(revoke_command, run, [&run, word, reason] { return revoke(run, *word, *reason); });
    auto* list_command = subcommand(*consent, "list", "a client's consents");
    option(*list_command, "CLIENT", *word, "the client's id in the roster")->required();
    runs(list_command, run, [&run, word] { return list(run, *word); });
    auto* import_command = subcommand(*consent, "import", "consents.csv");
    option(*import_command, "FILE", *word, "the file")->required()->check(CLI::ExistingFile);
    runs(import_command, run, [&run, word] { return import_consents(run, *word); });
}

}  // namespace carehub::tool
