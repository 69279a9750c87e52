// Which column of a partner's list says what: keys of ours, names of theirs. In a JSON list a name
// is a path (json_rows.hpp). Threads: plain data.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace carehub::adapters {

class Columns {
public:
    void add(std::string_view key, std::string name) {
        columns_.push_back({std::string(key), std::move(name)});
    }

    /// The partner's name; empty when the profile names no such column.
    [[nodiscard]] const std::string& name(std::string_view key) const {
        static const std::string none;
        for (const Column& column : columns_) {
            if (column.key == key) {
                return column.name;
            }
        }
        return none;
    }
    [[nodiscard]] bool has(std::string_view key) const { return !name(key).empty(); }
    [[nodiscard]] std::size_t size() const { return columns_.size(); }
    [[nodiscard]] const std::string& key_at(std::size_t at) const { return columns_[at].key; }
    [[nodiscard]] const std::string& name_at(std::size_t at) const { return columns_[at].name; }

private:
    struct Column {
        std::string key;
        std::string name;
    };
    std::vector<Column> columns_;
};

}  // namespace carehub::adapters
