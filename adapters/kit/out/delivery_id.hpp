// The id under which a notice reaches a partner's system: the same whenever it is told again.
//
// Contract: number of the first attempt, "-", 8 hexadecimal digits over what it says: at most 20
// characters for the first 10^11 notices of a partner. A hub that was restored may give a number a
// second time, to something else; the digits tell them apart. Threads: any thread.
#pragma once

#include <string>

#include "hub/model/notice.hpp"

namespace carehub::adapters {

/// "1207-9f86d081"
[[nodiscard]] std::string delivery_id(const Notice& notice);

}  // namespace carehub::adapters
