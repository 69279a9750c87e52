// Receipts as they cross the wire: a FlatBuffer each, identifier "CHRC" (schemas/receipt.fbs).
//
// Errors: Invalid, with the field's path.
// Threads: any thread.
#pragma once

#include "hub/base/bytes.hpp"
#include "hub/base/error.hpp"
#include "hub/model/receipt.hpp"

namespace carehub::codec {

[[nodiscard]] Result<Bytes> encode_receipt(const Receipt& receipt);
[[nodiscard]] Result<Receipt> decode_receipt(ByteView buffer);

}  // namespace carehub::codec
