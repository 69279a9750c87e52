#include "hub/codec/receipt.hpp"

#include "hub/codec/receipt_tables.hpp"
#include "hub/codec/wire_buffer.hpp"

namespace carehub::codec {

Result<Bytes> encode_receipt(const Receipt& receipt) {
    return write_message(receipt, wire::ReceiptIdentifier(), "receipt", kBatchBytesMax);
}

Result<Receipt> decode_receipt(ByteView buffer) {
    return read_message<Receipt>(buffer, wire::ReceiptIdentifier(), "receipt");
}

}  // namespace carehub::codec
