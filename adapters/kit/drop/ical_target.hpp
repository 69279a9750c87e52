// Keeps a calendar of what a partner may see: one file, "carehub.ics", whole at any time.
//
// Contract: a notice is taken once the file that shows it and then what is kept of it are on disk.
// A crash between the two has the file written anew, as it was kept, at the next start; the notice
// then comes again. A repeat changes nothing. What has been kept long enough goes, and what lasts
// is moved on, within kCalendarTidyEvery, also while no notices come.
// Errors: create(): those of the state; later ones are Away, and told by open().
// Threads: confined to the loop's thread. Lifetime: borrows the loop and the clock.
#pragma once

#include <map>

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include "adapters/kit/drop/calendar.hpp"
#include "adapters/kit/drop/drop_file.hpp"
#include "adapters/kit/drop/drop_target.hpp"
#include "adapters/kit/drop/ical_writer.hpp"
#include "hub/base/clock.hpp"

namespace carehub::adapters {

class IcalTarget final : public DropTarget {
public:
    struct Parts {
        boost::asio::io_context& loop;
        const Clock& clock;
        DropFolder folder;
        DropState state;
        std::chrono::days keep;
    };
    [[nodiscard]] static Result<std::unique_ptr<IcalTarget>> create(Parts parts);

    /// Does what time asks for, and what failed before.
    [[nodiscard]] Status tidy();

private:
    explicit IcalTarget(Parts parts);

    [[nodiscard]] Status prepare() override;
    [[nodiscard]] TargetAnswer take(const Notice& notice) override;
    [[nodiscard]] Status put(const std::vector<CalendarEntry>& changed,
                             const std::string& delivery);
    void age();
    void set(const CalendarEntry& entry);
    void unset(const std::string& key);
    /// What is known is shown, then kept.
    [[nodiscard]] Status publish();
    [[nodiscard]] Status show();
    [[nodiscard]] Status keep();
    void tidy_later();

    const Clock& clock_;
    DropFolder folder_;
    DropState state_;
    Calendar calendar_;
    RecentDeliveries told_;
    IcalFrame frame_;
    std::map<std::string, std::string> texts_;  ///< of the entries, by key
    bool is_published_ = false;                 ///< what is shown and kept is what is known
    boost::asio::steady_timer tidy_at_;
};

}  // namespace carehub::adapters
