#include "tools/county/text.hpp"

#include "adapters/kit/csv_writer.hpp"
#include "tools/county/limits.hpp"

namespace carehub::county {
namespace {

std::string quoted_json(std::string_view value) {
    constexpr std::string_view kHex = "0123456789abcdef";
    std::string text = "\"";
    for (const char c : value) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            text += '\\';
            text += c;
        } else if (byte < 0x20) {
            text += "\\u00";
            text += kHex[byte >> 4U];
            text += kHex[byte & 15U];
        } else {
            text += c;
        }
    }
    return text + "\"";
}

std::uint64_t count(int number) { return static_cast<std::uint64_t>(number); }

}  // namespace

std::string padded(std::uint64_t number, std::size_t width) {
    std::string text = std::to_string(number);
    if (text.size() < width) {
        text.insert(0, width - text.size(), '0');
    }
    return text;
}

std::string compact(Date date) {
    std::string text = to_iso(date);
    std::erase(text, '-');
    return text;
}

std::string compact(Moment moment, std::string_view separator) {
    return compact(moment.date) + std::string(separator) + padded(count(moment.minute / 60), 2) +
           padded(count(moment.minute % 60), 2) + "00";
}

std::string us_date(Date date) {
    const std::string iso = to_iso(date);
    return iso.substr(5, 2) + "/" + iso.substr(8, 2) + "/" + iso.substr(0, 4);
}

std::string clock_text(int minute) {
    return padded(count(minute / 60), 2) + ":" + padded(count(minute % 60), 2);
}

std::string clock_text_12(int minute) {
    const int hour = minute / 60;
    const int shown = hour % 12 == 0 ? 12 : hour % 12;
    return std::to_string(shown) + ":" + padded(count(minute % 60), 2) +
           (hour < 12 ? " am" : " pm");
}

UtcTime instant(const TimeZone& zone, Moment moment) {
    return to_utc(zone,
                  LocalTime{moment.date.time_since_epoch()} + std::chrono::minutes{moment.minute})
        .time;
}

std::string utc_text(UtcTime time) {
    std::string text = to_iso(time);
    std::erase(text, '-');
    std::erase(text, ':');
    return text;
}

std::string csv_line(std::span<const std::string> cells) { return adapters::csv_record(cells); }

std::string csv_line(std::initializer_list<std::string> cells) {
    return csv_line(std::span<const std::string>(cells.begin(), cells.size()));
}

void JsonLine::key(std::string_view name) {
    text_ += text_.size() > 1 ? "," : "";
    text_ += quoted_json(name) + ":";
}

JsonLine& JsonLine::text(std::string_view name, std::string_view value) {
    return raw(name, quoted_json(value));
}

JsonLine& JsonLine::number(std::string_view name, std::uint64_t value) {
    return raw(name, std::to_string(value));
}

JsonLine& JsonLine::boolean(std::string_view name, bool value) {
    return raw(name, value ? "true" : "false");
}

JsonLine& JsonLine::list(std::string_view name, std::span<const std::string> values) {
    std::string text = "[";
    for (const std::string& value : values) {
        text += text.size() > 1 ? "," : "";
        text += quoted_json(value);
    }
    return raw(name, text + "]");
}

JsonLine& JsonLine::raw(std::string_view name, std::string_view value) {
    key(name);
    text_ += value;
    return *this;
}

std::string JsonLine::open(std::string_view name) {
    key(name);
    return text_;
}

TextFile::TextFile(std::filesystem::path path)
    : path_(std::move(path)), stream_(path_, std::ios::binary | std::ios::trunc) {}

void TextFile::write(std::string_view text) {
    buffer_ += text;
    if (buffer_.size() >= kWriteBytes) {
        stream_.write(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
        buffer_.clear();
    }
}

Status TextFile::close() {
    stream_.write(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
    stream_.close();
    if (!stream_) {
        return fail(ErrorCode::Io, "cannot write " + path_.filename().string() +
                                       " of the county; is the disk full or the folder read-only?");
    }
    return {};
}

JsonList::JsonList(const std::filesystem::path& path, std::string_view head) : file_(path) {
    file_.write(std::string(head) + "[");
}

void JsonList::row(const JsonLine& row) {
    file_.write((empty_ ? "\n" : ",\n") + row.str());
    empty_ = false;
}

Status JsonList::close() {
    file_.write("\n]}\n");
    return file_.close();
}

Status write_file(const std::filesystem::path& path, std::string_view text) {
    TextFile file(path);
    file.write(text);
    return file.close();
}

Status make_folder(const std::filesystem::path& path) {
    std::error_code error;
    std::filesystem::create_directories(path, error);
    if (error) {
        return fail(ErrorCode::Io,
                    "cannot create folder " + path.filename().string() + ": " + error.message());
    }
    return {};
}

}  // namespace carehub::county
