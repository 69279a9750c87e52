#include "adapters/kit/table/table_sketch.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "adapters/kit/csv_reader.hpp"
#include "adapters/kit/table/json_rows.hpp"
#include "adapters/kit/text.hpp"
#include "adapters/kit/time_formats.hpp"

namespace carehub::adapters {
namespace {

constexpr std::array<std::string_view, 14> kDateFormats = {
    "YYYY-MM-DD",  "MM/DD/YYYY",   "M/D/YYYY",   "DD/MM/YYYY", "D/M/YYYY",
    "DD.MM.YYYY",  "MM-DD-YYYY",   "YYYYMMDD",   "D MMM YYYY", "MMM D, YYYY",
    "D MMMM YYYY", "MMMM D, YYYY", "YYYY/MM/DD", "DD-MMM-YYYY"};
constexpr std::array<std::string_view, 10> kTimeFormats = {
    "HH:mm",     "H:mm",   "HH:mm:ss", "h:mm am/pm", "h:mmam/pm",
    "h.mmam/pm", "ham/pm", "h am/pm",  "HHmm",       "HH:mm:ss.SSS"};
/// Of ten values so many have to be read by a format.
constexpr std::size_t kOfTen = 8;
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

Result<Look> look_at_json(std::string_view sample) {
    CAREHUB_TRY(const JsonList list, find_json_list(sample));
    Look look;
    look.json = true;
    look.rows = list.rows;
    for (const std::string& path : list.cells) {
        look.columns.push_back({path, {}});
    }
    CAREHUB_TRY_DONE(read_json_rows(sample, list.rows, list.cells,
                                    [&](std::uint64_t, std::span<const std::string> cells) {
                                        for (std::size_t i = 0; i < cells.size(); ++i) {
                                            add_value(look.columns[i], cells[i]);
                                        }
                                        return Status{};
                                    }));
    return look;
}

/// The separator that cuts the first line into most cells.
char separator_of(std::string_view sample) {
    const std::string_view line = sample.substr(0, sample.find('\n'));
    char best = ',';
    for (const char candidate : {',', ';', '\t', '|'}) {
        if (std::ranges::count(line, candidate) > std::ranges::count(line, best)) {
            best = candidate;
        }
    }
    return best;
}

TextEncoding encoding_of(std::string_view sample) {
    if (sample.starts_with("\xFF\xFE") || sample.starts_with("\xFE\xFF")) {
        return TextEncoding::Utf16;
    }
    return is_utf8(sample) ? TextEncoding::Utf8 : TextEncoding::Windows1252;
}

Result<Look> look_at_csv(std::string_view sample) {
    Look look;
    look.encoding = encoding_of(sample);
    Utf8Decoder decoder(look.encoding);
    const std::string text(decoder.decode(sample));
    look.separator = separator_of(text);
    CsvForm form;
    form.separator = look.separator;
    const auto take = [&look](const CsvRow& row) {
        for (std::size_t i = 0; i < row.cells.size(); ++i) {
            if (row.line == 1 || look.columns.size() <= i) {
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
    return look;
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

/// The last part of a path: what the value itself is called.
std::string_view last_part(std::string_view path) {
    const std::size_t at = path.find_last_of("./");
    return at == std::string_view::npos ? path : path.substr(at + 1);
}

/// The first format, or ISO, that reads nearly all the values; empty when none does.
std::string format_of(const Column& column, std::span<const std::string_view> candidates,
                      bool instants) {
    std::vector<std::string> formats(candidates.begin(), candidates.end());
    if (instants) {
        for (const std::string_view date : kDateFormats) {
            for (const std::string_view time : {" HH:mm:ss", " HH:mm", " h:mm am/pm"}) {
                formats.push_back(std::string(date) + std::string(time));
            }
        }
        formats.insert(formats.begin() + 1, "ISO");
    }
    for (const std::string& pattern : formats) {
        const auto format = TimeFormats::create({pattern});
        if (!format) {
            continue;
        }
        const auto reads = static_cast<std::size_t>(std::ranges::count_if(
            column.values,
            [&](const std::string& value) { return format->read(value).has_value(); }));
        if (reads > 0 && reads * 10 >= column.values.size() * kOfTen) {
            return pattern;
        }
    }
    return "";
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
        TableSketch sketch;
        sketch.text = head() + columns() + words();
        for (const auto& [key, column] : chosen_) {
            sketch.found.emplace_back(key);
        }
        return sketch;
    }

private:
    void choose(const ColumnHint& hint, bool exact) {
        for (const std::string_view name : hint.names) {
            for (const Column& column : look_.columns) {
                const std::string its = bare(look_.json ? last_part(column.name) : column.name);
                const bool fits = exact ? its == name : its.find(name) != std::string::npos;
                if (fits && !chosen_.contains(hint.key) && !is_taken(column) &&
                    looks_right(column, hint)) {
                    chosen_[hint.key] = &column;
                }
            }
        }
    }

    [[nodiscard]] bool is_taken(const Column& column) const {
        return std::ranges::any_of(chosen_,
                                   [&](const auto& entry) { return entry.second == &column; });
    }

    bool looks_right(const Column& column, const ColumnHint& hint) {
        if (hint.looks == Looks::LikeDates) {
            return keep(date_format_, format_of(column, kDateFormats, true));
        }
        if (hint.looks == Looks::LikeTimes) {
            const std::string format = format_of(column, kTimeFormats, false);
            return format.empty() ? !format_of(column, kDateFormats, true).empty()
                                  : keep(time_format_, format);
        }
        return true;
    }

    static bool keep(std::string& kept, const std::string& format) {
        kept = kept.empty() ? format : kept;
        return !format.empty();
    }

    [[nodiscard]] std::string head() const {
        std::string text = look_.json ? "[json]\n" : "[csv]\n";
        if (look_.json) {
            text += "rows = " + toml_text(look_.rows) + "   # the longest list of the sample\n";
        }
        if (look_.encoding != TextEncoding::Utf8) {
            text += std::string("encoding = \"") +
                    (look_.encoding == TextEncoding::Utf16 ? "utf-16" : "windows-1252") + "\"\n";
        }
        if (look_.separator != ',') {
            text += "separator = " + toml_text(std::string(1, look_.separator)) + "\n";
        }
        if (!date_format_.empty()) {
            text += "date_format = " + toml_text(date_format_) +
                    "   # check day and month: a guess from the values\n";
        }
        if (!time_format_.empty()) {
            text += "time_format = " + toml_text(time_format_) + "\n";
        }
        return text + "\n";
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
    std::string date_format_;
    std::string time_format_;
};

}  // namespace

bool TableSketch::has(std::string_view key) const {
    return std::ranges::find(found, key) != found.end();
}

Result<TableSketch> sketch_table(std::string_view sample, std::span<const ColumnHint> hints) {
    sample.remove_prefix(sample.starts_with("\xEF\xBB\xBF") ? 3 : 0);
    const std::string_view begin = trim(sample);
    const bool json = begin.starts_with('{') || begin.starts_with('[');
    CAREHUB_TRY(Look look, json ? look_at_json(sample) : look_at_csv(sample));
    return Sketcher(std::move(look), hints).sketch();
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
