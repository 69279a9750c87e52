#include "adapters/kit/feed_state.hpp"

#include <system_error>
#include <vector>

#include <boost/json.hpp>

#include "adapters/kit/file.hpp"
#include "adapters/kit/limits.hpp"
#include "adapters/kit/sha256.hpp"

namespace carehub::adapters {
namespace {

namespace json = boost::json;

constexpr std::size_t kDigestDigits = 64;
constexpr std::string_view kPrefix = "feed-";

json::object to_json(const PlacedLines& lines) {
    return {{"offset", lines.offset}, {"text", lines.text}};
}

json::value to_json(const std::optional<Delivery>& delivery) {
    if (!delivery) {
        return nullptr;
    }
    return json::object{{"name", delivery->name},
                        {"fingerprint", delivery->fingerprint},
                        {"destination", delivery->destination},
                        {"refusals", to_json(delivery->refusals)},
                        {"findings", to_json(delivery->findings)}};
}

/// The text called `key`; the digest has vouched for the line, so a miss is another version's.
std::string text_of(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    return value != nullptr && value->is_string() ? std::string(value->get_string())
                                                  : std::string();
}

std::uint64_t number_of(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    json::error_code error;
    return value != nullptr ? value->to_number<std::uint64_t>(error) : 0;
}

PlacedLines lines_of(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    if (value == nullptr || !value->is_object()) {
        return {};
    }
    return {number_of(value->get_object(), "offset"), text_of(value->get_object(), "text")};
}

json::array to_json(const std::set<FeedFault>& faults) {
    json::array names;
    for (const FeedFault fault : faults) {
        names.emplace_back(name_of(fault));
    }
    return names;
}

std::set<FeedFault> faults_in(const json::object& object) {
    std::set<FeedFault> faults;
    const json::value* names = object.if_contains("faults");
    if (names == nullptr || !names->is_array()) {
        return faults;
    }
    for (const json::value& name : names->get_array()) {
        if (const auto fault =
                name.is_string() ? parse_feed_fault(name.get_string()) : std::nullopt) {
            faults.insert(*fault);
        }
    }
    return faults;
}

}  // namespace

std::string to_text(const FeedState& state) {
    const std::string body = json::serialize(json::object{{"version", 1},
                                                          {"files_done", state.files_done},
                                                          {"files_refused", state.files_refused},
                                                          {"delivery", to_json(state.delivery)},
                                                          {"faults", to_json(state.faults)}}) +
                             "\n" + state.kind_state;
    return to_hex(sha256(as_bytes(body))) + "\n" + body;
}

Result<FeedState> feed_state_from(std::string_view text) {
    const auto damaged = [] {
        return fail(ErrorCode::Damaged, "the feed's state on disk is not what was written");
    };
    if (text.size() < kDigestDigits + 1 ||
        to_hex(sha256(as_bytes(text.substr(kDigestDigits + 1)))) != text.substr(0, kDigestDigits)) {
        return damaged();
    }
    text.remove_prefix(kDigestDigits + 1);
    const std::string_view line = text.substr(0, text.find('\n'));
    json::error_code error;
    const json::value value = json::parse({line.data(), line.size()}, error);
    if (error || !value.is_object() || number_of(value.get_object(), "version") != 1) {
        return damaged();
    }
    const json::object& object = value.get_object();
    FeedState state;
    state.files_done = number_of(object, "files_done");
    state.files_refused = number_of(object, "files_refused");
    state.faults = faults_in(object);
    state.kind_state = text.substr(std::min(text.size(), line.size() + 1));
    if (const json::value* delivery = object.if_contains("delivery");
        delivery != nullptr && delivery->is_object()) {
        const json::object& of = delivery->get_object();
        state.delivery =
            Delivery{text_of(of, "name"), text_of(of, "fingerprint"), text_of(of, "destination"),
                     lines_of(of, "refusals"), lines_of(of, "findings")};
    }
    return state;
}

std::filesystem::path feed_state_path(const std::filesystem::path& folder,
                                      std::uint64_t generation) {
    return folder / (std::string(kPrefix) + std::to_string(generation));
}

Status write_feed_state(const std::filesystem::path& folder, std::uint64_t generation,
                        const FeedState& state, Sealing& sealing) {
    return replace_file(feed_state_path(folder, generation),
                        sealing.seal(SealedAs::FeedState, generation, as_bytes(to_text(state))));
}

Result<FeedState> read_feed_state(const std::filesystem::path& folder, std::uint64_t generation,
                                  const Sealing& sealing) {
    CAREHUB_TRY(const Bytes sealed, read_file(feed_state_path(folder, generation), kStateBytesMax));
    CAREHUB_TRY(const Bytes text, sealing.open(SealedAs::FeedState, generation, sealed));
    return feed_state_from(as_text(text));
}

Status remove_other_states(const std::filesystem::path& folder, std::uint64_t kept) {
    std::vector<std::filesystem::path> others;
    std::error_code error;
    for (std::filesystem::directory_iterator at(folder, error), end; !error && at != end;
         at.increment(error)) {
        if (at->path().filename().string().starts_with(kPrefix) &&
            at->path() != feed_state_path(folder, kept)) {
            others.push_back(at->path());
        }
    }
    for (const auto& path : others) {
        CAREHUB_TRY_DONE(remove_file(path));
    }
    return {};
}

}  // namespace carehub::adapters
