#include "adapters/desk/feed_token.hpp"

#include "adapters/desk/limits.hpp"
#include "adapters/kit/file.hpp"
#include "adapters/kit/text.hpp"

namespace carehub::adapters::desk {
namespace {

constexpr std::size_t kDigits = 2 * kTokenBytes;
/// With blanks and a line end that an editor leaves.
constexpr std::size_t kFileBytesMax = kDigits + 16;

}  // namespace

bool is_token(std::string_view text) {
    std::array<std::uint8_t, kTokenBytes> bytes{};
    return text.size() == kDigits && from_hex(text, bytes) && to_hex(bytes) == text;
}

Result<std::string> FeedToken::read() {
    if (const auto kept = read_file(file_, kFileBytesMax)) {
        std::string_view text = as_text(*kept);
        text = text.substr(0, text.find_first_of("\r\n"));
        if (is_token(trim(text))) {
            return std::string(trim(text));
        }
    }
    std::array<std::uint8_t, kTokenBytes> bytes{};
    random_.fill(bytes);
    const std::string token = to_hex(bytes);
    if (const Status kept = replace_file(file_, as_bytes(token + "\n")); !kept) {
        return fail(kept.error().code, "the token of a calendar cannot be written");
    }
    return token;
}

}  // namespace carehub::adapters::desk
