#include "adapters/clinic/hl7/message.hpp"

#include <algorithm>
#include <array>

#include "adapters/clinic/hl7/charset.hpp"
#include "adapters/clinic/limits.hpp"

namespace carehub::adapters::clinic::hl7 {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::size_t kNameSize = 3;
/// What most messages have less of: one allocation for the places of each.
constexpr std::size_t kFieldsUsual = 256;
constexpr std::size_t kSegmentsUsual = 16;

tl::unexpected<Problem> unreadable(Location where, std::string fix) {
    return tl::unexpected<Problem>(Problem{Condition::SegmentSequence, std::move(where),
                                           RefusalReason::FormatUnreadable, std::move(fix)});
}

tl::unexpected<Problem> too_many(Location where, std::string fix) {
    return tl::unexpected<Problem>(Problem{Condition::ValueTooLong, std::move(where),
                                           RefusalReason::TooManyItems, std::move(fix)});
}

std::uint32_t word_of(std::string_view name) {
    std::uint32_t word = 0;
    for (const char c : name.substr(0, kNameSize)) {
        word = word << 8U | static_cast<unsigned char>(c);
    }
    return word;
}

bool is_name(std::string_view name) {
    const auto upper = [](char c) { return c >= 'A' && c <= 'Z'; };
    return name.size() == kNameSize && upper(name.front()) &&
           std::all_of(name.begin(), name.end(),
                       [&](char c) { return upper(c) || (c >= '0' && c <= '9'); });
}

/// The ends of lines in one text; the search for either of them never goes over the same byte twice.
class LineEnds {
public:
    explicit LineEnds(std::string_view text)
        : text_(text), carriage_return_(next('\r', 0)), line_feed_(next('\n', 0)) {}

    /// The first from `at` on, or the end of the text; `at` never goes back.
    [[nodiscard]] std::size_t from(std::size_t at) {
        if (carriage_return_ < at) {
            carriage_return_ = next('\r', at);
        }
        if (line_feed_ < at) {
            line_feed_ = next('\n', at);
        }
        return std::min(carriage_return_, line_feed_);
    }

private:
    [[nodiscard]] std::size_t next(char c, std::size_t at) const {
        return std::min(text_.find(c, at), text_.size());
    }

    std::string_view text_;
    std::size_t carriage_return_;
    std::size_t line_feed_;
};

}  // namespace

Element Segment::field(unsigned number) const {
    const auto level = Element::Level::Field;
    if (!is_msh_) {
        return {part(number + 1), delimiters_, level};
    }
    if (number <= 2) {  // the separators are not separated: no part of them may be split again
        const std::string_view raw = number == 1 ? text_.substr(kNameSize, 1) : part(number);
        return {raw, delimiters_, Element::Level::Subcomponent};
    }
    return {part(number), delimiters_, level};
}

std::string_view Segment::part(unsigned number) const {
    if (starts_.empty()) {
        return nth_part(text_, delimiters_.field, number);
    }
    if (number > starts_.size()) {
        return {};
    }
    const std::size_t begin = starts_[number - 1];
    const std::size_t end = number == starts_.size() ? text_.size() : starts_[number] - 1;
    return text_.substr(begin, end - begin);
}

std::string_view find_msh(std::string_view bytes) {
    if (bytes.substr(0, kByteOrderMark.size()) == kByteOrderMark) {
        bytes.remove_prefix(kByteOrderMark.size());
    }
    bytes.remove_prefix(std::min(bytes.size(), bytes.find_first_not_of(" \t\r\n")));
    if (bytes.substr(0, kNameSize) != "MSH") {
        return {};
    }
    bytes = bytes.substr(0, bytes.find('\r'));
    return bytes.substr(0, bytes.find('\n'));
}

tl::expected<Message, Problem> Message::read(ByteView bytes, ReadOptions options) {
    const std::string_view raw = carehub::as_text(bytes);
    if (raw.size() > kMessageBytesMax) {
        return tl::unexpected<Problem>(Problem{Condition::ValueTooLong,
                                               {},
                                               RefusalReason::TooLarge,
                                               "send messages of at most 1,048,576 bytes"});
    }
    const std::string_view msh = find_msh(raw);
    if (msh.empty()) {
        return unreadable({"MSH"}, "begin the message with an MSH segment");
    }
    Message message;
    const auto delimiters = read_delimiters(msh);
    if (!delimiters) {
        return unreadable({"MSH", 2}, "declare four or five different separators in MSH-2");
    }
    message.delimiters_ = *delimiters;
    std::string declared = Segment(msh, *delimiters).field(18).component(1).value();
    auto text =
        to_utf8(raw, declared.empty() ? options.default_character_set : std::string_view(declared));
    if (!text) {
        const std::string_view name = not_read_name(declared);
        return tl::unexpected<Problem>(
            Problem{Condition::TableValueNotFound,
                    {"MSH", 18},
                    RefusalReason::CharacterSet,
                    "send ASCII, 8859/1 or UNICODE UTF-8; " +
                        std::string(name.empty() ? "this character set" : name) + " is not read"});
    }
    message.text_ = std::move(text->text);
    message.character_set_guessed_ = text->guessed;
    if (auto done = message.index(); !done) {
        return tl::unexpected<Problem>(std::move(done).error());
    }
    return message;
}

tl::expected<void, Problem> Message::index() {
    std::size_t at =
        text_.find("MSH");  // find_msh saw it: what stands before are blanks and a mark
    LineEnds ends(text_);
    starts_.reserve(kFieldsUsual);
    segments_.reserve(kSegmentsUsual);
    while (at < text_.size()) {
        const std::size_t end = ends.from(at);
        if (end > at) {
            if (auto done = index_line({.at = at, .size = end - at}); !done) {
                return done;
            }
        }
        at = end + 1;
    }
    return {};
}

tl::expected<void, Problem> Message::index_line(Span line) {
    const std::string_view text = text_of(line);
    std::size_t separator = text.find(delimiters_.field);
    const std::string_view name = text.substr(0, separator);
    if (!is_name(name)) {
        ++stray_lines_;
        return {};
    }
    if (name == "MSH" && !segments_.empty()) {
        return unreadable({"MSH"}, "send one message in a frame");
    }
    if (segments_.size() == kSegmentsMax) {
        return too_many({std::string(name)}, "send at most 16,384 segments in a message");
    }
    std::array<std::uint32_t, kFieldsMax + 1> starts;
    starts[0] = 0;
    line.parts = 1;
    while (separator < text.size()) {
        if (line.parts == starts.size()) {
            return too_many({std::string(name)}, "send at most 1,024 fields in a segment");
        }
        starts[line.parts++] = static_cast<std::uint32_t>(++separator);
        // Most fields are empty: the next separator follows at once.
        if (separator == text.size() || text[separator] != delimiters_.field) {
            separator = text.find(delimiters_.field, separator);
        }
    }
    line.name = word_of(name);
    line.first_start = starts_.size();
    starts_.insert(starts_.end(), starts.begin(), starts.begin() + line.parts);
    segments_.push_back(line);
    return {};
}

std::vector<Segment> Message::segments() const {
    std::vector<Segment> all;
    all.reserve(segments_.size());
    for (const Span& span : segments_) {
        all.push_back(segment_of(span));
    }
    return all;
}

Segment Message::first(std::string_view name) const {
    const auto found = std::ranges::find(segments_, word_of(name), &Span::name);
    return found == segments_.end() ? Segment{} : segment_of(*found);
}

}  // namespace carehub::adapters::clinic::hl7
