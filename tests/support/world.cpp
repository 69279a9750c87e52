#include "tests/support/world.hpp"

#include <algorithm>

#include "hub/base/check.hpp"
#include "hub/base/mix.hpp"
#include "hub/base/zone_database.hpp"
#include "hub/core/snapshot.hpp"

namespace carehub::test {
namespace {

constexpr std::string_view kZone = "America/New_York";
const std::string kCalendar = "office";

}  // namespace

core::RuleSet few_rules() {
    static constexpr std::string_view kFew[] = {
        "ScheduleConflict",   "TightTravel",         "FailureToAppear",
        "CheckInMissed",      "MissedVisit",         "DischargeContactDue",
        "DischargeVisitDue7", "DischargeVisitDue14", "ClientUnavailable"};
    core::RuleSet rules = rules::all_rules();
    std::erase_if(rules, [](const auto& rule) {
        return std::ranges::find(kFew, rule->info().name) == std::end(kFew);
    });
    return rules;
}

World::World(UtcTime start, core::RuleSet rules)
    : machine(std::move(rules)), now(start), zone_(load_zone(kZone).value()) {
    add_zone(std::string(kZone));
    add_partner("admin", PartnerKind::Staff, StaffRole::Operator);
    add_partner("ana", PartnerKind::Staff, StaffRole::CaseManager);
    add_partner("clinic", PartnerKind::Clinic);
    add_partner("hospital", PartnerKind::Hospital);
    add_partner("housing", PartnerKind::HousingProvider);
    add_partner("court", PartnerKind::Court);
    add_partner("supervision", PartnerKind::SupervisionAgency);
    add_partner("jail", PartnerKind::Jail);
    for (const char* name : {"clinic", "hospital", "housing", "court", "supervision", "jail"}) {
        agree(name);
    }
    add_staff("ana", StaffRole::CaseManager);
}

void World::add_staff(const std::string& name, StaffRole role, const std::string& team,
                      const std::string& supervisor, std::uint16_t caseload_limit) {
    if (partner(name).value == 0) {
        add_partner(name, PartnerKind::Staff, role);
    }
    StaffCommand staff;
    staff.staff = name;
    staff.role = role;
    staff.team = team;
    staff.supervisor = supervisor;
    staff.caseload_limit = caseload_limit;
    staff.calendar = kCalendar;
    staff.zone = kZone;
    command(staff);
}

void World::agree(const std::string& discloser) {
    AgreementCommand agreement;
    agreement.discloser = discloser;
    agreement.recipient = "owner";
    agreement.purpose = PurposeOfUse::CareCoordination;
    agreement.form = Form::Full;
    agreement.basis = "county agreement";
    agreement.valid_from = *make_date(2020, 1, 1);
    agreement.valid_until = *make_date(2040, 12, 31);
    command(agreement);
}

void World::add_zone(const std::string& name) {
    Input input;
    input.body = ZoneInput{load_zone(name).value()};
    step(std::move(input));
}

std::string accepted(const Receipt& receipt) {
    return receipt.status == ReceiptStatus::Refused
               ? "refused: " + std::string(name_of(receipt.refusal.reason)) + " " +
                     receipt.refusal.field
               : "";
}

void World::add_partner(const std::string& name, PartnerKind kind, StaffRole role) {
    PartnerCommand partner;
    partner.name = name;
    partner.kind = kind;
    partner.role = role;
    partner.public_key[0] = static_cast<std::uint8_t>(machine.state().partners.size() + 1);
    Input input;
    input.body = CommandInput{partner, {}, {}, {}, {}};
    step(std::move(input));
}

Receipt World::add_client(const std::string& client, const std::string& owner, Transport transport,
                          CaseModel model, const std::string& team) {
    RosterCommand row;
    row.model = model;
    row.team = team;
    row.client = client;
    row.identifier = {"county", "ID", client};
    row.owner = owner;
    row.transport = transport;
    row.zone = kZone;
    return command(row);
}

Receipt World::submit(const std::string& partner_name, const std::string& client,
                      Submission claim) {
    if (claim.source_msg_id.empty()) {
        claim.source_msg_id = "msg-" + std::to_string(next_id_++);
    }
    claim.feed = claim.feed.empty() ? partner_name : claim.feed;
    claim.zone = claim.zone.empty() ? std::string(kZone) : claim.zone;
    claim.occurred_at = claim.occurred_at == kUnknownTime ? now : claim.occurred_at;
    if (!client.empty()) {
        claim.identifiers.push_back({"county", "ID", client});
    }
    SubmissionInput submission;
    for (const Identifier& identifier : claim.identifiers) {
        submission.subjects.push_back({hash("subject", identifier.value)});
    }
    submission.source = {hash("source", partner_name + claim.feed + claim.source_msg_id)};
    if (!claim.supersedes_key.empty()) {
        submission.supersedes = {hash("source", partner_name + claim.feed + claim.supersedes_key)};
    }
    submission.body =
        hash("body", claim.business_key + to_iso(claim.occurred_at) + claim.source_msg_id +
                         std::to_string(static_cast<int>(claim.kind)));
    submission.business_key =
        claim.business_key.empty() ? Hash128{} : hash(partner_name, claim.business_key);
    if (const auto* obligation = std::get_if<ObligationClaim>(&claim.payload);
        obligation && !obligation->parent_id.empty()) {
        submission.series_key = hash(partner_name, obligation->parent_id);
    }
    if (const auto* encounter = std::get_if<EncounterClaim>(&claim.payload);
        encounter && !encounter->appointment_key.empty()) {
        submission.appointment_key = hash(partner_name, encounter->appointment_key);
    }
    if (const auto* consent = std::get_if<ConsentClaim>(&claim.payload)) {
        submission.consent = {hash("consent", client + consent->consent)};
    }
    if (const auto* identity = std::get_if<IdentityClaim>(&claim.payload)) {
        for (const Identifier& one : identity->survivor) {
            submission.survivor.push_back({{hash("subject", one.value)}, scheme(one)});
        }
        for (const Identifier& one : identity->prior) {
            submission.prior.push_back({{hash("subject", one.value)}, scheme(one)});
        }
    }
    submission.claim = std::move(claim);
    Input input;
    input.principal = partner(partner_name);
    input.session = input.principal.value;
    input.fingerprint = submission.body;
    input.body = std::move(submission);
    return step(std::move(input)).receipt;
}

Receipt World::command(const CommandBody& body, const std::string& by) {
    CommandInput command{body, {}, {}, {}, {}};
    if (const auto* row = std::get_if<RosterCommand>(&body)) {
        command.client = client_id(row->client);
        command.self = {hash("self", row->client)};
        command.subject = {hash("subject", row->identifier.value)};
        command.scheme = scheme(row->identifier);
    }
    if (const auto* link = std::get_if<LinkCommand>(&body)) {
        command.client = client_id(link->client);
        command.self = {hash("self", link->client)};
        if (link->identifier.authority != "carehub") {
            command.subject = {hash("subject", link->identifier.value)};
        }
        if (!link->to.empty()) {
            command.other = client_id(link->to);
            command.other_self = {hash("self", link->to)};
        }
        command.scheme = scheme(link->identifier);
    }
    if (const auto* kept = std::get_if<RetentionCommand>(&body)) {
        command.client = client_id(kept->client);
    }
    Input input;
    input.principal = partner(by);
    input.body = std::move(command);
    return step(std::move(input)).receipt;
}

core::Outcome World::step(Input input) {
    input.received_at = now;
    core::Outcome outcome = machine.step(input);
    if (outcome.journalled) {
        entries.push_back(outcome.entry);
    }
    return outcome;
}

void World::advance(UtcTime to) {
    while (machine.next_wake() <= to) {
        now = std::max(now, machine.next_wake());
        const std::size_t before = entries.size();
        const UtcTime due = machine.next_wake();
        Input tick;
        tick.body = TickInput{};
        step(std::move(tick));
        CAREHUB_CHECK(entries.size() > before && machine.next_wake() != due,
                      "a due tick decides something");
    }
    now = std::max(now, to);
}

PartnerId World::partner(const std::string& name) const {
    const Partner* known = machine.state().partner_named(machine.state().symbol(name));
    return known == nullptr ? PartnerId{} : known->id;
}

const core::Case& World::subject(const std::string& client) const {
    if (client == "office") {
        return machine.state().office;
    }
    const core::Case* known = machine.state().find_case(client_id(client));
    CAREHUB_CHECK(known != nullptr, "the test names a client it added");
    return *known;
}

Hash128 World::hash(const std::string& domain, const std::string& text) {
    Mix128 mix;
    for (const char c : domain + '\0' + text) {
        mix.add(static_cast<unsigned char>(c));
    }
    return mix.value();
}

SchemeMark World::scheme(const Identifier& identifier) {
    const Hash128 mixed = hash("scheme", identifier.authority + " " + identifier.type);
    return {static_cast<std::uint32_t>(mixed[0] | mixed[1] << 8U | mixed[2] << 16U)};
}

ClientId World::client_id(const std::string& client) { return {hash("client", client)}; }

bool same_state(const core::State& a, const core::State& b) {
    return a.last == b.last && core::snapshot(a) == core::snapshot(b) && a.wakes == b.wakes &&
           a.lane_wakes == b.lane_wakes && a.replay_wakes == b.replay_wakes;
}

}  // namespace carehub::test
