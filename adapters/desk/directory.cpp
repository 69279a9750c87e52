#include "adapters/desk/directory.hpp"

#include "adapters/desk/desk_config.hpp"
#include "adapters/desk/limits.hpp"
#include "adapters/kit/csv_reader.hpp"
#include "adapters/kit/known_zones.hpp"
#include "adapters/kit/text.hpp"

namespace carehub::adapters::desk {
namespace {

using std::chrono::minutes;

/// "20:00", in minutes after midnight.
std::optional<minutes> clock_of(std::string_view text) {
    if (text.size() != 5 || text[2] != ':') {
        return std::nullopt;
    }
    const auto hour = parse_int(text.substr(0, 2));
    const auto minute = parse_int(text.substr(3));
    return hour && minute && *hour <= 23 && *minute <= 59
               ? std::optional(minutes{*hour * 60 + *minute})
               : std::nullopt;
}

/// Reads the rows of one staff.csv.
class Rows {
public:
    Rows(std::map<std::string, StaffEntry>& staff, const std::string& zone)
        : staff_(staff), zone_(zone) {}

    Status take(const CsvRow& row) {
        if (!has_header_) {
            header_ = CsvHeader(row);
            has_header_ = true;
            return header_.find("staff")
                       ? Status{}
                       : fail(ErrorCode::Invalid, "staff.csv has no column called staff");
        }
        row_ = &row;
        StaffEntry entry;
        CAREHUB_TRY_DONE(read_zone(entry));
        CAREHUB_TRY_DONE(read_quiet(entry));
        entry.email = std::string(cell("email"));
        if (!entry.email.empty() && !is_mail_address(entry.email)) {
            return bad("email");
        }
        staff_.insert_or_assign(std::string(cell("staff")), std::move(entry));
        return {};
    }

private:
    [[nodiscard]] std::string_view cell(std::string_view column) const {
        const auto at = header_.find(column);
        return at && *at < row_->cells.size() ? row_->cells[*at] : std::string_view{};
    }
    [[nodiscard]] Status bad(std::string_view column) const {
        return fail(ErrorCode::Invalid, "staff.csv line " + std::to_string(row_->line) + ": " +
                                            std::string(column) + " cannot be read");
    }
    Status read_zone(StaffEntry& entry) {
        const std::string_view told = cell("zone");
        const TimeZone* zone = zones_.find(told.empty() ? zone_ : std::string(told));
        if (zone == nullptr) {
            return bad("zone");
        }
        entry.zone = *zone;
        return {};
    }
    Status read_quiet(StaffEntry& entry) const {
        entry.quiet_from = kQuietFrom;
        entry.quiet_until = kQuietUntil;
        if (cell("quiet_from").empty() && cell("quiet_until").empty()) {
            return {};
        }
        const auto from = clock_of(cell("quiet_from"));
        const auto until = clock_of(cell("quiet_until"));
        if (!from || !until) {
            return bad(from ? "quiet_until" : "quiet_from");
        }
        if (*from != *until) {
            entry.quiet_from = *from;
            entry.quiet_until = *until;
        }
        return {};
    }

    std::map<std::string, StaffEntry>& staff_;
    std::string zone_;
    KnownZones zones_;
    CsvHeader header_;
    bool has_header_ = false;
    const CsvRow* row_ = nullptr;
};

}  // namespace

Result<StaffDirectory> StaffDirectory::read(const std::filesystem::path& folder,
                                            const std::string& zone) {
    StaffDirectory directory;
    Rows rows(directory.staff_, zone);
    CAREHUB_TRY_DONE(
        read_csv(folder / "staff.csv", {}, [&rows](const CsvRow& row) { return rows.take(row); }));
    return directory;
}

const StaffEntry* StaffDirectory::find(const std::string& name) const {
    const auto found = staff_.find(name);
    return found == staff_.end() ? nullptr : &found->second;
}

}  // namespace carehub::adapters::desk
