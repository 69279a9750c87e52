#include "adapters/kit/out/http_out.hpp"

#include "adapters/kit/out/webhook.hpp"

namespace carehub::adapters {

Result<ClientTls> client_tls(const OutConfig& config) {
    if (!config.is_tls) {
        return ClientTls{};
    }
    CAREHUB_TRY(auto context, make_client_tls(config.tls));
    return ClientTls{std::move(context),
                     config.tls.name.empty() ? config.endpoint.host : config.tls.name};
}

Result<std::unique_ptr<NoticeTarget>> open_http_target(const OutConfig& config,
                                                       boost::asio::io_context& loop,
                                                       RenderNotice render, JudgeHttp judge) {
    CAREHUB_TRY(ClientTls tls, client_tls(config));
    HttpSetting setting{config.endpoint, std::move(tls), {}, {}, config.answer_max};
    CAREHUB_TRY(setting.token, read_secret_file(config.token_file));
    CAREHUB_TRY(setting.secret, read_secret_file(config.secret_file));
    return std::make_unique<HttpTarget>(loop, std::move(setting), std::move(render),
                                        std::move(judge));
}

OutFormat webhook_format(std::vector<EventKind> carries) {
    return {"webhook", "http", kHttpPort, kHttpsPort, std::move(carries), true, true};
}

Result<std::unique_ptr<NoticeTarget>> open_webhook(const OutConfig& config,
                                                   boost::asio::io_context& loop) {
    return open_http_target(config, loop,
                            [printer = std::make_shared<EventPrinter>()](const Notice& notice) {
                                return render_webhook(notice, *printer);
                            });
}

}  // namespace carehub::adapters
