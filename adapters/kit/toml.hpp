// The kit's and the kinds' door to toml++: configuration files that people write.
//
// Contract: TOML 1.0. A key nobody reads is an error that names it, so that a misspelt one is never
// silently without effect. Errors: Invalid, naming line or key; Io, NotFound for the file.
// Threads: any thread.
#pragma once

#define TOML_EXCEPTIONS 0
#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <toml++/toml.h>

#include "hub/base/error.hpp"

namespace carehub::adapters {

[[nodiscard]] Result<toml::table> read_toml(const std::filesystem::path& file);
[[nodiscard]] Result<toml::table> parse_toml(std::string_view text);

/// The table called `name`; an empty one when there is none; Invalid when it is no table.
[[nodiscard]] Result<toml::table> table_of(const toml::table& root, std::string_view name);
[[nodiscard]] Status refuse_unknown_keys(const toml::table& table, std::string_view where,
                                         std::initializer_list<std::string_view> known);
[[nodiscard]] Status refuse_unknown_keys(const toml::table& table, std::string_view where,
                                         std::span<const std::string_view> known);

/// Invalid when the key is missing or empty, or no text.
[[nodiscard]] Result<std::string> required_text(const toml::table& table, std::string_view where,
                                                std::string_view key);
/// Empty when the key is missing; Invalid when it is no text.
[[nodiscard]] Result<std::string> optional_text(const toml::table& table, std::string_view where,
                                                std::string_view key);
/// Invalid when the node is no list of at most `count_max` texts.
[[nodiscard]] Result<std::vector<std::string>> texts_of(const toml::node& list,
                                                        const std::string& where,
                                                        std::size_t count_max);
/// None when the key is missing; else as texts_of().
[[nodiscard]] Result<std::vector<std::string>> optional_texts(const toml::table& table,
                                                              std::string_view where,
                                                              std::string_view key,
                                                              std::size_t count_max);
/// `otherwise` when the key is missing; Invalid outside [low, high].
[[nodiscard]] Result<std::int64_t> number_within(const toml::table& table, std::string_view key,
                                                 std::int64_t otherwise,
                                                 std::pair<std::int64_t, std::int64_t> range);

}  // namespace carehub::adapters
