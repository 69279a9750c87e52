#include "adapters/kit/drop/partner_out.hpp"

#include <algorithm>

#include "adapters/kit/drop/csv_target.hpp"
#include "adapters/kit/drop/ical_target.hpp"
#include "adapters/kit/out/http_out.hpp"
#include "adapters/kit/out/told_kinds.hpp"

namespace carehub::adapters {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kIcal = "ical";
constexpr std::string_view kCsv = "csv";
/// Of what is sealed (DropState).
constexpr std::uint64_t kIcalState = 1;
constexpr std::uint64_t kCsvState = 2;

std::vector<OutFormat> formats() {
    return {webhook_format(kinds_for_others()), folder_format(kIcal, calendar_kinds()),
            folder_format(kCsv, kinds_for_others())};
}

/// `inner` is `outer` or lies within it.
bool lies_within(const fs::path& inner, const fs::path& outer) {
    std::error_code error;
    const fs::path in = fs::weakly_canonical(inner, error);
    const fs::path out = fs::weakly_canonical(outer, error);
    return std::mismatch(out.begin(), out.end(), in.begin(), in.end()).first == out.end();
}

Status check_folder(const OutConfig& config, const fs::path& config_file) {
    CAREHUB_TRY(const FeedConfig feed, read_feed_config(config_file));
    if (!config.folder.empty() && feed.watch && lies_within(config.folder, feed.watch->folder)) {
        return fail(ErrorCode::Invalid,
                    "[out] folder lies in the watched one, so what is told would be read back: "
                    "give it a folder of its own");
    }
    return {};
}

Status read_own(const toml::table& out, PartnerOut& config) {
    CAREHUB_TRY(const toml::table own, table_of(out, config.common.format));
    if (config.common.format != kIcal) {
        return refuse_unknown_keys(own, "out." + config.common.format, {});
    }
    CAREHUB_TRY_DONE(refuse_unknown_keys(own, "out.ical", {"keep_days"}));
    CAREHUB_TRY(const std::int64_t days,
                number_within(own, "keep_days", kCalendarKeepDays,
                              {kCalendarKeepDaysMin, kCalendarKeepDaysMax}));
    config.calendar_keep = std::chrono::days{days};
    return {};
}

const Clock& system_clock() {
    static const SystemClock clock;
    return clock;
}

}  // namespace

Result<std::optional<PartnerOut>> read_partner_out(const fs::path& config_file) {
    CAREHUB_TRY(const toml::table root, read_toml(config_file));
    const std::vector<OutFormat> known = formats();
    CAREHUB_TRY(auto common, read_out_config(root, config_file.parent_path(), known));
    if (!common) {
        return std::nullopt;
    }
    PartnerOut config;
    config.common = std::move(*common);
    CAREHUB_TRY_DONE(check_folder(config.common, config_file));
    CAREHUB_TRY(const toml::table out, table_of(root, "out"));
    CAREHUB_TRY_DONE(read_own(out, config));
    return config;
}

Result<std::unique_ptr<NoticeTarget>> open_partner_target(const PartnerOut& config,
                                                          const PartnerOutState& state,
                                                          boost::asio::io_context& loop) {
    const OutConfig& common = config.common;
    DropFolder folder(common.folder, common.readers);
    if (common.format == kIcal) {
        return IcalTarget::create({loop, system_clock(), std::move(folder),
                                   DropState(state.folder / "out-ical", kIcalState, state.sealing),
                                   config.calendar_keep});
    }
    if (common.format == kCsv) {
        return CsvTarget::create({loop, system_clock(), std::move(folder),
                                  DropState(state.folder / "out-csv", kCsvState, state.sealing)});
    }
    return open_webhook(common, loop);
}

Status run_partner_adapter(RunnerOptions options, const fs::path& config_file, HubLink& link,
                           const std::atomic<bool>& stop, Counts& counts) {
    CAREHUB_TRY(const std::optional<PartnerOut> config, read_partner_out(config_file));
    if (!config) {
        return run_folder_adapter(options, link, stop, counts);
    }
    SystemRandom random;
    CAREHUB_TRY(Sealing sealing, Sealing::of_link(options.link_secrets, random));
    const PartnerOutState state{options.state_folder, sealing};
    const auto open = [&](boost::asio::io_context& loop) -> Result<std::unique_ptr<NoticesOut>> {
        CAREHUB_TRY(auto target, open_partner_target(*config, state, loop));
        return std::make_unique<NoticesOut>(std::move(target), config->common.kinds, link, counts);
    };
    return run_folder_and_notices(std::move(options), open, link, stop, counts);
}

std::string_view partner_out_sketch() {
    return "\n# [out]               # what this partner may see of its clients; absent: nothing\n"
           "# format = \"ical\"     # a calendar; \"csv\": files of rows; \"webhook\": signed "
           "JSON\n"
           "# folder = \"out\"      # of the calendar or the files; not within the watched one\n"
           "# readable_by = \"group\"\n"
           "# endpoint = \"https://...\"  # of a webhook, in place of folder and readable_by\n"
           "# secret_file = \"secret\"    # what signs it\n";
}

}  // namespace carehub::adapters
