#include "adapters/clinic/site_config.hpp"

#include "tests/support/catch.hpp"

using namespace carehub;
using namespace carehub::adapters::clinic;

namespace {

const std::string kFeed =
    "[feed]\nname = \"northside\"\nzone = \"America/New_York\"\nauthority = \"NORTH\"\n";

std::string error_of(const std::string& text) {
    const auto config = parse_config(text);
    return config ? "none" : config.error().context;
}

}  // namespace

TEST_CASE("a short configuration has the house's defaults", "[clinic][config]") {
    const auto config = parse_config(kFeed);
    REQUIRE(config);
    CHECK(config->site.feed == "northside");
    CHECK(config->site.zone.name == "America/New_York");
    CHECK(config->site.authority == "NORTH");
    CHECK_FALSE(config->site.allow_test);
    CHECK(config->site.unknown == UnknownTrigger::Accept);
    CHECK(config->listen.address == "127.0.0.1");
    CHECK(config->listen.port == 0);
}

TEST_CASE("everything in the file is read", "[clinic][config]") {
    const auto config =
        parse_config(kFeed +
                     "allow_test = true\nunknown = \"reject\"\ndefault_duration_min = 45\n"
                     "[listen]\naddress = \"127.0.0.2\"\nport = 2575\n"
                     "[obligation_class]\nIop = \"TreatmentSession\"\n"
                     "[labels]\nRECOVERY = [\"Part2\", \"MentalHealth\"]\n"
                     "[reasons]\nno_show = [\"absent\"]\n");
    REQUIRE(config);
    CHECK(config->site.allow_test);
    CHECK(config->site.unknown == UnknownTrigger::Reject);
    CHECK(config->site.default_duration == std::chrono::minutes{45});
    CHECK(config->listen.port == 2575);
    CHECK(config->site.obligation_classes.at("IOP") == ObligationClass::TreatmentSession);
    CHECK(config->site.labels.at("RECOVERY").has(SecurityLabel::Part2));
    CHECK(config->site.no_show_reasons == std::vector<std::string>{"ABSENT"});
}

TEST_CASE("a listener's certificate files are meant from the configuration's folder",
          "[clinic][config]") {
    const auto config = parse_config(kFeed +
                                         "[listen]\nallow = [\"10.1.0.0/16\"]\n[listen.tls]\n"
                                         "certificate = \"door.pem\"\nkey = \"/etc/door.key\"\n"
                                         "client_ca = \"ca.pem\"\nclients = [\"ehr.north\"]\n",
                                     "/srv/clinic");
    REQUIRE(config);
    REQUIRE(config->listen.tls);
    CHECK(config->listen.allow == std::vector<std::string>{"10.1.0.0/16"});
    CHECK(config->listen.tls->certificate == "/srv/clinic/door.pem");
    CHECK(config->listen.tls->key == "/etc/door.key");
    CHECK(config->listen.tls->clients == std::vector<std::string>{"ehr.north"});
}

TEST_CASE("a sender's own codes are read without regard to case", "[clinic][config]") {
    const auto config = parse_config(kFeed +
                                     "may_link = false\nmidnight_is_date = true\n"
                                     "[status]\nkept = \"Completed\"\n"
                                     "[encounter_class]\nIn = \"Inpatient\"\n"
                                     "[disposition]\n9 = \"Home\"\n"
                                     "[duration_min]\niop = 180\n"
                                     "[zone]\nwest = \"America/Denver\"\n"
                                     "[program]\ndetox3 = \"Detox\"\nDETOX3B = \"Psychiatric\"\n"
                                     "[labels]\nDETOX3 = [\"Hiv\"]\n");
    REQUIRE(config);
    const Site& site = config->site;
    CHECK_FALSE(site.may_link);
    CHECK(site.midnight_is_date);
    CHECK(site.statuses.at("KEPT") == ObligationStatus::Completed);
    CHECK(site.encounter_classes.at("IN") == EncounterClass::Inpatient);
    CHECK(site.dispositions.at("9") == Disposition::Home);
    CHECK(site.durations.at("IOP") == std::chrono::minutes{180});
    CHECK(site.zones.at("WEST").name == "America/Denver");
    CHECK(site.labels.at("DETOX3").has(SecurityLabel::Part2));
    CHECK(site.labels.at("DETOX3").has(SecurityLabel::Hiv));
    CHECK(site.labels.at("DETOX3B").has(SecurityLabel::MentalHealth));
}

TEST_CASE("what is unknown, missing or wrong is refused by its name", "[clinic][config]") {
    CHECK(error_of("").find("name") != std::string::npos);
    CHECK(error_of(kFeed + "zonne = \"x\"\n").find("zonne") != std::string::npos);
    CHECK(error_of(kFeed + "[door]\n").find("door") != std::string::npos);
    CHECK(error_of(kFeed + "unknown = \"drop\"\n").find("unknown") != std::string::npos);
    CHECK(error_of(kFeed + "allow_test = 1\n").find("allow_test") != std::string::npos);
    CHECK(error_of(kFeed + "[listen]\nport = 70000\n").find("port") != std::string::npos);
    CHECK(error_of(kFeed + "[listen]\nallow = \"all\"\n").find("allow") != std::string::npos);
    CHECK(error_of(kFeed + "[listen.tls]\nkey = \"k\"\n").find("certificate") != std::string::npos);
    CHECK(error_of(kFeed + "[obligation_class]\nX = \"Party\"\n").find("X") != std::string::npos);
    CHECK(error_of(kFeed + "[labels]\nX = [\"Secret\"]\n").find("X") != std::string::npos);
    CHECK(error_of(kFeed + "[status]\nX = \"Gone\"\n").find("X") != std::string::npos);
    CHECK(error_of(kFeed + "[duration_min]\nX = 0\n").find("X") != std::string::npos);
    CHECK(error_of(kFeed + "[zone]\nX = \"Mars/Olympus\"\n") != "none");
    CHECK(error_of(kFeed + "[program]\nX = \"Spa\"\n").find("X") != std::string::npos);
    CHECK(error_of("[feed]\nname=\"n\"\nauthority=\"A\"\nzone=\"Mars/Olympus\"\n") != "none");
}
