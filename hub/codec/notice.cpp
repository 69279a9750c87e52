#include "hub/codec/notice.hpp"

#include "hub/codec/notice_tables.hpp"
#include "hub/codec/wire_buffer.hpp"

namespace carehub::codec {

Result<Bytes> encode_notice(const Notice& notice) {
    return write_message(notice, wire::NoticeIdentifier(), "notice", kSliceBytesMax);
}

Result<Notice> decode_notice(ByteView buffer) {
    return read_message<Notice>(buffer, wire::NoticeIdentifier(), "notice");
}

}  // namespace carehub::codec
