// A notice as JSON, for whoever takes events as the hub words them.
//
//   {"delivery":"1207-9f86d081","kind":"HearingScheduled","form":"reduced","discloser":"court",
//    "required_statement":"42 CFR part 2 ...","again":true,
//    "event":{"occurred_at":"...","zone":"...","business_key":"k-...","identifiers":[...],
//             "payload":{...}}}
//
// Contract: `event` has the glossary's names, as `carehub send` and `watch` spell them; what the form
// does not tell is left out. `required_statement` has to go wherever the event goes. `again`: told
// again on purpose, no news. Threads: confined to one thread.
#pragma once

#include "adapters/kit/json/json_event.hpp"
#include "adapters/kit/out/out_message.hpp"

namespace carehub::adapters {

/// Alerts are not for partners: nothing is told of them.
[[nodiscard]] Rendered render_webhook(const Notice& notice, EventPrinter& printer);

}  // namespace carehub::adapters
