// One HL7 v2 message: its text, and where its segments begin.
//
// Contract: read() accepts any separators, CR, LF or CRLF as segment end, blank lines, a leading
// byte order mark, segments and fields nobody knows, Z segments included. Lines that are no
// segments are counted and skipped. The text is UTF-8 whatever came in. Errors: a Problem when the
// bytes are no message: no MSH, unusable separators, a second MSH, a character set that is not
// read, a bound exceeded. Threads: immutable after read(). Lifetime: segments and elements borrow
// the message's text.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "adapters/clinic/hl7/delimiters.hpp"
#include "adapters/clinic/hl7/element.hpp"
#include "adapters/clinic/hl7/problem.hpp"
#include "hub/base/bytes.hpp"

namespace carehub::adapters::clinic::hl7 {

class Segment {
public:
    Segment() = default;
    /// `starts`: where each part begins between field separators, the name first; none when they
    /// are not known.
    Segment(std::string_view text, const Delimiters& delimiters,
            std::span<const std::uint32_t> starts = {})
        : text_(text), delimiters_(delimiters), starts_(starts), is_msh_(name() == "MSH") {}

    [[nodiscard]] bool exists() const { return !text_.empty(); }
    [[nodiscard]] std::string_view name() const { return text_.substr(0, 3); }
    /// Numbered as in the standard: MSH-1 is the separator itself, MSH-2 the other separators.
    [[nodiscard]] Element field(unsigned number) const;

private:
    /// The `number`th part between field separators, from 1.
    [[nodiscard]] std::string_view part(unsigned number) const;

    std::string_view text_;
    Delimiters delimiters_;
    std::span<const std::uint32_t> starts_;
    bool is_msh_ = false;
};

struct ReadOptions {
    std::string_view default_character_set;  ///< of messages whose MSH-18 is empty; may be empty
};

class Message {
public:
    [[nodiscard]] static tl::expected<Message, Problem> read(ByteView bytes, ReadOptions options);

    Message(Message&&) = default;
    Message& operator=(Message&&) = default;
    Message(const Message&) = delete;
    Message& operator=(const Message&) = delete;
    ~Message() = default;

    [[nodiscard]] const Delimiters& delimiters() const { return delimiters_; }
    [[nodiscard]] std::vector<Segment> segments() const;
    /// The first segment of that name; an absent one when there is none.
    [[nodiscard]] Segment first(std::string_view name) const;

    /// Lines between segments that are no segments themselves.
    [[nodiscard]] std::size_t stray_lines() const { return stray_lines_; }
    /// The character set was not declared, or not truly, and it mattered.
    [[nodiscard]] bool character_set_guessed() const { return character_set_guessed_; }

private:
    struct Span {
        std::uint32_t name = 0;  ///< its letters as one word, which is compared at once
        std::size_t at = 0;
        std::size_t size = 0;
        std::size_t first_start = 0;  ///< in starts_
        std::size_t parts = 0;
    };

    Message() = default;
    [[nodiscard]] tl::expected<void, Problem> index();
    [[nodiscard]] tl::expected<void, Problem> index_line(Span line);
    [[nodiscard]] std::string_view text_of(const Span& span) const {
        return std::string_view(text_).substr(span.at, span.size);
    }
    [[nodiscard]] Segment segment_of(const Span& span) const {
        return {text_of(span), delimiters_,
                std::span(starts_).subspan(span.first_start, span.parts)};
    }

    std::string text_;
    Delimiters delimiters_;
    std::vector<Span> segments_;
    std::vector<std::uint32_t> starts_;  ///< of every segment's parts, one after the other
    std::size_t stray_lines_ = 0;
    bool character_set_guessed_ = false;
};

/// The MSH segment at the start of `bytes`, as far as it can be found: enough to answer a message
/// that could not be read. Empty when there is none.
[[nodiscard]] std::string_view find_msh(std::string_view bytes);

}  // namespace carehub::adapters::clinic::hl7
