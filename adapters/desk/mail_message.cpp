#include "adapters/desk/mail_message.hpp"

#include <array>

namespace carehub::adapters::desk {
namespace {

constexpr std::string_view kLineEnd = "\r\n";
constexpr std::size_t kQuotedLineMax = 76;  // RFC 2045, section 6.7
constexpr std::array<std::string_view, 7> kWeekdays = {"Sun", "Mon", "Tue", "Wed",
                                                       "Thu", "Fri", "Sat"};
constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

/// "Thu, 09 Jul 2026 14:00:00 +0000"
std::string date_text(UtcTime time) {
    const Date day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day civil{day};
    const std::string iso = to_iso(std::chrono::floor<std::chrono::seconds>(time));
    return std::string(kWeekdays.at(std::chrono::weekday{day}.c_encoding())) + ", " +
           iso.substr(8, 2) + " " +
           std::string(kMonths.at(static_cast<unsigned>(civil.month()) - 1)) + " " +
           iso.substr(0, 4) + " " + iso.substr(11, 8) + " +0000";
}

std::string ascii(std::string_view text) {
    std::string out;
    for (const char c : text) {
        out += c >= ' ' && c <= '~' ? std::string(1, c) : "";
    }
    return out;
}

std::string quoted(char c) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    const auto byte = static_cast<unsigned char>(c);
    return {'=', kDigits[byte >> 4U], kDigits[byte & 0x0FU]};
}

/// One line of text; lines are cut by "=" at their end.
std::string quoted_line(std::string_view line) {
    std::string out;
    std::size_t length = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        const bool ends_blank = c == ' ' && i + 1 == line.size();
        const bool is_plain = c >= ' ' && c <= '~' && c != '=' && !ends_blank;
        const std::string piece = is_plain ? std::string(1, c) : quoted(c);
        if (length + piece.size() > kQuotedLineMax - 1) {
            out.append("=").append(kLineEnd);
            length = 0;
        }
        out += piece;
        length += piece.size();
    }
    return out.append(kLineEnd);
}

}  // namespace

std::string mail_message(const MailHead& head, std::string_view body) {
    std::string text;
    const auto add = [&text](std::string_view name, const std::string& value) {
        text.append(name).append(": ").append(ascii(value)).append(kLineEnd);
    };
    add("Date", date_text(head.date));
    add("From", head.from);
    add("To", head.to);
    add("Subject", head.subject);
    add("Message-ID", "<" + head.message_id + ">");
    add("Auto-Submitted", "auto-generated");
    if (head.is_urgent) {
        add("Importance", "high");
    }
    add("MIME-Version", "1.0");
    add("Content-Type", "text/plain; charset=utf-8");
    add("Content-Transfer-Encoding", "quoted-printable");
    text += kLineEnd;
    while (!body.empty()) {
        const std::size_t end = body.find('\n');
        text += quoted_line(body.substr(0, end));
        body.remove_prefix(end == std::string_view::npos ? body.size() : end + 1);
    }
    return text;
}

}  // namespace carehub::adapters::desk
