// Notices as they cross the wire: one FlatBuffer each, file identifier "CHNT" (schemas/notice.fbs).
//
// Contract: the event of a notice is what its reader may see; fields may be absent from it, so it
// is not a Submission that could be submitted again.
// Errors: Invalid; encode_notice also when the notice does not fit alone into a frame.
// Threads: any thread.
#pragma once

#include "hub/base/error.hpp"
#include "hub/model/notice.hpp"

namespace carehub::codec {

[[nodiscard]] Result<Bytes> encode_notice(const Notice& notice);
[[nodiscard]] Result<Notice> decode_notice(ByteView buffer);

}  // namespace carehub::codec
