// What the earlier exports of a feed said, one set of rows for each authority. So an unchanged row
// tells nothing, a changed or deleted one names what it replaces, and one that is gone is missed.
//
// Contract: a feed with a desk keeps its rows in a sealed file of the state folder, `known-N`, and
// the text tells its number and format; without a desk (tests, `adapter check`) the rows are in the text.
// from_text(to_text()) is the same. Known rows are changed as a whole: they are read, and written
// anew, in file order.
// Errors: Damaged for a text or file that is not what was written; Io, SyncFailed of the file.
// Threads: confined to one thread.
#pragma once

#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "adapters/housing/known_row.hpp"
#include "adapters/kit/feed_desk.hpp"
#include "adapters/kit/sealed_stream.hpp"

namespace carehub::adapters::housing {

/// The rows of one authority.
struct KnownSet {
    std::int64_t exported_s = kNeverExported;  ///< newest ExportDate read, in seconds
    std::uint8_t held = 0;  ///< tables of which suspiciously much was missing the last time
    std::uint64_t rows = 0;
    std::uint64_t stream = 0;  ///< number of the file; 0: the rows are in `bytes`
    Bytes bytes;
    RowFormat format = RowFormat::WordRevision;  ///< of the rows, wherever they are
    static constexpr std::int64_t kNeverExported = std::numeric_limits<std::int64_t>::min();
    friend bool operator==(const KnownSet&, const KnownSet&) = default;
};

class KnownRows {
public:
    /// The set of that authority, empty when there is none.
    [[nodiscard]] KnownSet& set_of(const std::string& authority) { return sets_[authority]; }
    [[nodiscard]] const std::map<std::string, KnownSet>& sets() const { return sets_; }
    /// A number that no set's file has.
    [[nodiscard]] std::uint64_t next_stream() const;

    [[nodiscard]] std::string to_text() const;
    [[nodiscard]] static Result<KnownRows> from_text(std::string_view text);

    friend bool operator==(const KnownRows&, const KnownRows&) = default;

private:
    std::map<std::string, KnownSet> sets_;
};

/// Gives the rows of a set one by one; `desk` is needed for a set that has a file.
[[nodiscard]] Status read_known(const KnownSet& set, const FeedDesk* desk,
                                const std::function<Status(const KnownRow&)>& take);

/// Writes the rows of a set anew. The file is made with the first row.
class KnownWriter {
public:
    KnownWriter(const FeedDesk* desk, std::uint64_t stream) : desk_(desk), stream_(stream) {}

    [[nodiscard]] Status put(const KnownRow& row);
    [[nodiscard]] bool is_empty() const { return rows_ == 0; }
    /// Puts what was written into the place of the set's rows, durably when there is a desk.
    [[nodiscard]] Status finish(KnownSet& set);

private:
    Status flush();

    const FeedDesk* desk_;
    std::uint64_t stream_;
    std::optional<SealedWriter> file_;
    Bytes bytes_;
    std::uint64_t rows_ = 0;
};

/// Removes the files of the desk's folder that no set names: older ones, and what a crash left.
[[nodiscard]] Status remove_unknown_files(const KnownRows& known, const FeedDesk& desk);

/// 16 hexadecimal digits.
[[nodiscard]] std::string hash_text(std::uint64_t hash);

}  // namespace carehub::adapters::housing
