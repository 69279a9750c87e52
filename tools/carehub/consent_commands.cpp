// consent: what clients signed, as events of the hub's own staff.
#include <iostream>

#include <boost/json.hpp>

#include "tools/carehub/consent_form.hpp"
#include "tools/carehub/output.hpp"

namespace carehub::tool {
namespace {

const std::vector<std::string>& consent_columns() {
    static const std::vector<std::string> kColumns = {
        "consent", "client",         "kind",        "discloser", "recipients",
        "purpose", "event_kinds",    "scope_from",  "scope_to",  "signed",
        "expires", "revocable_from", "expiry_event"};
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

Result<int> grant(const Run& run, ConsentCells cells) {
    const Row row("consent grant", 0, std::move(cells));
    CAREHUB_TRY(const Submission event, consent_row(row));
    CAREHUB_TRY(Door door, Door::open(run));
    CAREHUB_TRY(const Receipt receipt, door.submit(event));
    const std::string id = row.at("client") + "/" + row.at("consent");
    if (receipt.status == ReceiptStatus::Refused) {
        return tl::unexpected<Error>(refusal_error(receipt));
    }
    const std::string entry = "entry " + std::to_string(receipt.sequence.value);
    if (receipt.status == ReceiptStatus::Duplicate) {
        std::cout << id << " was granted in these words by " << entry
                  << ": nothing changed. If it was revoked since, it stays revoked: grant what is "
                     "signed anew under an id of its own\n";
        return 0;
    }
    std::cout << "Granted " << id << " (" << entry << ")\n";
    return 0;
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
                 {"or upon", "expiry_event"},
                 {"revoked", "revoked_at"}},
                "No consents: protected events and justice partners stay closed.");
    return 0;
}

void add_grant(CLI::App& consent, Run& run) {
    auto* command = subcommand(consent, "grant", "journal a consent the client signed");
    auto cells = std::make_shared<ConsentCells>();
    option(*command, "CLIENT", (*cells)["client"], "the client's id in the roster")->required();
    option(*command, "--id", (*cells)["consent"], "id of the signed document")->required();
    for (CLI::Option* required : form_options(*command, *cells)) {
        required->required();
    }
    runs(command, run, [&run, cells] { return grant(run, *cells); });
}

}  // namespace

void add_consent(CLI::App& app, Run& run) {
    auto* consent = subcommand(app, "consent", "what clients allow to be told, to whom");
    consent->require_subcommand(1);
    add_grant(*consent, run);
    add_whatif(*consent, run);
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
