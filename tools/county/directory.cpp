#include "tools/county/directory.hpp"

#include "tools/county/limits.hpp"

namespace carehub::county {
namespace {

using std::chrono::days;

constexpr std::string_view kOpens = "08:30";
constexpr std::string_view kCloses = "17:00";

std::string staff_row(const std::string& name, std::string_view role, const std::string& team,
                      const std::string& supervisor) {
    return csv_line({name, std::string(role), team, supervisor, std::string(kCalendarName),
                     std::string(kZoneName), name + "@ashford.example",
                     role == "case_manager" ? "30" : "", "20:00", "07:00"});
}

Status write_staff(const World& world, const std::filesystem::path& folder) {
    TextFile staff(folder / "staff.csv");
    TextFile on_call(folder / "on_call.csv");
    staff.write(csv_line({"staff", "role", "team", "supervisor", "calendar", "zone", "email",
                          "caseload_limit", "quiet_from", "quiet_until"}));
    on_call.write(csv_line({"team", "from", "until", "staff"}));
    const std::string from = to_iso(world.zone(), instant(world.zone(), {world.start(), 6 * 60}));
    const std::string until =
        to_iso(world.zone(), instant(world.zone(), {world.end_date() + days{30}, 6 * 60}));
    const std::uint64_t count = case_managers_for(world.clients());
    for (std::uint64_t manager = 1; manager <= count; ++manager) {
        const std::string team = team_of(manager);
        const std::string supervisor = supervisor_of(manager);
        if ((manager - 1) % kCaseManagersPerTeam == 0) {
            staff.write(staff_row(supervisor, "supervisor", team, ""));
            on_call.write(csv_line({team, from, until, supervisor}));
        }
        staff.write(staff_row(case_manager_name(manager), "case_manager", team, supervisor));
    }
    staff.write(staff_row("integration-01", "integration", "team-01", "sup-01"));
    staff.write(staff_row("operator-01", "operator", "team-01", "sup-01"));
    CAREHUB_TRY_DONE(staff.close());
    return on_call.close();
}

Status write_absences(const World& world, const std::filesystem::path& folder) {
    // One case manager is on leave after the simulated days, so that the file has a row to read.
    const Date from = world.end_date() + days{3};
    return write_file(folder / "absences.csv",
                      csv_line({"staff", "from", "until", "deputy"}) +
                          csv_line({"cm-01", to_iso(from), to_iso(from + days{4}), "sup-01"}));
}

std::string place_row(const PlaceRow& row) {
    return csv_line({std::string(row.partner), std::string(row.code), std::string(row.site),
                     std::string(row.city), std::string(kZoneName), std::string(row.lat),
                     std::string(row.lon), std::string(row.program), std::string(row.labels)});
}

Status write_places(const std::filesystem::path& folder) {
    std::string text =
        csv_line({"partner", "code", "site", "city", "zone", "lat", "lon", "program", "labels"});
    for (const PlaceRow& row : default_place_rows()) {
        text += place_row(row);
    }
    for (const PlaceRow& row : place_rows()) {
        text += place_row(row);
    }
    return write_file(folder / "places.csv", text);
}

Status write_calendars(const World& world, const std::filesystem::path& folder) {
    const std::string name(kCalendarName);
    std::string text = csv_line({"calendar", "date", "open", "from", "until"}) +
                       csv_line({name, "MO-FR", "true", std::string(kOpens), std::string(kCloses)});
    for (const Date holiday : world.holidays()) {
        text += csv_line({name, to_iso(holiday), "false", "", ""});
    }
    return write_file(folder / "calendars.csv", text);
}

std::string transport_text(Transport transport) {
    switch (transport) {
        case Transport::Own: return "own";
        case Transport::Public: return "public";
        case Transport::None: return "none";
        case Transport::Unset: break;
    }
    return "";
}

}  // namespace

Status write_directory(const World& world, const std::filesystem::path& out) {
    const std::filesystem::path folder = out / "directory";
    CAREHUB_TRY_DONE(make_folder(folder));
    CAREHUB_TRY_DONE(write_staff(world, folder));
    CAREHUB_TRY_DONE(write_absences(world, folder));
    CAREHUB_TRY_DONE(write_places(folder));
    return write_calendars(world, folder);
}

Register::Register(const std::filesystem::path& out)
    : roster_(out / "roster.csv"), consents_(out / "consents.csv") {
    roster_.write(
        csv_line({"client", "partner", "authority", "id_type", "id", "owner", "team", "model",
                  "tier", "transport", "zone", "family_name", "given_name", "birth_date"}));
    consents_.write(
        csv_line({"consent", "client", "kind", "discloser", "recipients", "purpose", "event_kinds",
                  "scope_from", "scope_to", "signed", "expires", "revocable_from"}));
}

void Register::add(const ClientPlan& plan) {
    const Person& person = plan.person;
    const std::string owner = case_manager_of(person.number);
    const std::string team = team_of((person.number - 1) / kClientsPerCaseManager + 1);
    const auto identifier = [&](std::string partner, std::string authority, std::string type,
                                std::string id) {
        roster_.write(
            csv_line({person.name, std::move(partner), std::move(authority), std::move(type),
                      std::move(id), owner, team, std::string(person.model),
                      std::string(person.tier), transport_text(person.transport),
                      std::string(kZoneName), person.family, person.given, to_iso(person.birth)}));
    };
    identifier("clinic", std::string(kClinicAuthority), std::string(kClinicNumberType),
               clinic_number(person.number));
    if (plan.housing) {
        identifier("housing", "CTY-HMIS", "HMIS", numbered("HM", person.number));
    }
    if (plan.housing && plan.housing->merged_day) {
        identifier("housing", "CTY-HMIS", "HMIS", numbered("HM", person.number, 2));
    }
    for (const Hearing& hearing : plan.hearings) {
        const bool municipal = hearing.department == Department::Docket;
        identifier(municipal ? "municipal" : "court", municipal ? "ASHFORD-MC" : "ASHFORD-SC",
                   "CASE", hearing.case_number);
    }
    if (plan.supervised) {
        identifier("supervision", "SUPERVISION", "SUPV", numbered("S", person.number));
    }
    if (plan.known_to_jail) {
        identifier("jail", "ASHFORD-JAIL", "JAIL", numbered("J", person.number));
    }
    for (const ConsentRow& consent : plan.consents) {
        consents_.write(csv_line({consent.id, person.name, std::string(consent.kind),
                                  std::string(consent.discloser), std::string(consent.recipient),
                                  "CareCoordination", "", "", "", to_iso(consent.signed_on),
                                  to_iso(consent.expires), ""}));
    }
}

Status Register::close() {
    CAREHUB_TRY_DONE(roster_.close());
    return consents_.close();
}

}  // namespace carehub::county
