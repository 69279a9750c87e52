// Files of HL7 v2 messages, one or many: cut apart where an MSH segment begins.
//
// Contract: file and batch headers and trailers (FHS, BHS, BTS, FTS) belong to no message; blank
// lines between messages neither. MLLP framing bytes left by a recorder are dropped. Text without
// any MSH comes back as one piece, for the reader to refuse.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "hub/base/error.hpp"

namespace carehub::adapters::clinic {

[[nodiscard]] std::vector<std::string> split_messages(std::string_view text);
[[nodiscard]] Result<std::vector<std::string>> read_message_file(const std::filesystem::path& path);

}  // namespace carehub::adapters::clinic
