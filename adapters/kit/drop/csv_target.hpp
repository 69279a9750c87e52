// Drops notices as CSV files (csv_row.hpp) for a partner's import to pick up.
//
//   carehub-20261122T140512Z-000000017.csv   header and row; UTC of the drop, a number that rises
//
// Contract: a file appears whole, is never changed afterwards, and belongs to the partner, who
// moves or removes it; names sort in the hub's order and tell nothing of people. A notice is taken
// once its file is there for good: since the hub is told of each before it gives the next, a file
// holds one. What is about to be shown is noted first, so a crash leads neither to a second file
// nor to none.
// Errors: create(): those of the state; later ones are Away, and told by open().
// Threads: confined to the loop's thread. Lifetime: borrows the loop and the clock.
#pragma once

#include <boost/asio/io_context.hpp>

#include "adapters/kit/drop/csv_row.hpp"
#include "adapters/kit/drop/drop_file.hpp"
#include "adapters/kit/drop/drop_state.hpp"
#include "adapters/kit/drop/drop_target.hpp"
#include "hub/base/clock.hpp"

namespace carehub::adapters {

class CsvTarget final : public DropTarget {
public:
    struct Parts {
        boost::asio::io_context& loop;
        const Clock& clock;
        DropFolder folder;
        DropState state;
    };
    [[nodiscard]] static Result<std::unique_ptr<CsvTarget>> create(Parts parts);

private:
    explicit CsvTarget(Parts parts);

    [[nodiscard]] Status prepare() override;
    [[nodiscard]] TargetAnswer take(const Notice& notice) override;
    [[nodiscard]] Status drop(const std::string& delivery, const std::string& row);
    [[nodiscard]] std::string next_name();
    [[nodiscard]] Status settle();
    [[nodiscard]] Status forget_shown();
    [[nodiscard]] Status load();
    [[nodiscard]] std::string state_text() const;

    const Clock& clock_;
    DropFolder folder_;
    DropState state_;
    KnownZones zones_;
    RecentDeliveries told_;
    std::string shown_now_;  ///< the delivery that is being shown; empty: none is in doubt
    std::uint64_t number_ = 0;
    std::int64_t second_ = 0;  ///< since 1970, of the last name: a clock set back does not reorder
};

}  // namespace carehub::adapters
