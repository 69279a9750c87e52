#include "adapters/kit/counts.hpp"

#include <boost/json.hpp>

namespace carehub::adapters {

std::string Counts::to_json() const {
    boost::json::object reasons;
    for (const auto& [name, number] : by_reason) {
        reasons[name] = number;
    }
    return boost::json::serialize(boost::json::object{{"accepted", accepted},
                                                      {"duplicate", duplicate},
                                                      {"refused", refused},
                                                      {"routed_to_nobody", routed_to_nobody},
                                                      {"by_reason", std::move(reasons)},
                                                      {"notices_told", notices_told},
                                                      {"notices_refused", notices_refused},
                                                      {"hub_differs", hub_differs}});
}

}  // namespace carehub::adapters
