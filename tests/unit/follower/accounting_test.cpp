// Who has to be listed in a client's accounting, case by case as the law tells them apart.
#include "hub/follower/accounting.hpp"

#include <array>

#include "tests/support/catch.hpp"

namespace carehub::follower {
namespace {

using Kind = PartnerKind;
using For = PurposeOfUse;

std::string_view exempt(const Ground& ground, Regime regime) {
    return exemption(std::array{ground}, regime);
}

Ground told(PartnerKind discloser, PartnerKind recipient, PurposeOfUse purpose) {
    Ground ground;
    ground.discloser = discloser;
    ground.recipient = recipient;
    ground.purpose = purpose;
    return ground;
}

Ground consented(Ground ground, ConsentKind kind) {
    ground.consented = true;
    ground.consent = kind;
    return ground;
}

}  // namespace

TEST_CASE("HIPAA exempts treatment, payment and operations among those it covers", "[follower]") {
    struct Row {
        PartnerKind recipient;
        PurposeOfUse purpose;
        std::string_view reason;
    };
    for (const Row& row : {
             Row{Kind::Hospital, For::Treatment, "treatment"},
             Row{Kind::Clinic, For::CareCoordination, "treatment"},
             Row{Kind::Clinic, For::Payment, "payment"},
             Row{Kind::Staff, For::Operations, "operations"},
             Row{Kind::Staff, For::CareCoordination,
                 ""},  // coordinating is treatment only among who treats
             Row{Kind::HousingProvider, For::Treatment, ""},
             Row{Kind::Court, For::Operations, ""},
             Row{Kind::SupervisionAgency, For::Treatment, ""},
             Row{Kind::Jail, For::Treatment,
                 ""},  // whether it was custody's need nobody can say here
             Row{Kind::Clinic, For::Legal, ""},
             Row{Kind::Clinic, For::Emergency, ""},
             Row{Kind::Clinic, For::ClientRequest, ""},
             Row{Kind::Clinic, For::Oversight, ""},
             Row{Kind::Clinic, For::Unset, ""},
         }) {
        INFO(kEnumNames<PartnerKind>[static_cast<std::size_t>(row.recipient)]
             << " " << name_of(row.purpose));
        CHECK(exempt(told(Kind::Clinic, row.recipient, row.purpose), Regime::Hipaa) == row.reason);
    }
}

TEST_CASE("an authorization exempts under HIPAA, and under Part 2 consent is what is listed",
          "[follower]") {
    const Ground housing = told(Kind::Clinic, Kind::HousingProvider, For::CareCoordination);
    CHECK(exempt(consented(housing, ConsentKind::HipaaAuthorization), Regime::Hipaa) ==
          "authorization");
    CHECK(exempt(consented(housing, ConsentKind::HmisRoi), Regime::Hipaa).empty());

    Ground part2 =
        consented(told(Kind::Clinic, Kind::Clinic, For::Treatment), ConsentKind::Part2Tpo);
    part2.part2 = true;
    CHECK(exempt(part2, Regime::Hipaa) == "treatment");
    CHECK(exempt(part2, Regime::Part2).empty());
    CHECK(exempt(part2, Regime::All).empty());
    part2.consented = false;
    CHECK(exempt(part2, Regime::Part2) == "no consent");
    CHECK(exempt(part2, Regime::All) == "no consent");
}

TEST_CASE("what no law governs is listed, and belongs to no law's list", "[follower]") {
    const Ground hearing = told(Kind::Court, Kind::Staff, For::CareCoordination);
    CHECK_FALSE(is_subject(hearing, Regime::Hipaa));
    CHECK_FALSE(is_subject(hearing, Regime::Part2));
    CHECK(is_subject(hearing, Regime::All));
    CHECK(exempt(hearing, Regime::All).empty());
    CHECK(exemption({}, Regime::All).empty());
}

TEST_CASE("an alert is exempt when everything it tells of is", "[follower]") {
    const Ground visit = told(Kind::Clinic, Kind::Staff, For::Treatment);
    const Ground hearing = told(Kind::Court, Kind::Staff, For::CareCoordination);
    CHECK(exemption(std::array{visit, visit}, Regime::All) == "treatment");
    CHECK(exemption(std::array{visit, hearing}, Regime::All).empty());
    CHECK(exemption(std::array{visit, hearing}, Regime::Hipaa) == "treatment");
    CHECK(exemption(std::array{visit, told(Kind::Clinic, Kind::Staff, For::Legal)}, Regime::Hipaa)
              .empty());
}

TEST_CASE("the law looks back six years, and three for Part 2", "[follower]") {
    CHECK(look_back(Regime::Hipaa) == std::chrono::years{6});
    CHECK(look_back(Regime::All) == std::chrono::years{6});
    CHECK(look_back(Regime::Part2) == std::chrono::years{3});
    CHECK(parse_regime("") == Regime::All);
    CHECK(parse_regime("part2") == Regime::Part2);
    CHECK_FALSE(parse_regime("HIPPA"));
}

}  // namespace carehub::follower
