// What the client's own decisions raise: a consent that ends soon, one that was taken back.
#include <algorithm>

#include "tools/county/foresight.hpp"
#include "tools/county/text.hpp"

namespace carehub::county {
namespace {

using std::chrono::days;

constexpr days kExpiresAhead{30};
constexpr days kRevokedOldNews{14};  ///< seen or not, the domain sets no end

struct Given {
    const ConsentRow* consent;
    UtcTime told;
};

void foresee_expiry(Foresight& client, const Given& given, UtcTime revoked) {
    const UtcTime ends = client.midnight(given.consent->expires);
    client.expect({"ConsentExpiring",
                   {given.consent->id},
                   {given.told, ends - kExpiresAhead, ends, revoked},
                   [&](UtcTime time) {
                       return time >= given.told && time >= ends - kExpiresAhead && time < ends &&
                              time < revoked;
                   },
                   "a consent ends within a month, and none follows it"});
}

}  // namespace

void foresee_rights(Foresight& client) {
    std::vector<Given> given;
    for (const ConsentRow& consent : client.plan().consents) {
        given.push_back({&consent, client.begin()});
    }
    const auto revoked_at = [&](const ConsentRow& consent) {
        for (const StaffEvent& event : client.plan().staff_events) {
            if (event.kind == "ConsentRevoked" && event.consent->id == consent.id) {
                return client.told_on(event.day);
            }
        }
        return UtcTime::max();
    };
    for (const StaffEvent& event : client.plan().staff_events) {
        const UtcTime told = client.told_on(event.day);
        if (event.kind == "ConsentGranted") {
            given.push_back({&*event.consent, told});
        } else if (event.kind == "ConsentRevoked") {
            client.expect({"ConsentRevoked",
                           {event.consent->id},
                           {told},
                           [told](UtcTime time) { return told <= time; },
                           "the client took a consent back",
                           false,
                           instant(client.world().zone(), event.occurred) + kRevokedOldNews});
        }
    }
    for (const Given& one : given) {
        foresee_expiry(client, one, revoked_at(*one.consent));
    }
}

}  // namespace carehub::county
