// Which control ids (MSH-10) senders used, and for which message. A sender that gives an id to another
// message as well is told of to the integration team (domain/01, idempotency); the message itself is
// taken as another one (domain/13).
//
// Files: `YYYY-MM-DD`, one a day of UTC, of records of 16 bytes: the first 8 of SHA-256 of sender and
// id, the first 8 of SHA-256 of these and the message. `told`: the hub was told, and not that it is
// over. Nothing is synced: a crash forgets the last ids, and at worst a re-use is not told.
//
// Contract: ids are remembered for kControlIdsKept, or fewer days while there are more than
// kControlIdsMax. Errors: open(): Io. Later a failed write is told in the log, once.
// Threads: confined to one thread.
#pragma once

#include <deque>
#include <filesystem>
#include <memory>
#include <optional>
#include <string_view>
#include <unordered_set>

#include "adapters/kit/file.hpp"
#include "adapters/kit/sha256.hpp"

namespace carehub::adapters::clinic {

enum class IdUse : std::uint8_t { New, Repeated, Reused };

class ControlIds {
public:
    enum class News : std::uint8_t { Begins, Ends };

    /// Without a folder nothing outlives the object.
    [[nodiscard]] static Result<std::unique_ptr<ControlIds>> open(std::filesystem::path folder,
                                                                  UtcTime now);
    /// `sender` and `id` as they came; the message by its SHA-256.
    [[nodiscard]] IdUse note(std::string_view sender, std::string_view id, const Hash256& message,
                             UtcTime now);
    /// What the hub is to be told after that use: that ids are used again, or no more for
    /// kReuseOverAfter. Asked once for each message; nothing while news are under way.
    [[nodiscard]] std::optional<News> news(IdUse use, UtcTime now);
    /// What became of the news: the hub has them, or they are due again.
    void settle(News news, bool known);

private:
    using Marks = std::unordered_set<std::uint64_t>;
    struct Day {
        Date day;
        Marks ids;
        Marks messages;
    };

    explicit ControlIds(std::filesystem::path folder) : folder_(std::move(folder)) {}
    Status load(UtcTime now);
    Status load_day(const std::filesystem::path& path, Date day);
    void begin_day(Date day);
    void forget_oldest();
    void remember(std::uint64_t id, std::uint64_t message);
    [[nodiscard]] std::size_t remembered() const;
    [[nodiscard]] std::filesystem::path path_of(Date day) const;
    /// Says it in the log and writes no more.
    void give_up(const Error& error);

    std::filesystem::path folder_;  ///< empty: none, or none that can be written
    std::deque<Day> days_;          ///< oldest first
    std::optional<File> file_;      ///< of the last of them
    std::uint64_t written_ = 0;     ///< bytes of it
    bool told_ = false;
    bool under_way_ = false;
    UtcTime last_reuse_ = kUnknownTime;
};

}  // namespace carehub::adapters::clinic
