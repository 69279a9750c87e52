// The encodings in which partners export their lists, towards UTF-8.
//
// Contract: bytes may be cut anywhere between two calls. UTF-8 passes through as it is: whoever
// reads it judges it. UTF-16 tells its byte order by a mark, and is little-endian without one. What
// stands for no character becomes U+FFFD. Threads: confined to one thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace carehub::adapters {

enum class TextEncoding : std::uint8_t { Utf8, Latin1, Windows1252, Utf16 };

/// "utf-8", "iso-8859-1", "windows-1252", "utf-16"; nothing for another name.
[[nodiscard]] std::optional<TextEncoding> encoding_called(std::string_view name);

class Utf8Decoder {
public:
    explicit Utf8Decoder(TextEncoding encoding) : encoding_(encoding) {}

    /// The text of the bytes; valid until the next call, and while the bytes are.
    [[nodiscard]] std::string_view decode(std::string_view bytes);

private:
    void take_unit(std::uint16_t unit);
    void put(std::uint32_t code_point);

    TextEncoding encoding_;
    std::string text_;
    std::optional<unsigned char> half_unit_;
    std::uint16_t high_surrogate_ = 0;
    bool big_endian_ = false;
    bool at_start_ = true;
};

}  // namespace carehub::adapters
