#include "adapters/kit/toml.hpp"

#include <algorithm>

#include "adapters/kit/file.hpp"
#include "adapters/kit/limits.hpp"

namespace carehub::adapters {
namespace {

std::string quoted(std::string_view where, std::string_view key) {
    return "[" + std::string(where) + "] " + std::string(key);
}

}  // namespace

Result<toml::table> parse_toml(std::string_view text) {
    toml::parse_result parsed = toml::parse(text);
    if (!parsed) {
        const toml::parse_error& error = parsed.error();
        return fail(ErrorCode::Invalid, "line " + std::to_string(error.source().begin.line) + ": " +
                                            std::string(error.description()));
    }
    return std::move(parsed).table();
}

Result<toml::table> read_toml(const std::filesystem::path& file) {
    CAREHUB_TRY(const Bytes bytes, read_file(file, kConfigBytesMax));
    Result<toml::table> table = parse_toml(as_text(bytes));
    if (!table) {
        return fail(ErrorCode::Invalid, file.filename().string() + ": " + table.error().context);
    }
    return table;
}

Result<toml::table> table_of(const toml::table& root, std::string_view name) {
    const toml::node* node = root.get(name);
    if (node == nullptr) {
        return toml::table{};
    }
    if (!node->is_table()) {
        return fail(ErrorCode::Invalid, "[" + std::string(name) + "] has to be a table");
    }
    return *node->as_table();
}

Status refuse_unknown_keys(const toml::table& table, std::string_view where,
                           std::initializer_list<std::string_view> known) {
    return refuse_unknown_keys(table, where, std::span(known.begin(), known.size()));
}

Status refuse_unknown_keys(const toml::table& table, std::string_view where,
                           std::span<const std::string_view> known) {
    for (const auto& [key, value] : table) {
        if (std::ranges::find(known, key.str()) != known.end()) {
            continue;
        }
        std::string names;
        for (const std::string_view name : known) {
            names += (names.empty() ? "" : ", ") + std::string(name);
        }
        return fail(ErrorCode::Invalid,
                    quoted(where, key.str()) + " is not known; known here: " + names);
    }
    return {};
}

Result<std::string> required_text(const toml::table& table, std::string_view where,
                                  std::string_view key) {
    CAREHUB_TRY(std::string text, optional_text(table, where, key));
    if (text.empty()) {
        return fail(ErrorCode::Invalid, quoted(where, key) + " is missing");
    }
    return text;
}

Result<std::string> optional_text(const toml::table& table, std::string_view where,
                                  std::string_view key) {
    const toml::node* node = table.get(key);
    if (node == nullptr) {
        return std::string{};
    }
    if (!node->is_string()) {
        return fail(ErrorCode::Invalid, quoted(where, key) + " has to be text in quotes");
    }
    return node->as_string()->get();
}

Result<std::vector<std::string>> texts_of(const toml::node& list, const std::string& where,
                                          std::size_t count_max) {
    const toml::array* array = list.as_array();
    const auto is_text = [](const toml::node& item) { return item.is_string(); };
    if (array == nullptr || array->size() > count_max || !std::ranges::all_of(*array, is_text)) {
        return fail(ErrorCode::Invalid,
                    where + " has to be a list of at most " + std::to_string(count_max) + " texts");
    }
    std::vector<std::string> texts;
    for (const toml::node& item : *array) {
        texts.push_back(item.as_string()->get());
    }
    return texts;
}

Result<std::vector<std::string>> optional_texts(const toml::table& table, std::string_view where,
                                                std::string_view key, std::size_t count_max) {
    const toml::node* node = table.get(key);
    return node == nullptr ? std::vector<std::string>{}
                           : texts_of(*node, quoted(where, key), count_max);
}

Result<std::int64_t> number_within(const toml::table& table, std::string_view key,
                                   std::int64_t otherwise,
                                   std::pair<std::int64_t, std::int64_t> range) {
    const toml::node* node = table.get(key);
    if (node == nullptr) {
        return otherwise;
    }
    const auto number = node->value_exact<std::int64_t>();
    if (!number || *number < range.first || *number > range.second) {
        return fail(ErrorCode::Invalid, std::string(key) + " has to be a number from " +
                                            std::to_string(range.first) + " to " +
                                            std::to_string(range.second));
    }
    return *number;
}

}  // namespace carehub::adapters
