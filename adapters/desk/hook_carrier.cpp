#include "adapters/desk/hook_carrier.hpp"

#include <utility>

#include <boost/asio/io_context.hpp>

#include "adapters/kit/out/http_out.hpp"

namespace carehub::adapters::desk {
namespace {

class HookCarrier final : public Carrier {
public:
    [[nodiscard]] static Result<std::unique_ptr<Carrier>> open(const OutConfig& config) {
        auto carrier = std::make_unique<HookCarrier>();
        CAREHUB_TRY(carrier->target_,
                    open_http_target(config, carrier->loop_,
                                     [self = carrier.get()](const Notice&) -> Rendered {
                                         return std::optional(self->message_);
                                     }));
        return std::unique_ptr<Carrier>(std::move(carrier));
    }

    [[nodiscard]] bool is_idle() const override { return done_ == nullptr; }
    void begin(const std::string& /*address*/, Ready ready, Done done) override {
        ready_ = std::move(ready);
        done_ = std::move(done);
        target_->open([this](const Status& status) { opened(status); });
    }
    void hand_over(OutMessage message) override {
        message_ = std::move(message);
        target_->hand_over({}, [this](const TargetAnswer& answer) { answered(answer); });
    }
    void drop() override {
        ready_ = nullptr;
        done_ = nullptr;
    }
    void step() override {
        loop_.restart();
        loop_.poll();
    }

private:
    void opened(const Status& status) {
        const Ready ready = std::exchange(ready_, nullptr);
        if (status && ready) {
            return ready();
        }
        tell({Carried::Away, status ? "" : "webhook: " + status.error().context});
    }
    void answered(const TargetAnswer& answer) {
        switch (answer.taking) {
            case Taking::Taken:
            case Taking::Nothing: return tell({Carried::Taken, {}});
            case Taking::Refused: return tell({Carried::Refused, "the webhook refused it"});
            case Taking::Undecided:
            case Taking::Away: return tell({Carried::Away, "webhook: " + answer.what});
        }
    }
    void tell(const CarrierAnswer& answer) {
        if (const Done done = std::exchange(done_, nullptr)) {
            done(answer);
        }
    }

    boost::asio::io_context loop_;
    OutMessage message_;
    Ready ready_;
    Done done_;
    std::unique_ptr<NoticeTarget> target_;  // goes before the loop it runs on
};

}  // namespace

Result<std::unique_ptr<Carrier>> open_hook(const OutConfig& config) {
    return HookCarrier::open(config);
}

}  // namespace carehub::adapters::desk
