// [out] of an adapter that reads a partner's files: which notices its partner gets, and how.
//
//   [out]       format = "webhook": endpoint and so on, as adapters/kit/out/out_config.hpp
//               format = "ical" or "csv": folder, readable_by, kinds
//   [out.ical]  keep_days
//
// Contract: no [out]: nothing is asked for and nothing is told. A folder is meant from the
// configuration's, and is neither the watched one nor within it: what is told must not be read
// back.
// Errors: Invalid, naming the key and what to write; Damaged, Io of what is kept.
// Threads: confined to the loop's thread.
#pragma once

#include "adapters/kit/drop/drop_file.hpp"
#include "adapters/kit/out/notices_out.hpp"
#include "adapters/kit/out/out_config.hpp"
#include "adapters/kit/sealing.hpp"

namespace carehub::adapters {

struct PartnerOut {
    OutConfig common;
    std::chrono::days calendar_keep{};
};

/// Nothing when the file has no [out].
[[nodiscard]] Result<std::optional<PartnerOut>> read_partner_out(
    const std::filesystem::path& config_file);

/// Where what was dropped is remembered, and under which key.
struct PartnerOutState {
    std::filesystem::path folder;
    Sealing& sealing;
};

/// Lifetime: borrows the loop and the sealing.
[[nodiscard]] Result<std::unique_ptr<NoticeTarget>> open_partner_target(
    const PartnerOut& config, const PartnerOutState& state, boost::asio::io_context& loop);

/// run_folder_adapter() with the notices that the configuration asks for.
[[nodiscard]] Status run_partner_adapter(RunnerOptions options,
                                         const std::filesystem::path& config_file, HubLink& link,
                                         const std::atomic<bool>& stop, Counts& counts);

/// [out] as a comment, for a first configuration.
[[nodiscard]] std::string_view partner_out_sketch();

}  // namespace carehub::adapters
