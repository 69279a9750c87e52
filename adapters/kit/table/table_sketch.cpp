#include "adapters/kit/table/table_sketch.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "adapters/kit/csv_reader.hpp"
#include "adapters/kit/table/format_guess.hpp"
#include "adapters/kit/table/json_rows.hpp"
#include "adapters/kit/text.hpp"

namespace carehub::adapters {
namespace {

/// Rows among which the header is looked for.
constexpr std::size_t kHeadRows = 10;
/// Shorter names count whole alone: "so" is in "reason".
constexpr std::size_t kPartMin = 4;
/// A column of more words holds texts, not codes.
constexpr std::size_t kWordsMax = 25;
constexpr std::size_t kWordBytesMax = 40;

struct Column {
    std::string name;
    std::vector<std::string> values;  ///< those that are not empty
};

struct Look {
    bool json = false;
    std::string rows;
    char separator = ',';
    TextEncoding encoding = TextEncoding::Utf8;
    std::vector<Column> columns;
};

// --- Taking the sample apart ------------------------------------------------------------------

void add_value(Column& column, std::string_view value) {
    const std::string text = single_line(value);
    if (!text.empty()) {
        column.values.push_back(text);
    }
}

Result<Look> look_at_list(std::string_view sample, const JsonList& list) {
    Look look;
    look.json = true;
    look.rows = list.rows;
    for (const std::string& path : list.cells) {
        look.columns.push_back({path, {}});
    }
    CAREHUB_TRY_DONE(read_json_rows(sample, list.rows, list.cells, [&](const JsonRow& row) {
        for (std::size_t i = 0; i < row.cells.size(); ++i) {
            add_value(look.columns[i], row.cells[i]);
        }
        return Status{};
    }));
    return look;
}

Result<std::vector<Look>> look_at_json(std::string_view sample) {
    CAREHUB_TRY(const std::vector<JsonList> lists, find_json_lists(sample));
    std::vector<Look> looks;
    for (const JsonList& list : lists) {
        CAREHUB_TRY(Look look, look_at_list(sample, list));
        looks.push_back(std::move(look));
    }
    return looks;
}

/// The separator that cuts one of the first lines into most cells.
char separator_of(std::string_view sample) {
    char best = ',';
    std::ptrdiff_t most = 0;
    for (std::size_t line = 0; line < kHeadRows && !sample.empty(); ++line) {
        const std::string_view text = sample.substr(0, sample.find('\n'));
        for (const char candidate : {',', ';', '\t', '|'}) {
            const std::ptrdiff_t cuts = std::ranges::count(text, candidate);
            best = cuts > most ? candidate : best;
            most = std::max(most, cuts);
        }
        sample.remove_prefix(std::min(text.size() + 1, sample.size()));
    }
    return best;
}

/// Of the first rows the first that is the widest: what stands before it is a title. An error of this
/// look is told by the reading that follows, which goes through the same text.
std::uint64_t header_line(const CsvForm& form, const std::string& text) {
    std::uint64_t line = 1;
    std::size_t widest = 0;
    std::size_t rows = 0;
    const auto look = [&](const CsvRow& row) {
        if (rows++ < kHeadRows && row.cells.size() > widest) {
            widest = row.cells.size();
            line = row.line;
        }
        return Status{};
    };
    static_cast<void>(
        read_csv_bytes_as(form, as_bytes(text), look, [](std::uint64_t) { return Status{}; }));
    return line;
}

TextEncoding encoding_of(std::string_view sample) {
    if (sample.starts_with("\xFF\xFE") || sample.starts_with("\xFE\xFF")) {
        return TextEncoding::Utf16;
    }
    return is_utf8(sample) ? TextEncoding::Utf8 : TextEncoding::Windows1252;
}

Result<std::vector<Look>> look_at_csv(std::string_view sample) {
    Look look;
    look.encoding = encoding_of(sample);
    Utf8Decoder decoder(look.encoding);
    const std::string text(decoder.decode(sample));
    look.separator = separator_of(text);
    CsvForm form;
    form.separator = look.separator;
    const std::uint64_t header = header_line(form, text);
    const auto take = [&look, header](const CsvRow& row) {
        for (std::size_t i = 0; row.line >= header && i < row.cells.size(); ++i) {
            if (row.line == header || look.columns.size() <= i) {
                look.columns.push_back({std::string(trim(row.cells[i])), {}});
            } else {
                add_value(look.columns[i], row.cells[i]);
            }
        }
        return Status{};
    };
    CAREHUB_TRY_DONE(
        read_csv_bytes_as(form, as_bytes(text), take, [](std::uint64_t) { return Status{}; }));
    if (look.columns.size() < 2) {
        return fail(ErrorCode::Invalid, "the sample is no list of columns and no JSON");
    }
    return std::vector<Look>{std::move(look)};
}

// --- Guessing ---------------------------------------------------------------------------------

/// Letters and digits alone, lower case: "Case No." and "case_no" are one name.
std::string bare(std::string_view name) {
    std::string out;
    for (const char c : to_upper(name)) {
        if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) {
            out.push_back(static_cast<char>(c >= 'A' ? c - 'A' + 'a' : c));
        }
    }
    return out;
}

/// The end of a path: what the value itself is called, with the name of what holds it.
std::string_view last_parts(std::string_view path, int count) {
    std::size_t at = path.size();
    for (int i = 0; i < count && at != std::string_view::npos && at > 0; ++i) {
        at = path.find_last_of("./", at - 1);
    }
    return at == std::string_view::npos || at == path.size() ? path : path.substr(at + 1);
}

/// A number of something, by its name.
bool is_number_name(std::string_view name) {
    return name.ends_with("id") || name.ends_with("number") || name.ends_with("no");
}

class Sketcher {
public:
    Sketcher(Look look, std::span<const ColumnHint> hints)
        : look_(std::move(look)), hints_(hints) {}

