#include "adapters/clinic/fhir/stays.hpp"

#include <algorithm>
#include <tuple>

#include "adapters/clinic/fhir/places.hpp"

namespace carehub::adapters::clinic::fhir {
namespace {

struct Stay {
    Place place;
    bool is_open = true;
    std::optional<Instant> since;

    [[nodiscard]] std::tuple<bool, UtcTime> rank() const {
        return {is_open, since ? since->time : UtcTime::min()};
    }
};

bool was_there(const std::string& status) { return status != "planned" && status != "reserved"; }

}  // namespace

Stays read_stays(const Document& document, const Resource& encounter) {
    Stays read;
    std::vector<Stay> stays;
    for (const Element& item : encounter.element.items("location")) {
        const ReadPlace at = read_place(document, item.child("location"), encounter);
        read.words.insert(read.words.end(), at.words.begin(), at.words.end());
        const std::string status = item.text_of("status");
        if (was_there(status)) {
            const Element period = item.child("period");
            stays.push_back({at.place, status != "completed" && !period.has("end"),
                             date_time_of(period.child("start"), document.site.zone)});
        }
    }
    // Stable, so that the later in the list wins where times do not tell.
    std::stable_sort(stays.begin(), stays.end(), [](const Stay& left, const Stay& right) {
        return left.rank() < right.rank();
    });
    if (!stays.empty()) {
        read.current = stays.back().place;
        read.since = stays.back().since;
    }
    if (stays.size() > 1) {
        read.prior = stays[stays.size() - 2].place;
    }
    return read;
}

}  // namespace carehub::adapters::clinic::fhir
