#include "adapters/clinic/message_file.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

namespace carehub::adapters::clinic {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool begins_with(std::string_view text, std::string_view head) {
    return text.substr(0, head.size()) == head;
}

bool is_envelope(std::string_view line) {
    return begins_with(line, "FHS") || begins_with(line, "BHS") || begins_with(line, "BTS") ||
           begins_with(line, "FTS");
}

bool begins_message(std::string_view line) {
    return begins_with(line, "MSH") || begins_with(line, std::string(kByteOrderMark) + "MSH");
}

std::string_view strip_framing(std::string_view line) {
    const std::size_t first = line.find_first_not_of("\x0B\x1C");
    return first == std::string_view::npos ? std::string_view{} : line.substr(first);
}

}  // namespace

std::vector<std::string> split_messages(std::string_view text) {
    std::vector<std::string> messages;
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t end = std::min(text.size(), text.find_first_of("\r\n", at));
        const std::string_view line = strip_framing(text.substr(at, end - at));
        at = end + 1;
        if (line.empty() || is_envelope(line)) {
            continue;
        }
        if (messages.empty() || begins_message(line)) {
            messages.emplace_back();
        }
        messages.back().append(line).push_back('\r');
    }
    return messages;
}

Result<std::vector<std::string>> read_message_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        return fail_errno(ErrorCode::Io, "cannot open the message file");
    }
    const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    if (file.bad()) {
        return fail(ErrorCode::Io, "cannot read the message file");
    }
    return split_messages(text);
}

}  // namespace carehub::adapters::clinic
