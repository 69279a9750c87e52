#include "tools/carehub/client_act.hpp"

#include <iostream>

#include <boost/json.hpp>

#include "tools/carehub/door.hpp"

namespace carehub::tool {

namespace json = boost::json;

Result<int> tell_act(const Run& run, const ClientAct& act) {
    CAREHUB_TRY(Door door, Door::open(run));
    CAREHUB_TRY(const Receipt receipt, door.command(act.command));
    if (receipt.status == ReceiptStatus::Refused) {
        return tl::unexpected<Error>(refusal_error(receipt));
    }
    const bool changed = receipt.status == ReceiptStatus::Accepted;
    if (run.json) {
        std::cout << json::serialize(json::object{{"client", act.client},
                                                  {"act", act.word},
                                                  {"status", changed ? "accepted" : "duplicate"},
                                                  {"sequence", receipt.sequence.value}})
                  << "\n";
    } else {
        std::cout << act.sentence(changed) << "\n";
    }
    return 0;
}

}  // namespace carehub::tool
