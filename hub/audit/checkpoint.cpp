#include "hub/audit/checkpoint.hpp"

#include <charconv>
#include <optional>

namespace carehub::audit {
namespace {

constexpr std::string_view kTitle = "carehub checkpoint 1\n";

/// Takes "name value\n" from the front of `rest`.
std::optional<std::string_view> take_field(std::string_view& rest, std::string_view name) {
    const std::size_t end = rest.find('\n');
    if (end == std::string_view::npos || rest.substr(0, name.size()) != name) {
        return std::nullopt;
    }
    const std::string_view value = rest.substr(name.size(), end - name.size());
    rest.remove_prefix(end + 1);
    return value;
}

bool read_number(std::string_view text, std::uint64_t& number) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && end == text.data() + text.size();
}

bool read_fields(std::string_view rest, Checkpoint& checkpoint) {
    const auto journal = take_field(rest, "journal ");
    const auto size = journal ? take_field(rest, "size ") : std::nullopt;
    const auto root = size ? take_field(rest, "root ") : std::nullopt;
    const auto at = root ? take_field(rest, "at ") : std::nullopt;
    if (!at || !from_hex(*journal, checkpoint.journal) || !from_hex(*root, checkpoint.head.root) ||
        !read_number(*size, checkpoint.head.size)) {
        return false;
    }
    const auto time = parse_iso_time(*at);
    checkpoint.at = time.value_or(kUnknownTime);
    return time.has_value();
}

}  // namespace

std::string to_text(const Checkpoint& checkpoint) {
    return std::string(kTitle) + "journal " + to_hex(checkpoint.journal) + "\nsize " +
           std::to_string(checkpoint.head.size) + "\nroot " + to_hex(checkpoint.head.root) +
           "\nat " + to_iso(checkpoint.at) + "\n";
}

Result<Checkpoint> checkpoint_from_text(std::string_view text) {
    Checkpoint checkpoint;
    if (text.substr(0, kTitle.size()) != kTitle ||
        !read_fields(text.substr(kTitle.size()), checkpoint) || to_text(checkpoint) != text) {
        return fail(ErrorCode::Invalid, "this is not the text of a checkpoint");
    }
    return checkpoint;
}

}  // namespace carehub::audit
