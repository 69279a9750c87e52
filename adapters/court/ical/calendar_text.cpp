#include "adapters/court/ical/calendar_text.hpp"

#include <algorithm>

#include "adapters/court/limits.hpp"
#include "adapters/court/text.hpp"

namespace carehub::adapters::court {
namespace {

/// Reads content lines: unfolds, and knows where each began.
class LineReader {
public:
    /// Without a single line feed the carriage return ends lines, as old systems write it.
    explicit LineReader(std::string_view text)
        : rest_(text), line_end_(text.find('\n') == std::string_view::npos ? '\r' : '\n') {}

    bool next(std::string& line) {
        if (rest_.empty()) {
            return false;
        }
        began_ = at_;
        line = take_physical();
        while (!rest_.empty() && (rest_.front() == ' ' || rest_.front() == '\t')) {
            line += take_physical().substr(1);
        }
        return true;
    }
    [[nodiscard]] std::uint64_t began() const { return began_; }

private:
    std::string_view take_physical() {
        const std::size_t end = std::min(rest_.find(line_end_), rest_.size());
        std::string_view line = rest_.substr(0, end);
        rest_.remove_prefix(std::min(end + 1, rest_.size()));
        ++at_;
        if (!line.empty() && line.back() == '\r') {
            line.remove_suffix(1);
        }
        return line;
    }

    std::string_view rest_;
    char line_end_;
    std::uint64_t at_ = 1;
    std::uint64_t began_ = 1;
};

/// Follows BEGIN and END and files each component under its calendar.
class Cutter {
public:
    explicit Cutter(CalendarFile& file) : file_(file) {}

    void line(std::uint64_t number, const std::string& line) {
        const std::string name = property_name(line);
        if (name == "BEGIN") {
            begin(number, value_of(line), line);
        } else if (name == "END") {
            end(value_of(line), line);
        } else if (!open_.empty()) {
            copy(line);
        } else if (in_calendar_ && name == "METHOD") {
            file_.calendars.back().method = value_of(line);
        }
    }

    void finish() {
        file_.truncated = file_.truncated || in_calendar_ || !open_.empty();
        open_.clear();
    }

private:
    static std::string value_of(std::string_view line) {
        const std::size_t colon = line.find(':');
        return colon == std::string_view::npos ? "" : to_upper(trim(line.substr(colon + 1)));
    }

    ComponentText& current() { return file_.calendars.back().components.back(); }

    void begin(std::uint64_t number, const std::string& name, const std::string& line) {
        // A calendar cannot stand inside a component, nor an event in an event: the outer one was
        // never closed. It stays marked so, and the new one is read on its own.
        const bool restarts = name == "VCALENDAR" || (name == "VEVENT" && !open_.empty());
        if (restarts && (!open_.empty() || (name == "VCALENDAR" && in_calendar_))) {
            file_.truncated = true;
            open_.clear();
        }
        if (name == "VCALENDAR") {
            file_.calendars.push_back({number, "", {}, false});
            in_calendar_ = true;
            return;
        }
        if (open_.empty()) {
            open_component(number, name);
        }
        open_.push_back(name);
        if (open_.size() > kComponentDepthMax) {
            current().too_large = true;
        }
        copy(line);
    }

    void open_component(std::uint64_t number, const std::string& name) {
        if (!in_calendar_ && (file_.calendars.empty() || !file_.calendars.back().fragment)) {
            file_.calendars.push_back({number, "", {}, true});
        }
        ComponentText component;
        component.name = name;
        component.line = number;
        file_.calendars.back().components.push_back(std::move(component));
    }

    void end(const std::string& name, const std::string& line) {
        if (open_.empty()) {
            if (name == "VCALENDAR") {
                in_calendar_ = false;
            }
            return;
        }
        if (open_.back() == name) {
            copy(line);
            open_.pop_back();
            current().closed = open_.empty();
            return;
        }
        if (name == "VCALENDAR") {  // closes over an open component, which stays unclosed
            file_.truncated = true;
            open_.clear();
            in_calendar_ = false;
        }
        // Any other END that matches nothing leaves its component to stay open, and so refused.
    }

    void copy(const std::string& line) {
        ComponentText& component = current();
        if (component.name == "VEVENT" && open_.size() > 1) {
            return;
        }
        component.has_nul = component.has_nul || line.find('\0') != std::string::npos;
        if (component.text.size() + line.size() > kComponentBytesMax ||
            open_.size() > kComponentDepthMax) {
            component.too_large = true;
            return;
        }
        component.text += line;
        component.text += "\r\n";
    }

    CalendarFile& file_;
    std::vector<std::string> open_;  ///< names from the component downwards
    bool in_calendar_ = false;
};

/// Names the encoding by its byte order mark or by the NULs that ASCII text leaves in it.
std::string wide_encoding(std::string_view bytes) {
    if (bytes.starts_with(std::string_view("\xFF\xFE\0\0", 4)) ||
        bytes.starts_with(std::string_view("\0\0\xFE\xFF", 4))) {
        return "UTF-32";
    }
    if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF") ||
        bytes.starts_with(std::string_view("B\0E\0", 4)) ||
        bytes.starts_with(std::string_view("\0B\0E", 4))) {
        return "UTF-16";
    }
    return "";
}

}  // namespace

std::string property_name(std::string_view line) {
    const std::size_t end = line.find_first_of(":;");
    return end == std::string_view::npos ? "" : to_upper(trim(line.substr(0, end)));
}

Accepted<CalendarFile> cut_calendars(std::string_view bytes) {
    if (bytes.size() > kCalendarBytesMax) {
        return refuse(RefusalReason::TooLarge, "file",
                      "the calendar is larger than a court's can be", "Export a shorter period.");
    }
    if (const std::string wide = wide_encoding(bytes); !wide.empty()) {
        return refuse(RefusalReason::CharacterSet, "file", "the file is " + wide + ", not UTF-8",
                      "Export the calendar as UTF-8 (RFC 5545 3.1.4).");
    }
    if (bytes.starts_with("\xEF\xBB\xBF")) {
        bytes.remove_prefix(3);
    }
    CalendarFile file;
    Cutter cutter(file);
    LineReader lines(bytes);
    std::string line;
    while (lines.next(line)) {
        cutter.line(lines.began(), line);
    }
    cutter.finish();
    if (file.calendars.empty()) {
        return refuse(RefusalReason::FormatUnreadable, "file", "no calendar begins in this file",
                      "Send an iCalendar file that begins with BEGIN:VCALENDAR (RFC 5545 3.4).");
    }
    return file;
}

}  // namespace carehub::adapters::court
