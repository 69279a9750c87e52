// Which identifiers are shown to nobody.
#include "hub/model/secret_identifier.hpp"

#include "tests/support/catch.hpp"

namespace carehub {

TEST_CASE("a social security number is secret by type, by authority and by shape",
          "[follower][review]") {
    for (const Identifier& secret : {Identifier{"NORTH", "SS", "1"},
                                     {"NORTH", "ss", "1"},
                                     {"NORTH", "SSN", "1"},
                                     {"SSA", "PI", "1"},
                                     {"http://hl7.org/fhir/sid/us-ssn", "", "1"},
                                     {"urn:oid:2.16.840.1.113883.4.1", "", "1"},
                                     {"SSA&2.16.840.1.113883.4.1&ISO", "PI", "1"},
                                     {"NORTH", "MR", "900-12-3456"},
                                     {"NORTH", "", "900 12 3456"}}) {
        INFO(secret.authority << " " << secret.type << " " << secret.value);
        CHECK(is_secret(secret));
    }
}

TEST_CASE("any other number is shown", "[follower][review]") {
    for (const Identifier& shown : {Identifier{"NORTH", "MR", "900123456"},
                                    {"GREENE", "CASE", "26-CR-1"},
                                    {"urn:oid:2.16.840.1.113883.4.10", "", "1"},
                                    {"urn:oid:12.16.840.1.113883.4.1", "", "1"},
                                    {"NORTH", "MR", "900-12-34567"},
                                    {"NORTH", "MR", "900-1A-3456"},
                                    {"NORTH", "MR", ""}}) {
        INFO(shown.authority << " " << shown.type << " " << shown.value);
        CHECK_FALSE(is_secret(shown));
    }
}

}  // namespace carehub
