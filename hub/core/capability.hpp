// Which kinds of event each kind of partner may send. The adapters' capability.json say the same;
// a test compares them.
#pragma once

#include "hub/model/event_kind.hpp"
#include "hub/model/vocabulary.hpp"

namespace carehub::core {

[[nodiscard]] bool may_send(PartnerKind partner, EventKind kind);

}  // namespace carehub::core
