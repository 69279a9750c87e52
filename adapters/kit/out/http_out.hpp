// What [out] says of TLS, tokens and secrets, made into what an HTTP or other network target needs.
//
// Errors: Invalid, naming the file that cannot be used. Threads: confined to the loop's thread.
// Lifetime: the target borrows the loop.
#pragma once

#include "adapters/kit/out/http_target.hpp"
#include "adapters/kit/out/out_config.hpp"

namespace carehub::adapters {

inline constexpr std::uint16_t kHttpPort = 80;
inline constexpr std::uint16_t kHttpsPort = 443;

/// Proves nothing where the endpoint is in clear.
[[nodiscard]] Result<ClientTls> client_tls(const OutConfig& config);

[[nodiscard]] Result<std::unique_ptr<NoticeTarget>> open_http_target(
    const OutConfig& config, boost::asio::io_context& loop, RenderNotice render,
    JudgeHttp judge = judge_status);

/// JSON, signed (webhook.hpp): format "webhook" of every kind of adapter.
[[nodiscard]] OutFormat webhook_format(std::vector<EventKind> carries);
[[nodiscard]] Result<std::unique_ptr<NoticeTarget>> open_webhook(const OutConfig& config,
                                                                 boost::asio::io_context& loop);

}  // namespace carehub::adapters
