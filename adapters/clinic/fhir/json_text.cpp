#include "adapters/clinic/fhir/json_text.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/parser.hpp>

#include "adapters/clinic/limits.hpp"
#include "adapters/kit/text.hpp"

namespace carehub::adapters::clinic::fhir {
namespace {

namespace json = boost::json;

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

/// The names a path of ours may spell: of the standard, and on the way to what is read.
constexpr std::string_view kSpelledNames[] = {
    "actor",    "class",      "contained", "entry",  "focus",       "hospitalization",
    "id",       "identifier", "location",  "meta",   "participant", "period",
    "resource", "response",   "security",  "source", "start",       "end",
    "status",   "subject",    "timestamp", "type",   "value",       "system"};

/// Watches a document being read for what the tree of values no longer shows: names told twice.
class NameWatch {
public:
    // NOLINTBEGIN(readability-identifier-naming): Boost.JSON asks for these names.
    static constexpr std::size_t max_object_size = kFhirDocumentBytesMax;
    static constexpr std::size_t max_array_size = kFhirDocumentBytesMax;
    static constexpr std::size_t max_key_size = kFhirDocumentBytesMax;
    static constexpr std::size_t max_string_size = kFhirDocumentBytesMax;
    // NOLINTEND(readability-identifier-naming)

    [[nodiscard]] const std::optional<std::string>& repeated_at() const { return repeated_at_; }

    bool on_document_begin(json::error_code& /*error*/) { return true; }
    bool on_document_end(json::error_code& /*error*/) { return true; }
    bool on_object_begin(json::error_code& /*error*/) { return open(false); }
    bool on_object_end(std::size_t /*size*/, json::error_code& /*error*/) { return close(); }
    bool on_array_begin(json::error_code& /*error*/) { return open(true); }
    bool on_array_end(std::size_t /*size*/, json::error_code& /*error*/) { return close(); }
    bool on_key_part(json::string_view part, std::size_t /*size*/, json::error_code& /*error*/) {
        name_.append(part.data(), part.size());
        return true;
    }
    bool on_key(json::string_view part, std::size_t /*size*/, json::error_code& /*error*/) {
        name_.append(part.data(), part.size());
        Level& level = levels_.back();
        if (!level.names.insert(name_).second && !repeated_at_) {
            repeated_at_ = path(name_);
        }
        level.name = std::move(name_);
        name_.clear();
        return true;
    }
    bool on_string_part(json::string_view /*part*/, std::size_t /*size*/,
                        json::error_code& /*error*/) {
        return true;
    }
    bool on_string(json::string_view /*text*/, std::size_t /*size*/, json::error_code& /*error*/) {
        return value();
    }
    bool on_number_part(json::string_view /*part*/, json::error_code& /*error*/) { return true; }
    bool on_int64(std::int64_t /*number*/, json::string_view /*text*/,
                  json::error_code& /*error*/) {
        return value();
    }
    bool on_uint64(std::uint64_t /*number*/, json::string_view /*text*/,
                   json::error_code& /*error*/) {
        return value();
    }
    bool on_double(double /*number*/, json::string_view /*text*/, json::error_code& /*error*/) {
        return value();
    }
    bool on_bool(bool /*truth*/, json::error_code& /*error*/) { return value(); }
    bool on_null(json::error_code& /*error*/) { return value(); }
    bool on_comment_part(json::string_view /*part*/, json::error_code& /*error*/) { return true; }
    bool on_comment(json::string_view /*text*/, json::error_code& /*error*/) { return true; }

private:
    struct Level {
        bool is_array = false;
        std::size_t index = 0;
        std::string name;
        std::set<std::string> names;
    };

    bool open(bool is_array) {
        levels_.push_back({is_array, 0, {}, {}});
        return true;
    }
    bool close() {
        levels_.pop_back();
        return value();
    }
    bool value() {
        if (!levels_.empty() && levels_.back().is_array) {
            ++levels_.back().index;
        }
        return true;
    }

    /// Ends where a name is met that is not the standard's: it may be somebody's.
    [[nodiscard]] std::string path(const std::string& last) const {
        std::string text;
        for (std::size_t i = 0; i < levels_.size(); ++i) {
            const Level& level = levels_[i];
            if (level.is_array) {
                text += "[" + std::to_string(level.index) + "]";
                continue;
            }
            const std::string& name = i + 1 == levels_.size() ? last : level.name;
            if (!is_spelled(name)) {
                break;
            }
            text += (text.empty() ? "" : ".") + name;
        }
        return text;
    }

    std::vector<Level> levels_;
    std::string name_;
    std::optional<std::string> repeated_at_;
};

json::parse_options bounds() {
    json::parse_options options;
    options.max_depth = kFhirDepthMax;
    return options;
}

Refusal refusal(RefusalReason reason, std::string fix) { return {reason, {}, std::move(fix)}; }

/// `at`: how many bytes could be read.
Refusal unreadable(const json::error_code& error, std::size_t at) {
    if (error == json::error::too_deep) {
        return refusal(RefusalReason::FormatUnreadable, "nest at most 32 levels deep");
    }
    return refusal(RefusalReason::FormatUnreadable,
                   "send one whole JSON document of media type application/fhir+json: this one "
                   "is none from byte " +
                       std::to_string(at) + " on");
}

}  // namespace

bool is_spelled(std::string_view name) {
    return std::find(std::begin(kSpelledNames), std::end(kSpelledNames), name) !=
           std::end(kSpelledNames);
}

tl::expected<json::value, Refusal> read_json(ByteView document) {
    std::string_view text = as_text(document);
    if (text.size() > kFhirDocumentBytesMax) {
        return tl::unexpected<Refusal>(
            refusal(RefusalReason::TooLarge, "send at most 1 MiB in one document"));
    }
    if (text.starts_with(kByteOrderMark)) {
        text.remove_prefix(kByteOrderMark.size());
    }
    if (!is_utf8(text)) {
        return tl::unexpected<Refusal>(refusal(RefusalReason::CharacterSet, "write UTF-8"));
    }
    json::error_code error;
    json::parser parser({}, bounds());
    const std::size_t read = parser.write_some(text.data(), text.size(), error);
    const std::size_t next = text.find_first_not_of(" \t\r\n", read);
    if (!error && next != std::string_view::npos) {
        error = json::error::extra_data;
    }
    if (error) {
        return tl::unexpected<Refusal>(unreadable(error, read));
    }
    const json::value tree = parser.release();
    if (!tree.is_object()) {
        return tl::unexpected<Refusal>(
            refusal(RefusalReason::FormatUnreadable, "send one resource: a JSON object"));
    }
    json::basic_parser<NameWatch> watch(bounds());
    watch.write_some(false, text.data(), text.size(), error);
    if (watch.handler().repeated_at()) {
        return tl::unexpected<Refusal>(Refusal{RefusalReason::FormatUnreadable,
                                               *watch.handler().repeated_at(),
                                               "tell every property once"});
    }
    return tree;
}

}  // namespace carehub::adapters::clinic::fhir
