// Bounds of this room: what a buffer may cost us before anything of it is believed.
#pragma once

#include <cstddef>
#include <cstdint>

#include "hub/base/limits.hpp"

namespace carehub::codec {

/// What one message from outside may decode to. Distinct contents fit into the event itself; the
/// factor leaves room for records' own sizes and for clients that let equal texts share one place.
inline constexpr std::size_t kDecodedBytesMax = 4 * kBatchBytesMax;
/// A slice that is alone in its frame: what the frame's and the slice's header leave, in eights.
inline constexpr std::size_t kSliceBytesMax = (kFrameBytesMax - 16 - 8) / 8 * 8;
/// Names and values of a question, and one line of an answer.
inline constexpr std::size_t kQuestionValueBytesMax = 1'024;
inline constexpr std::size_t kAnswerLineBytesMax = 16'384;
/// Lines of one part of an answer; a longer answer has several parts.
inline constexpr std::size_t kAnswerLinesMax = 1'024;
/// A signed checkpoint, with room for the signatures of some witnesses; and a verifier key.
inline constexpr std::size_t kCheckpointBytesMax = 4'096;
/// The text of an alert, and a statement that must go with an event.
inline constexpr std::size_t kNoticeTextBytesMax = 4'096;
/// Entries an alert may rest on, as told in a notice.
inline constexpr std::size_t kNoticeEvidenceMax = 1'024;

/// Records of one entry's decisions or of one part of a snapshot; a snapshot writer splits at it.
inline constexpr std::size_t kDecisionRecordsMax = 1'000'000;
/// Encoded size of an entry or a part of a snapshot: well below FlatBuffers' own bound of 2 GiB.
inline constexpr std::size_t kStoredBytesMax = std::size_t{512} << 20;
/// Tables of a buffer the hub wrote itself: each record, and what may stand within it.
inline constexpr std::uint32_t kStoredTablesMax = 16 * kDecisionRecordsMax;

}  // namespace carehub::codec
