#include "adapters/desk/mail_carrier.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include <curl/curl.h>

#include "adapters/desk/limits.hpp"
#include "hub/base/check.hpp"

namespace carehub::adapters::desk {
namespace {

struct FreeEasy {
    void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
struct FreeMulti {
    void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
};
struct FreeList {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

constexpr long kRefusalFirst = 500;
constexpr long kRefusalLast = 599;

class MailCarrier final : public Carrier {
public:
    MailCarrier(MailConfig config, std::string password, const Clock& clock)
        : config_(std::move(config)),
          password_(std::move(password)),
          clock_(clock),
          multi_(curl_multi_init()) {
        CAREHUB_CHECK(multi_ != nullptr, "libcurl starts");
    }
    MailCarrier(const MailCarrier&) = delete;
    MailCarrier& operator=(const MailCarrier&) = delete;
    ~MailCarrier() override {
        if (easy_ != nullptr) {
            // Taken away as it is, libcurl would end the message in good order, and the server
            // deliver what it has by then.
            set(CURLOPT_TIMEOUT_MS, 1L);
            drop();
            step();
        }
        if (easy_ != nullptr) {
            end();
        }
    }

    [[nodiscard]] bool is_idle() const override { return easy_ == nullptr; }

    void begin(const std::string& address, Ready ready, Done done) override {
        CAREHUB_CHECK(easy_ == nullptr, "one message at a time");
        ready_ = std::move(ready);
        done_ = std::move(done);
        message_.reset();
        sent_ = 0;
        is_waiting_ = is_dropped_ = false;
        easy_.reset(curl_easy_init());
        CAREHUB_CHECK(easy_ != nullptr, "libcurl has a handle");
        recipients_.reset(curl_slist_append(nullptr, address.c_str()));
        set_up();
        curl_multi_add_handle(multi_.get(), easy_.get());
    }

    void hand_over(OutMessage message) override {
        message_ = std::move(message.body);
        late_at_ = clock_.steady() + kTruthValid;
        go_on();
    }

    void drop() override {
        is_dropped_ = true;
        ready_ = nullptr;
        done_ = nullptr;
        go_on();
    }

    void step() override {
        if (easy_ == nullptr) {
            return;
        }
        if (message_ && sent_ < message_->size() && clock_.steady() > late_at_) {
            is_dropped_ = true;  // what was true then may not be by now
            go_on();
        }
        int running = 0;
        curl_multi_perform(multi_.get(), &running);
        int left = 0;
        const CURLMsg* const told = curl_multi_info_read(multi_.get(), &left);
        if (told != nullptr && told->msg == CURLMSG_DONE) {
            return finish(told->data.result);
        }
        if (is_waiting_ && !message_ && ready_) {
            std::exchange(ready_, nullptr)();
        }
    }

private:
    template <class Value>
    void set(CURLoption option, Value value) {
        CAREHUB_CHECK(curl_easy_setopt(easy_.get(), option, value) == CURLE_OK,
                      "libcurl knows what it is told");
    }

    void set_up() {
        const std::string url = config_.server.scheme + "://" + config_.server.authority();
        set(CURLOPT_URL, url.c_str());
        set(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
        set(CURLOPT_USE_SSL,
            static_cast<long>(config_.is_clear ? CURLUSESSL_NONE : CURLUSESSL_ALL));
        set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
        if (!config_.ca.empty()) {
            set(CURLOPT_CAINFO, config_.ca.c_str());
            set(CURLOPT_CAPATH, static_cast<char*>(nullptr));
        }
        if (!config_.user.empty()) {
            set(CURLOPT_USERNAME, config_.user.c_str());
            set(CURLOPT_PASSWORD, password_.c_str());
        }
        set(CURLOPT_MAIL_FROM, config_.from.c_str());
        set(CURLOPT_MAIL_RCPT, recipients_.get());
        set(CURLOPT_UPLOAD, 1L);
        set(CURLOPT_READFUNCTION, &MailCarrier::read);
        set(CURLOPT_READDATA, static_cast<void*>(this));
        set(CURLOPT_NOSIGNAL, 1L);
        set(CURLOPT_PROXY, "");  // of the environment: mail goes straight
        set(CURLOPT_FORBID_REUSE, 1L);
        set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(kMailConnectMax.count()));
        set(CURLOPT_TIMEOUT_MS, static_cast<long>(kMailWholeMax.count()));
        set(CURLOPT_SERVER_RESPONSE_TIMEOUT,
            static_cast<long>(std::chrono::floor<std::chrono::seconds>(kMailAnswerMax).count()));
    }

    static std::size_t read(char* out, std::size_t size, std::size_t count, void* self) {
        return static_cast<MailCarrier*>(self)->give(out, size * count);
    }

    std::size_t give(char* out, std::size_t room) {
        if (is_dropped_) {
            return CURL_READFUNC_ABORT;
        }
        if (!message_) {
            is_waiting_ = true;
            return CURL_READFUNC_PAUSE;
        }
        const std::size_t count = std::min(room, message_->size() - sent_);
        std::copy_n(message_->data() + sent_, count, out);
        sent_ += count;
        return count;
    }

    void go_on() {
        if (easy_ != nullptr) {
            curl_easy_pause(easy_.get(), CURLPAUSE_CONT);
        }
    }

    void end() {
        curl_multi_remove_handle(multi_.get(), easy_.get());
        easy_.reset();
    }

    void finish(CURLcode code) {
        const CarrierAnswer answer = answer_of(code);
        end();
        if (const Done done = std::exchange(done_, nullptr)) {
            done(answer);
        }
    }

    CarrierAnswer answer_of(CURLcode code) const {
        if (code == CURLE_OK) {
            return {Carried::Taken, {}};
        }
        long told = 0;
        curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &told);
        // Of the address or the message; a server that does not let us in says nothing of either.
        const bool is_of_message = code == CURLE_SEND_ERROR || message_.has_value();
        if (is_of_message && told >= kRefusalFirst && told <= kRefusalLast) {
            return {Carried::Refused, "the mail server answered " + std::to_string(told)};
        }
        return {Carried::Away, std::string("mail: ") + curl_easy_strerror(code) +
                                   (told == 0 ? "" : ", server answered " + std::to_string(told))};
    }

    MailConfig config_;
    std::string password_;
    const Clock& clock_;
    std::unique_ptr<CURLM, FreeMulti> multi_;
    std::unique_ptr<curl_slist, FreeList> recipients_;  // outlives the handle
    std::unique_ptr<CURL, FreeEasy> easy_;
    Ready ready_;
    Done done_;
    std::optional<std::string> message_;
    std::size_t sent_ = 0;     ///< bytes that libcurl has
    Micros late_at_{0};        ///< steady
    bool is_waiting_ = false;  ///< the server waits for the message
    bool is_dropped_ = false;
};

}  // namespace

Result<std::unique_ptr<Carrier>> open_mail(const MailConfig& config, const Clock& clock) {
    static const CURLcode kStarted = curl_global_init(CURL_GLOBAL_DEFAULT);
    CAREHUB_CHECK(kStarted == CURLE_OK, "libcurl starts");
    CAREHUB_TRY(std::string password,
                read_secret_file(config.password_file, kMailPasswordBytesMin));
    return std::unique_ptr<Carrier>(
        std::make_unique<MailCarrier>(config, std::move(password), clock));
}

}  // namespace carehub::adapters::desk
