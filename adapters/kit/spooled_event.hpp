// One spooled item: an encoded submission and the record it came from.
//
// FORMAT, version 1; integers are little endian:
//   bytes  field
//   1      version = 1
//   4      number of the event within its file, from 1
//   2      length of the file's name
//   n      the file's name
//   rest   the submission as the codec encoded it
//
// Errors: Damaged when the bytes are not of this format. Threads: any thread.
#pragma once

#include <cstdint>
#include <string>

#include "hub/base/bytes.hpp"
#include "hub/base/error.hpp"

namespace carehub::adapters {

struct SpooledEvent {
    std::string file;
    std::uint32_t ordinal = 0;
    Bytes submission;
    friend bool operator==(const SpooledEvent&, const SpooledEvent&) = default;
};

/// Of a longer file name the first kNameBytesMax bytes are kept.
[[nodiscard]] Bytes pack(const SpooledEvent& event);
[[nodiscard]] Result<SpooledEvent> unpack(ByteView bytes);

}  // namespace carehub::adapters
