// Words of JusticeClaim::category that the hub itself acts on. Pure constants; any thread.
#pragma once

#include <string_view>

namespace carehub {

/// Of a CustodyEnded: this jail handed the client to another place of custody, as a prison or another
/// county's jail. The client is not free. Every other word, and none, is a release.
inline constexpr std::string_view kTransferredCustody = "Transferred";

}  // namespace carehub
