// Fetches a feed from its address now and then into the watched folder, where it is a file like any
// other: NAME-20260401T080000Z.ics appears there whole.
//
// Contract: a feed that has changed makes a file; at the next time it is asked for without conditions and
// makes one more, changed again or not, because a list counts as two only when it was told twice. What
// then has not changed by the server's word (304) or by its bytes makes no file. After a
// failure the wait doubles, up to kFetchWaitMax, and is never shorter than a Retry-After; it is
// logged once when it begins and once when it is over. Redirections are failures that say so. What
// the server told of the last file is kept in `memory`, written after the file is there: a crash in
// between fetches it once more, and the feed knows it again.
// Threads: confined to one. Lifetime: borrows the clock.
#pragma once

#include <boost/asio/io_context.hpp>

#include "adapters/kit/fetch/fetch_config.hpp"
#include "adapters/kit/fetch/http_get.hpp"
#include "hub/base/clock.hpp"

namespace carehub::adapters {

class FeedFetcher {
public:
    struct Options {
        FetchConfig fetch;
        std::filesystem::path folder;  ///< the watched one
        std::filesystem::path memory;  ///< a file of the adapter's own
    };

    /// Invalid when the certificates of `ca` cannot be used.
    [[nodiscard]] static Result<std::unique_ptr<FeedFetcher>> create(Options options,
                                                                     const Clock& clock);

    /// Goes on with what is under way and begins what is due; never waits.
    void step();
    /// Waits until something came of what is under way, at most so long.
    void wait_for_news(std::chrono::milliseconds most);

    [[nodiscard]] bool is_under_way() const { return under_way_; }
    [[nodiscard]] std::uint64_t files() const { return files_; }
    [[nodiscard]] unsigned failures() const { return failures_; }  ///< since the last success
    /// From now until the next question.
    [[nodiscard]] Micros wait() const { return next_at_ - clock_.steady(); }
    [[nodiscard]] const std::string& problem() const { return problem_; }

private:
    FeedFetcher(Options options, ClientTls tls, const Clock& clock);

    void took(const Result<GetAnswer>& answer);
    [[nodiscard]] Status keep(const GetAnswer& answer);
    [[nodiscard]] Status remember(const GetAnswer& answer, const std::string& digest);
    void recall();
    void failed(const std::string& what, std::chrono::seconds at_least);

    Options options_;
    const Clock& clock_;
    boost::asio::io_context loop_;
    HttpGet get_;
    Validators known_;
    std::string digest_;  ///< of the last body
    bool told_twice_ = true;
    Micros next_at_{};
    std::uint64_t files_ = 0;
    unsigned failures_ = 0;
    bool under_way_ = false;
    std::string problem_;
};

}  // namespace carehub::adapters
