#include "hub/core/capability.hpp"

#include <filesystem>
#include <fstream>

#include <boost/json.hpp>

#include "hub/model/kind_word.hpp"
#include "tests/support/catch.hpp"

namespace carehub::core {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

std::vector<fs::path> capability_files() {
    std::vector<fs::path> files;
    for (const auto& adapter : fs::directory_iterator(fs::path(CAREHUB_SOURCE_DIR) / "adapters")) {
        if (fs::exists(adapter.path() / "capability.json")) {
            files.push_back(adapter.path() / "capability.json");
        }
    }
    return files;
}

json::object read(const fs::path& file) {
    std::ifstream in(file);
    return json::parse(std::string(std::istreambuf_iterator<char>(in), {})).as_object();
}

TEST_CASE("the hub lets every adapter's kind of partner send what its capability.json says",
          "[core][capability]") {
    const auto files = capability_files();
    REQUIRE(files.size() >= 4);
    for (const fs::path& file : files) {
        INFO(file.string());
        const json::object capability = read(file);
        CHECK(capability.at("kind").as_string() == file.parent_path().filename().string());
        REQUIRE_FALSE(capability.at("may_send").as_array().empty());
        for (const json::value& partner : capability.at("partner_kinds").as_array()) {
            const auto partner_kind = parse_kind_word(partner.as_string().c_str());
            REQUIRE(partner_kind);
            for (const json::value& kind : capability.at("may_send").as_array()) {
                INFO(kind.as_string().c_str());
                const auto event_kind = parse_event_kind(kind.as_string().c_str());
                REQUIRE(event_kind);
                CHECK(may_send(*partner_kind, *event_kind));
            }
        }
        for (const json::value& kind : capability.at("may_receive").as_array()) {
            INFO(kind.as_string().c_str());
            CHECK(parse_event_kind(kind.as_string().c_str()));
        }
    }
}

TEST_CASE("a kind of another sort of partner is no partner's to send", "[core][capability]") {
    CHECK_FALSE(may_send(PartnerKind::Clinic, EventKind::HearingScheduled));
    CHECK_FALSE(may_send(PartnerKind::Court, EventKind::CheckInMissed));
    CHECK_FALSE(may_send(PartnerKind::SupervisionAgency, EventKind::FailureToAppear));
    CHECK_FALSE(may_send(PartnerKind::HousingProvider, EventKind::AppointmentBooked));
    CHECK_FALSE(may_send(PartnerKind::Unset, EventKind::ClientDeceased));
}

}  // namespace
}  // namespace carehub::core
