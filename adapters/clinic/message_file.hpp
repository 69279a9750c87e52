// The messages of a file and nothing else: for clients and tests that send them on.
//
// Contract: cut apart as batch_file.hpp says; its findings are not told here, and any number of
// messages is taken.
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
