// Commands as they cross the wire: a FlatBuffer each, identifier "CHCM" (schemas/command.fbs).
//
// Contract: what decode_command returns verifies, has schema version 1, known numbers, valid UTF-8,
// fields within base/limits.hpp, and its required fields. Whether it makes sense the core decides.
// Errors: a refused buffer is a Refusal that never repeats field values.
// Threads: any thread.
#pragma once

#include <tl/expected.hpp>

#include "hub/base/error.hpp"
#include "hub/model/command.hpp"
#include "hub/model/refusal.hpp"

namespace carehub::codec {

inline constexpr std::uint16_t kCommandSchema = 1;

/// Invalid when the encoded command is above kEventBytesMax.
[[nodiscard]] Result<Bytes> encode_command(const CommandBody& command);
[[nodiscard]] tl::expected<CommandBody, Refusal> decode_command(ByteView buffer);

}  // namespace carehub::codec
