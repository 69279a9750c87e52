// A message as a mail server takes it (RFC 5322, MIME): plain text in UTF-8, quoted-printable.
//
//   Date, From, To, Subject, Message-ID    Message-ID is the same whenever the message is sent again
//   Auto-Submitted: auto-generated         RFC 3834: no machine answers it
//   Importance: high                       where it is urgent
//
// Contract: pure. Lines end with CRLF and have 76 letters at most in the body. A subject that is not
// ASCII loses what is not. Threads: any thread.
#pragma once

#include <string>
#include <string_view>

#include "hub/base/utc_time.hpp"

namespace carehub::adapters::desk {

struct MailHead {
    UtcTime date = kUnknownTime;
    std::string from;
    std::string to;
    std::string subject;
    std::string message_id;  ///< without brackets
    bool is_urgent = false;
};

[[nodiscard]] std::string mail_message(const MailHead& head, std::string_view body);

}  // namespace carehub::adapters::desk
