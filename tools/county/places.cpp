#include "tools/county/places.hpp"

#include <cstddef>

namespace carehub::county {
namespace {

using std::chrono::minutes;

// Domain 10, "Conflict detection": what holds when no map is asked.
constexpr minutes kSameCity{45};
constexpr minutes kOtherCity{120};
constexpr minutes kCourtBuffer{30};
constexpr minutes kOtherBuffer{15};
constexpr int kNoTransportFactor = 2;

}  // namespace

const std::array<PlaceRow, 9>& place_rows() {
    static constexpr std::array<PlaceRow, 9> kRows = {{
        {"clinic", "GEN-A", "ashford-clinic", "Ashford", "40.7501", "-73.9501", "general", ""},
        {"clinic", "GEN-B", "brookfield-clinic", "Brookfield", "41.1201", "-73.4101", "general",
         ""},
        {"clinic", "WARD-3", "ashford-hospital", "Ashford", "40.7621", "-73.9411", "general", ""},
        {"clinic", "PSY-1", "ashford-hospital", "Ashford", "40.7621", "-73.9411", "psychiatric",
         ""},
        {"clinic", "SUD-1", "ashford-recovery", "Ashford", "40.7555", "-73.9622", "sud", "Part2"},
        {"court", "COURTHOUSE", "ashford-court", "Ashford", "40.7482", "-73.9710", "court", ""},
        {"supervision", "OFFICE-A", "ashford-probation", "Ashford", "40.7430", "-73.9688",
         "supervision", ""},
        {"supervision", "OFFICE-B", "brookfield-probation", "Brookfield", "41.1188", "-73.4052",
         "supervision", ""},
        {"municipal", "MUNICIPAL", "ashford-municipal", "Ashford", "40.7466", "-73.9644", "court",
         ""},
    }};
    return kRows;
}

const std::array<PlaceRow, 6>& default_place_rows() {
    static constexpr std::array<PlaceRow, 6> kRows = {{
        {"clinic", "", "ashford-clinic", "Ashford", "40.7501", "-73.9501", "general", ""},
        {"housing", "", "ashford-housing", "Ashford", "40.7391", "-73.9555", "shelter", ""},
        {"court", "", "ashford-court", "Ashford", "40.7482", "-73.9710", "court", ""},
        {"supervision", "", "ashford-probation", "Ashford", "40.7430", "-73.9688", "supervision",
         ""},
        {"municipal", "", "ashford-municipal", "Ashford", "40.7466", "-73.9644", "court", ""},
        {"jail", "", "ashford-jail", "Ashford", "40.7512", "-73.9810", "jail", ""},
    }};
    return kRows;
}

const PlaceRow& row_of(PlaceName place) { return place_rows()[static_cast<std::size_t>(place)]; }

minutes minutes_needed(PlaceName from, PlaceName to, Transport transport) {
    const PlaceRow& a = row_of(from);
    const PlaceRow& b = row_of(to);
    if (a.site == b.site) {
        return minutes{0};
    }
    const minutes travel = a.city == b.city ? kSameCity : kOtherCity;
    const minutes buffer = b.program == "court" ? kCourtBuffer : kOtherBuffer;
    return travel * (transport == Transport::None ? kNoTransportFactor : 1) + buffer;
}

}  // namespace carehub::county
