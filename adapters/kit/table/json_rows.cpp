#include "adapters/kit/table/json_rows.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>

#include <boost/json.hpp>

namespace carehub::adapters {
namespace {

namespace json = boost::json;

constexpr std::string_view kList = "[]";

/// Takes the part before the next dot off the front.
std::string_view take_part(std::string_view& path) {
    const std::size_t dot = path.find('.');
    const std::string_view part = path.substr(0, dot);
    path.remove_prefix(dot == std::string_view::npos ? path.size() : dot + 1);
    return part;
}

const json::value* member(const json::value& value, std::string_view name) {
    const json::object* const object = value.if_object();
    return object == nullptr ? nullptr
                             : object->if_contains(json::string_view(name.data(), name.size()));
}

const json::value* element(const json::value& value, std::string_view part) {
    const json::array* const list = value.if_array();
    std::size_t at = 0;
    const char* const end = part.data() + part.size();
    const auto read = std::from_chars(part.data(), end, at);
    const bool picks = list != nullptr && read.ec == std::errc{} && read.ptr == end;
    return picks && at < list->size() ? &(*list)[at] : nullptr;
}

/// As written, "12.5"; nothing beyond the numbers that a reader of JSON keeps exactly (RFC 8259 6):
/// two identifiers must not become one.
std::string number_text(double number) {
    constexpr double kExactMax = 9'007'199'254'740'992.0;  // 2^53
    if (!(std::abs(number) < kExactMax)) {
        return "";
    }
    std::array<char, 64> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), number).ptr;
    return {text.data(), end};
}

std::string cell_text(const json::value* value) {
    if (value == nullptr || value->is_null() || value->is_object() || value->is_array()) {
        return "";
    }
    if (const json::string* const text = value->if_string()) {
        return {text->data(), text->size()};
    }
    if (const double* const number = value->if_double()) {
        return number_text(*number);
    }
    return json::serialize(*value);
}

Result<json::value> parse(std::string_view text) {
    json::error_code error;
    json::value document = json::parse(json::string_view(text.data(), text.size()), error);
    if (error) {
        return fail(ErrorCode::Invalid, "the file is no JSON: " + error.message());
    }
    return document;
}

/// Goes from list to list down the path; each element is a holder of what lies below it.
class RowWalk {
public:
    RowWalk(std::span<const std::string> cells, const OnJsonRow& on_row)
        : paths_(cells), on_row_(on_row), cells_(cells.size()) {}

    Status read(const json::value& document, std::string_view path) { return walk(document, path); }
    [[nodiscard]] bool has_found() const { return found_; }

private:
    Status walk(const json::value& at, std::string_view path) {
        holders_.push_back(&at);
        const Status done = path.empty() ? give(false) : descend(at, path);
        holders_.pop_back();
        return done;
    }

    Status descend(const json::value& from, std::string_view path) {
        const json::value* at = &from;
        while (at != nullptr) {
            std::string_view part = take_part(path);
            const bool is_list = part.ends_with(kList);
            part.remove_suffix(is_list ? kList.size() : 0);
            at = part.empty() ? at : member(*at, part);
            if (is_list) {
                return each(at == nullptr ? nullptr : at->if_array(), path);
            }
        }
        return {};
    }

    Status each(const json::array* list, std::string_view path) {
        found_ = found_ || list != nullptr;
        if (list == nullptr || list->empty()) {
            return holders_.size() > 1 ? give_hollow(path) : Status{};
        }
        for (const json::value& element : *list) {
            CAREHUB_TRY_DONE(walk(element, path));
        }
        return {};
    }

    Status give(bool is_hollow) {
        std::transform(paths_.begin(), paths_.end(), cells_.begin(),
                       [this](std::string_view path) { return cell_text(find(path)); });
        return on_row_({++number_, cells_, is_hollow});
    }

    /// The row of an element that has none: as many holders as a row has, the lacking ones empty.
    Status give_hollow(std::string_view path) {
        const std::size_t held = holders_.size();
        holders_.push_back(nullptr);
        for (; !path.empty(); take_part(path)) {
            const bool is_list = path.substr(0, path.find('.')).ends_with(kList);
            holders_.insert(holders_.end(), is_list ? 1 : 0, nullptr);
        }
        const Status done = give(true);
        holders_.resize(held);
        return done;
    }

