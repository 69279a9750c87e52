#include <array>

#include "adapters/supervision/read_file.hpp"
#include "hub/base/check.hpp"
#include "tests/fuzz/targets.hpp"
#include "tests/fuzz/told.hpp"

namespace carehub::fuzz {
namespace {

using namespace adapters::supervision;

constexpr std::string_view kNextFile = "=== next\n";
constexpr UtcTime kFirstFile{std::chrono::seconds{1'775'000'000}};  // 2026-03-31
constexpr std::chrono::hours kNight{24};

constexpr std::string_view kFeed =
    "[feed]\nname = \"fuzz\"\nzone = \"America/New_York\"\nauthority = \"FUZZ\"\n";
constexpr std::string_view kForm =
    "[csv]\ndate_format = [\"MM/DD/YYYY\", \"YYYY-MM-DD HH:mm:ss\", \"ISO\"]\n"
    "time_format = \"h:mm am/pm\"\nupdated_format = \"YYYY-MM-DD HH:mm\"\n[csv.columns]\n";
constexpr std::string_view kCheckIns =
    "client = \"client\"\ncheck_in = \"id\"\ndate = \"date\"\ntime = \"time\"\n"
    "duration = \"minutes\"\ntype = \"type\"\nstatus = \"status\"\nupdated = \"updated\"\n"
    "[status]\nS = \"scheduled\"\nC = \"completed\"\nM = \"missed\"\nX = \"cancelled\"\n"
    "A = \"ignored\"\n[type]\nUA = \"DrugTest\"\n";
constexpr std::string_view kCheckInsWithoutIds =
    "client = \"client\"\ndate = \"date\"\ntime = \"time\"\ntype = \"type\"\n"
    "missed = \"missed\"\n";
constexpr std::string_view kCheckInsInJson =
    "[json]\nrows = \"list[]\"\ndate_format = \"ISO\"\nyes = [\"true\"]\n[json.columns]\n"
    "client = \"client\"\ncheck_in = \"id\"\ndate = \"date\"\nplace = \"place.code\"\n"
    "missed = \"missed\"\n";
constexpr std::string_view kSupervision =
    "client = \"client\"\nsupervision = \"id\"\nstart = \"start\"\nended = \"ended\"\n"
    "expires = \"expires\"\nlevel = \"level\"\nofficer = \"officer\"\nupdated = \"updated\"\n";
constexpr std::string_view kConditions =
    "client = \"client\"\ncondition = \"id\"\ntext = \"text\"\ndate = \"date\"\n"
    "mandatory = \"mandatory\"\n";
constexpr std::string_view kViolations =
    "client = \"client\"\ndate = \"date\"\ntype = \"type\"\ntext = \"text\"\n"
    "case = \"case\"\n";
constexpr std::string_view kRoster =
    "client = \"client\"\nbooking = \"booking\"\nbooked = \"booked\"\nreleased = \"released\"\n"
    "release = \"how\"\nfacility = \"facility\"\n[release]\nBOND = \"released\"\n"
    "PRISON = \"transferred\"\n[snapshot]\nmissing = \"released\"\n";

Site site_of(std::string_view rows, std::string_view form, std::string_view columns) {
    auto site = site_from(std::string(kFeed) + "rows = \"" + std::string(rows) + "\"\n" +
                          std::string(form) + std::string(columns));
    CAREHUB_CHECK(site, "the target's own profile can be read");
    return std::move(*site);
}

/// The first byte of an input picks one.
const Site& site_for(std::uint8_t pick) {
    static const std::array kSites{
        site_of("check_ins", kForm, kCheckIns),    site_of("check_ins", kForm, kCheckInsWithoutIds),
        site_of("check_ins", "", kCheckInsInJson), site_of("supervision", kForm, kSupervision),
        site_of("conditions", kForm, kConditions), site_of("violations", kForm, kViolations),
        site_of("roster", kForm, kRoster),
    };
    return kSites[pick % kSites.size()];
}

adapters::Parsed read(std::string_view text, const Site& site, std::string& memory, UtcTime when) {
    const char* const name = site.csv ? "fuzz.csv" : "fuzz.json";
    auto parsed = read_agency_file({name, as_bytes(text)}, site, memory, when);
    CAREHUB_CHECK(parsed, "a list in memory is read or refused, and its memory reads back");
    check_told(*parsed);
    return std::move(*parsed);
}

}  // namespace

/// What was read twice is told once, and the next night's file is read against what is known.
bool run_supervision(ByteView bytes) {
    if (bytes.empty()) {
        return false;
    }
    const Site& site = site_for(bytes.front());
    const std::string_view text = as_text(bytes.subspan(1));
    const std::size_t cut = text.find(kNextFile);
    const std::string_view first = text.substr(0, cut);
    std::string memory;
    const bool accepted = !read(first, site, memory, kFirstFile).events.empty();
    CAREHUB_CHECK(read(first, site, memory, kFirstFile).events.empty(),
                  "the same list told something twice");
    if (cut != std::string_view::npos) {
        (void)read(text.substr(cut + kNextFile.size()), site, memory, kFirstFile + kNight);
    }
    return accepted;
}

}  // namespace carehub::fuzz
