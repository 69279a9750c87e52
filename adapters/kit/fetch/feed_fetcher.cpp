// BYTES of the memory: one JSON object, {"url","etag","last_modified","sha256","told_twice"}; told_twice is
// "no" until the same list was fetched again.
#include "adapters/kit/fetch/feed_fetcher.hpp"

#include <algorithm>

#include <boost/json.hpp>

#include "adapters/kit/file.hpp"
#include "adapters/kit/out/client_tls.hpp"
#include "adapters/kit/sha256.hpp"
#include "hub/base/log.hpp"

namespace carehub::adapters {
namespace {

namespace json = boost::json;

constexpr unsigned kOk = 200;
constexpr unsigned kNotModified = 304;
/// Beyond it the doubled wait is the longest anyway.
constexpr unsigned kDoublingsMax = 10;

std::string text_at(const json::object& from, const char* key) {
    const json::value* const value = from.if_contains(key);
    const json::string* const text = value == nullptr ? nullptr : value->if_string();
    return text == nullptr ? "" : std::string(text->data(), text->size());
}

/// "20260401T080000Z"
std::string stamp(UtcTime now) {
    std::string text =
        to_iso(UtcTime{std::chrono::floor<std::chrono::seconds>(now.time_since_epoch())});
    std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
    return text;
}

std::string problem_of(unsigned status) {
    const std::string told = "it answers " + std::to_string(status);
    return status >= 300 && status < 400 ? told + ": give the address that it names in [fetch] url"
                                         : told;
}

}  // namespace

Result<std::unique_ptr<FeedFetcher>> FeedFetcher::create(Options options, const Clock& clock) {
    ClientTlsFiles files;
    files.ca = options.fetch.ca;
    ClientTls tls;
    CAREHUB_TRY(tls.context, make_client_tls(files));
    tls.name = options.fetch.endpoint.host;
    std::unique_ptr<FeedFetcher> fetcher(
        new FeedFetcher(std::move(options), std::move(tls), clock));
    fetcher->recall();
    return fetcher;
}

FeedFetcher::FeedFetcher(Options options, ClientTls tls, const Clock& clock)
    : options_(std::move(options)),
      clock_(clock),
      get_(loop_, options_.fetch.endpoint, std::move(tls)),
      next_at_(clock.steady()) {}

void FeedFetcher::wait_for_news(std::chrono::milliseconds most) {
    loop_.restart();
    loop_.run_one_for(most);
}

void FeedFetcher::step() {
    loop_.restart();
    loop_.poll();
    if (!under_way_ && clock_.steady() >= next_at_) {
        under_way_ = true;
        get_.get(told_twice_ ? known_ : Validators{},
                 [this](const Result<GetAnswer>& answer) { took(answer); });
    }
}

void FeedFetcher::took(const Result<GetAnswer>& answer) {
    under_way_ = false;
    if (!answer) {
        return failed(answer.error().context, {});
    }
    if (answer->status != kOk && answer->status != kNotModified) {
        return failed(problem_of(answer->status),
                      answer->retry_after.value_or(std::chrono::seconds{0}));
    }
    if (answer->status == kOk) {
        if (const Status kept = keep(*answer); !kept) {
            return failed(kept.error().context, {});
        }
    }
    if (failures_ > 0) {
        log::info("fetch", "the feed's address answers again");
    }
    failures_ = 0;
    problem_.clear();
    next_at_ = clock_.steady() + options_.fetch.every;
}

Status FeedFetcher::keep(const GetAnswer& answer) {
    const std::string digest = to_hex(sha256(as_bytes(answer.body)));
    const bool is_new = digest != digest_;
    if (is_new || !told_twice_) {
        const std::filesystem::path& file = options_.fetch.file;
        const std::string name =
            file.stem().string() + "-" + stamp(clock_.now()) + file.extension().string();
        const std::filesystem::path part = options_.folder / (name + ".part");
        CAREHUB_TRY_DONE(make_folder(options_.folder));
        CAREHUB_TRY_DONE(replace_file(part, as_bytes(answer.body)));
        CAREHUB_TRY_DONE(move_path(part, options_.folder / name));
        ++files_;
    }
    told_twice_ = !is_new;
    return remember(answer, digest);
}

Status FeedFetcher::remember(const GetAnswer& answer, const std::string& digest) {
    known_ = answer.validators;
    digest_ = digest;
    const json::object memory{{"url", options_.fetch.endpoint.text()},
                              {"etag", known_.etag},
                              {"last_modified", known_.last_modified},
                              {"sha256", digest_},
                              {"told_twice", told_twice_ ? "yes" : "no"}};
    return replace_file(options_.memory, as_bytes(json::serialize(memory)));
}

/// A memory that cannot be read costs one whole answer.
void FeedFetcher::recall() {
    const auto bytes = read_file(options_.memory, kConfigBytesMax);
    if (!bytes) {
        return;
    }
    json::error_code error;
    const std::string_view text = as_text(*bytes);
    const json::value value = json::parse(json::string_view(text.data(), text.size()), error);
    const json::object* const memory = error ? nullptr : value.if_object();
    if (memory != nullptr && text_at(*memory, "url") == options_.fetch.endpoint.text()) {
        known_ = {text_at(*memory, "etag"), text_at(*memory, "last_modified")};
        digest_ = text_at(*memory, "sha256");
        told_twice_ = text_at(*memory, "told_twice") != "no";
    }
}

void FeedFetcher::failed(const std::string& what, std::chrono::seconds at_least) {
    if (problem_ != what) {
        log::warning("fetch", "the feed cannot be fetched: " + what);
    }
    problem_ = what;
    const auto doubled = options_.fetch.every * (1U << std::min(failures_, kDoublingsMax));
    ++failures_;
    const Micros longest = kFetchWaitMax;
    next_at_ = clock_.steady() + std::min(longest, std::max<Micros>(doubled, at_least));
}

}  // namespace carehub::adapters