    TableSketch sketch() {
        for (const bool exact : {true, false}) {
            for (const ColumnHint& hint : hints_) {
                choose(hint, exact);
            }
        }
        for (const ColumnHint& hint : hints_) {
            leave_format_open(hint);
        }
        TableSketch sketch;
        sketch.text = head() + columns() + words();
        for (const auto& [key, column] : chosen_) {
            sketch.found.emplace_back(key);
            sketch.own += column->name.starts_with(kOutOfRow) ? 0U : 1U;
        }
        for (const Column& column : look_.columns) {
            sketch.names.push_back(bare(column.name));
        }
        return sketch;
    }

private:
    void choose(const ColumnHint& hint, bool exact) {
        for (const std::string_view name : hint.names) {
            for (const Column& column : look_.columns) {
                if (is_called(column, hint, name, exact) && !chosen_.contains(hint.key) &&
                    !is_taken(column) && looks_right(column, hint)) {
                    chosen_[hint.key] = &column;
                }
            }
        }
    }

    /// A date or a time by its name: written in no way known here, a person has to say how; empty in
    /// the whole sample, it is taken as it will come.
    void leave_format_open(const ColumnHint& hint) {
        const bool is_date = hint.looks == Looks::LikeDates;
        if (!is_date && hint.looks != Looks::LikeTimes) {
            return;
        }
        for (const std::string_view name : hint.names) {
            for (const Column& column : look_.columns) {
                const bool is_written = std::ranges::any_of(column.values, has_digit);
                if (is_called(column, hint, name, true) && !chosen_.contains(hint.key) &&
                    !is_taken(column) && (is_written || column.values.empty())) {
                    chosen_[hint.key] = &column;
                    std::string& open = is_date ? open_date_ : open_time_;
                    open = is_written ? column.name : open;
                }
            }
        }
    }

    /// A part of a name counts too, but for a number's name where none is meant: "eventId" is no event.
    [[nodiscard]] bool is_called(const Column& column, const ColumnHint& hint,
                                 std::string_view name, bool exact) const {
        const std::string its = bare(look_.json ? last_parts(column.name, 1) : column.name);
        const auto is_in = [&its](std::string_view word) {
            return its.find(word) != std::string::npos;
        };
        if (std::ranges::any_of(hint.never, is_in)) {
            return false;
        }
        if (exact) {
            return its == name || (look_.json && bare(last_parts(column.name, 2)) == name);
        }
        return name.size() >= kPartMin && is_in(name) &&
               (!is_number_name(its) || is_number_name(name));
    }

    [[nodiscard]] bool is_taken(const Column& column) const {
        return std::ranges::any_of(chosen_,
                                   [&](const auto& entry) { return entry.second == &column; });
    }

    bool looks_right(const Column& column, const ColumnHint& hint) {
        if (hint.looks == Looks::LikeDates) {
            return keep(date_formats_, guess_date_formats(column.values));
        }
        if (hint.looks == Looks::LikeTimes) {
            const std::vector<std::string> formats = guess_time_formats(column.values);
            return formats.empty() ? !guess_date_formats(column.values).empty()
                                   : keep(time_formats_, formats);
        }
        return true;
    }

    static bool keep(std::vector<std::string>& kept, const std::vector<std::string>& formats) {
        for (const std::string& format : formats) {
            if (std::ranges::find(kept, format) == kept.end()) {
                kept.push_back(format);
            }
        }
        return !formats.empty();
    }

