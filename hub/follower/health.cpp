#include "hub/follower/health.hpp"

#include <boost/json.hpp>

namespace carehub::follower {

namespace json = boost::json;

Answer answer_health(const Health& health) {
    constexpr std::uint64_t kMebibyte = std::uint64_t{1} << 20U;
    json::array differ;
    for (const auto& [partner, sequence] : health.receipts_differ) {
        differ.push_back(json::object{{"partner", partner}, {"sequence", sequence}});
    }
    return {
        {json::serialize(json::object{{"disk_low", health.disk_low},
                                      {"journal_full", health.journal_full},
                                      {"disk_free_mib", health.disk_free_bytes / kMebibyte},
                                      {"disk_reserve_mib", health.disk_reserve_bytes / kMebibyte},
                                      {"receipts_differ", std::move(differ)}})},
        {}};
}

}  // namespace carehub::follower
