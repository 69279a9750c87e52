// Mail by SMTP (RFC 5321) through libcurl, the one door to it: STARTTLS or TLS first, the server's
// certificate verified.
//
// Contract: as carrier.hpp; `ready` runs when the server has answered DATA with 354, so an alert
// that was acknowledged up to then is not told. A message that is dropped ends the connection without
// the line that would end the message: no server delivers it (RFC 5321, section 4.1.1.4). What was
// handed over has to be on its way within kTruthValid.
// Errors: create(): Invalid when the password's file cannot be used. Threads: confined to one thread.
#pragma once

#include <memory>

#include "adapters/desk/carrier.hpp"
#include "adapters/desk/desk_config.hpp"
#include "hub/base/clock.hpp"

namespace carehub::adapters::desk {

[[nodiscard]] Result<std::unique_ptr<Carrier>> open_mail(const MailConfig& config,
                                                         const Clock& clock);

}  // namespace carehub::adapters::desk
