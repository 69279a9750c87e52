// A file of HL7 v2 messages, with or without the envelope of a batch:
// [FHS] { [BHS] { MSH ... } [BTS] } [FTS], section 2.9.3.
//
// Contract: each message is read by itself, in the file's order, as if it had come alone; what is
// wrong with one refuses that one, by the line on which its MSH stands. A batch may hold none. The
// envelope has separators of its own. What BTS-1 and FTS-1 count is compared when they are there;
// a difference, and an envelope that is not closed, is a finding and refuses nothing. What FHS-8 or
// BHS-8 says is looked up in the site's labels and added to every event below it; where the site
// does not know it, it is a finding. MLLP framing bytes left by a recorder and blank lines are
// passed over. A message's bytes are its lines, each ended by CR: raw_sha256 is of these.
// Errors: Invalid for a file that is too large or holds too many messages; Io. Threads: any thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/clinic/limits.hpp"
#include "adapters/clinic/site.hpp"
#include "adapters/kit/partner_kind.hpp"

namespace carehub::adapters::clinic {

/// One message cut out of a file.
struct BatchMessage {
    std::uint64_t line = 0;  ///< of its MSH
    std::string text;
    std::string file_marking;   ///< FHS-8 of the file it stands in, raw
    std::string batch_marking;  ///< BHS-8 of the batch it stands in, raw
};

struct BatchFile {
    std::vector<BatchMessage> messages;
    std::vector<Finding> findings;  ///< about the envelope, without the file's name
};

/// Text without any MSH and without an envelope comes back as one piece, for the reader to refuse.
[[nodiscard]] Result<BatchFile> split_batch(std::string_view text,
                                            std::size_t messages_max = kBatchMessagesMax);

/// Takes a message's bytes before anything is made of it: the place to keep it.
using KeepRaw = std::function<Status(ByteView raw)>;

/// A kit ParseFile without memory between files. An error of `keep_raw` ends the reading.
[[nodiscard]] Result<Parsed> read_batch_file(const std::filesystem::path& file, const Site& site,
                                             const KeepRaw& keep_raw = nullptr);

}  // namespace carehub::adapters::clinic