    [[nodiscard]] const json::value* find(std::string_view path) const {
        std::size_t out = 0;
        while (path.starts_with(kOutOfRow)) {
            path.remove_prefix(kOutOfRow.size());
            ++out;
        }
        const json::value* at =
            out < holders_.size() ? holders_[holders_.size() - 1 - out] : nullptr;
        while (at != nullptr && !path.empty()) {
            const std::string_view part = take_part(path);
            at = at->is_array() ? element(*at, part) : member(*at, part);
        }
        return at;
    }

    std::span<const std::string> paths_;
    const OnJsonRow& on_row_;
    std::vector<std::string> cells_;
    std::vector<const json::value*> holders_;
    std::uint64_t number_ = 0;
    bool found_ = false;
};

/// Finds every list of objects and how many rows stand at its path.
class ListSearch {
public:
    void look(const json::value& at, const std::string& path) {
        if (const json::object* const object = at.if_object()) {
            for (const auto& entry : *object) {
                const std::string name(entry.key().data(), entry.key().size());
                look(entry.value(), path.empty() ? name : path + "." + name);
            }
        } else if (const json::array* const list = at.if_array()) {
            for (const json::value& element : *list) {
                if (element.is_object()) {
                    count(path + std::string(kList));
                    look(element, path + std::string(kList));
                }
            }
        }
    }

    /// The longest first; of paths with as many rows the first met, which is the outer one.
    [[nodiscard]] std::vector<std::string> longest_first() {
        std::ranges::stable_sort(counts_, std::ranges::greater{}, &Count::rows);
        counts_.resize(std::min(counts_.size(), kJsonListsMax));
        std::vector<std::string> paths;
        std::ranges::transform(counts_, std::back_inserter(paths), &Count::path);
        return paths;
    }

private:
    struct Count {
        std::string path;
        std::size_t rows = 0;
    };

    void count(const std::string& path) {
        const auto known = std::find_if(counts_.begin(), counts_.end(),
                                        [&](const Count& entry) { return entry.path == path; });
        if (known == counts_.end()) {
            counts_.push_back({path, 1});
        } else {
            ++known->rows;
        }
    }

    std::vector<Count> counts_;
};

/// The paths of the plain values of one holder, without those in lists.
void list_cells(const json::value& at, const std::string& path, std::vector<std::string>& cells) {
    if (const json::object* const object = at.if_object()) {
        for (const auto& entry : *object) {
            const std::string name(entry.key().data(), entry.key().size());
            const bool first = path.empty() || path.ends_with('/');
            list_cells(entry.value(), path + (first ? "" : ".") + name, cells);
        }
    } else if (!at.is_array() && std::find(cells.begin(), cells.end(), path) == cells.end()) {
        cells.push_back(path);
    }
}

/// Down the path by the first element of each list; the holders on the way, outermost first.
std::vector<const json::value*> first_holders(const json::value& document, std::string_view rows) {
    std::vector<const json::value*> holders = {&document};
    const json::value* at = &document;
    while (at != nullptr && !rows.empty()) {
        std::string_view part = take_part(rows);
        const bool is_list = part.ends_with(kList);
        part.remove_suffix(is_list ? kList.size() : 0);
        at = part.empty() ? at : member(*at, part);
        if (is_list && at != nullptr) {
            at = element(*at, "0");
            holders.push_back(at);
        }
    }
    return holders;
}

}  // namespace

bool is_rows_path(std::string_view rows) {
    return rows.ends_with(kList) && rows.find("..") == std::string_view::npos;
}

Status read_json_rows(std::string_view text, std::string_view rows,
                      std::span<const std::string> cells, const OnJsonRow& on_row) {
    CAREHUB_TRY(const json::value document, parse(text));
    RowWalk walk(cells, on_row);
    CAREHUB_TRY_DONE(walk.read(document, rows));
    if (!walk.has_found()) {
        return fail(ErrorCode::NotFound, "the document has no list at the path of the rows");
    }
    return {};
}

Result<std::vector<JsonList>> find_json_lists(std::string_view text) {
    CAREHUB_TRY(const json::value document, parse(text));
    ListSearch search;
    search.look(document, "");
    std::vector<JsonList> lists;
    for (std::string& rows : search.longest_first()) {
        JsonList& list = lists.emplace_back(JsonList{std::move(rows), {}});
        const auto holders = first_holders(document, list.rows);
        std::string out;
        for (auto holder = holders.rbegin(); holder != holders.rend(); ++holder) {
            if (*holder != nullptr) {
                list_cells(**holder, out, list.cells);
            }
            out += kOutOfRow;
        }
    }
    if (lists.empty()) {
        return fail(ErrorCode::NotFound, "the document has no list of objects");
    }
    return lists;
}

}  // namespace carehub::adapters