    /// A line of the profile, or nothing: what was found, and what a person has to add.
    static std::string format_line(std::string_view key, const std::vector<std::string>& formats,
                                   const std::string& open, std::string_view remark) {
        if (!open.empty()) {
            return std::string(key) + " = \"\"   # FILL IN: how " + toml_text(open) +
                   " is written, such as MM/DD/YYYY or h:mm am/pm\n";
        }
        std::string list;
        for (const std::string& format : formats) {
            list += (list.empty() ? "" : ", ") + toml_text(format);
        }
        return formats.empty()
                   ? ""
                   : std::string(key) + " = " + (formats.size() > 1 ? "[" + list + "]" : list) +
                         std::string(remark) + "\n";
    }

    [[nodiscard]] std::string head() const {
        std::string text = look_.json ? "[json]\n" : "[csv]\n";
        if (look_.json) {
            text += "rows = " + toml_text(look_.rows) + "   # the list that tells most\n";
        }
        if (look_.encoding != TextEncoding::Utf8) {
            text += std::string("encoding = \"") +
                    (look_.encoding == TextEncoding::Utf16 ? "utf-16" : "windows-1252") + "\"\n";
        }
        if (look_.separator != ',') {
            text += "separator = " + toml_text(std::string(1, look_.separator)) + "\n";
        }
        return text +
               format_line("date_format", date_formats_, open_date_,
                           "   # check day and month: a guess from the values") +
               format_line("time_format", time_formats_, open_time_, "") + "\n";
    }

    [[nodiscard]] std::string columns() const {
        std::string text = look_.json ? "[json.columns]\n" : "[csv.columns]\n";
        for (const ColumnHint& hint : hints_) {
            const auto column = chosen_.find(hint.key);
            if (column != chosen_.end()) {
                text += std::string(hint.key) + " = " + toml_text(column->second->name) + "\n";
            }
        }
        std::string rest;
        for (const Column& column : look_.columns) {
            if (!is_taken(column)) {
                rest += (rest.empty() ? "# not read: " : ", ") + toml_text(column.name);
            }
        }
        return text + rest + (rest.empty() ? "" : "\n");
    }

    [[nodiscard]] std::string words() const {
        std::string text;
        for (const ColumnHint& hint : hints_) {
            const auto column = chosen_.find(hint.key);
            if (hint.words.empty() || column == chosen_.end()) {
                continue;
            }
            std::set<std::string> words;
            for (const std::string& value : column->second->values) {
                words.insert(value.size() <= kWordBytesMax ? value : "");
            }
            words.erase("");
            text += "\n[" + std::string(hint.words) + "]\n";
            if (words.size() > kWordsMax) {
                continue;
            }
            for (const std::string& word : words) {
                text += "# " + toml_text(word) + " = \"\"   # FILL IN, or leave it as it is\n";
            }
        }
        return text;
    }

    Look look_;
    std::span<const ColumnHint> hints_;
    std::map<std::string_view, const Column*> chosen_;
    std::vector<std::string> date_formats_;
    std::vector<std::string> time_formats_;
    std::string open_date_;  ///< a column whose dates no known format reads
    std::string open_time_;
};

}  // namespace

bool TableSketch::names_any(std::initializer_list<std::string_view> words) const {
    return std::ranges::any_of(names, [&](const std::string& name) {
        return std::ranges::any_of(
            words, [&](std::string_view word) { return name.find(word) != std::string::npos; });
    });
}

bool TableSketch::has(std::string_view key) const {
    return std::ranges::find(found, key) != found.end();
}

Result<std::vector<TableSketch>> sketch_tables(std::string_view sample,
                                               std::span<const ColumnHint> hints) {
    sample.remove_prefix(sample.starts_with("\xEF\xBB\xBF") ? 3 : 0);
    const std::string_view begin = trim(sample);
    const bool json = begin.starts_with('{') || begin.starts_with('[');
    CAREHUB_TRY(std::vector<Look> looks, json ? look_at_json(sample) : look_at_csv(sample));
    std::vector<TableSketch> sketches;
    for (Look& look : looks) {
        sketches.push_back(Sketcher(std::move(look), hints).sketch());
    }
    std::ranges::stable_sort(sketches, std::ranges::greater{}, &TableSketch::own);
    return sketches;
}

std::string toml_text(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '\t') {
            out += "\\t";
        } else {
            out += (c == '"' || c == '\\') ? std::string("\\") + c : std::string(1, c);
        }
    }
    return out + '"';
}

}  // namespace carehub::adapters
