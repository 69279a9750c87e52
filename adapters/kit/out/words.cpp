#include "adapters/kit/out/words.hpp"

#include <algorithm>

#include "adapters/kit/limits.hpp"
#include "adapters/kit/text.hpp"

namespace carehub::adapters {

std::string words_of(std::string_view text) {
    if (!is_utf8(text)) {
        return {};
    }
    std::size_t size = std::min(text.size(), kWordsBytesMax);
    while (size < text.size() && size > 0 &&
           (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) {
        --size;
    }
    std::string words(text.substr(0, size));
    std::ranges::replace_if(
        words, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, ' ');
    return std::string(trim(words));
}

}  // namespace carehub::adapters
