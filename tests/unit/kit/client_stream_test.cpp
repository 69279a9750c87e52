// The HTTP target over real loopback sockets.
#include <atomic>
#include <string>
#include <thread>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/streambuf.hpp>
#include <boost/asio/write.hpp>

#include "adapters/kit/out/http_target.hpp"
#include "adapters/kit/out/webhook.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/kit/memory_outbox.hpp"

namespace carehub::adapters {
namespace {

using boost::asio::ip::tcp;

/// Takes connections one after the other; of each it reads a request and writes the next answer, an
/// empty one closes the connection; after `per_connection` answers it closes too.
class Server {
public:
    explicit Server(std::vector<std::string> answers, int per_connection = 1)
        : answers_(std::move(answers)), per_connection_(per_connection) {
        thread_ = std::thread([this] { serve(); });
    }
    ~Server() { thread_.join(); }
    [[nodiscard]] std::uint16_t port() const { return acceptor_.local_endpoint().port(); }
    std::vector<std::string> requests;
    int connections = 0;

private:
    void serve() {
        std::size_t next = 0;
        while (next < answers_.size()) {
            tcp::socket socket(loop_);
            acceptor_.accept(socket);
            ++connections;
            for (int n = 0; n < per_connection_ && next < answers_.size(); ++n) {
                boost::asio::streambuf buffer;
                boost::system::error_code error;
                // A body of ours ends with the object's last brace.
                boost::asio::read_until(socket, buffer, "}}", error);
                requests.emplace_back(boost::asio::buffers_begin(buffer.data()),
                                      boost::asio::buffers_end(buffer.data()));
                boost::asio::write(socket, boost::asio::buffer(answers_[next++]), error);
            }
        }
    }

    boost::asio::io_context loop_;
    tcp::acceptor acceptor_{loop_, tcp::endpoint(boost::asio::ip::address_v4::loopback(), 0)};
    std::vector<std::string> answers_;
    int per_connection_;
    std::thread thread_;
};

struct Posting {
    boost::asio::io_context loop;
    EventPrinter printer;
    HttpTarget target;

    explicit Posting(std::uint16_t port, std::chrono::seconds most = kAnswerUsual)
        : target(loop, setting_of(port, most),
                 [this](const Notice& notice) { return render_webhook(notice, printer); }) {}

    static HttpSetting setting_of(std::uint16_t port, std::chrono::seconds most) {
        HttpSetting setting;
        setting.endpoint = {"http", "127.0.0.1", port, "/notices"};
        setting.token = "0123456789abcdef";
        setting.secret = "fedcba9876543210";
        setting.answer_max = most;
        return setting;
    }
    TargetAnswer post(std::uint64_t number) {
        std::optional<TargetAnswer> told;
        target.hand_over(notice_of(number, "a"), [&](const TargetAnswer& one) { told = one; });
        CHECK_FALSE(told);  // later, from the loop
        loop.restart();
        while (!told && loop.run_one() > 0) {
        }
        REQUIRE(told);
        return *told;
    }
    Status open() {
        std::optional<Status> told;
        target.open([&](const Status& one) { told = one; });
        loop.restart();
        while (!told && loop.run_one() > 0) {
        }
        REQUIRE(told);
        return *told;
    }
};

constexpr const char* kFine = "HTTP/1.1 204 No Content\r\n\r\n";

TEST_CASE("a notice is posted with its ids and its signature", "[kit][out]") {
    Server server(
        {"HTTP/1.1 422 Unprocessable Content\r\nContent-Type: text/plain\r\n"
         "Content-Length: 7\r\n\r\nno room"});
    Posting posting(server.port());
    const TargetAnswer told = posting.post(7);
    CHECK(told.taking == Taking::Refused);
    CHECK(told.refusal.fix == "HTTP 422: no room");
    REQUIRE(server.requests.size() == 1);
    const std::string& request = server.requests[0];
    CHECK_THAT(request, Catch::Matchers::StartsWith("POST /notices HTTP/1.1\r\n"));
    for (const char* part :
         {"\r\nHost: 127.0.0.1:", "\r\nContent-Type: application/json\r\n",
          "\r\nAuthorization: Bearer 0123456789abcdef\r\n", "\r\nX-CareHub-Delivery: 7-",
          "\r\nX-CareHub-Timestamp: ", "\r\nX-CareHub-Signature: sha256="}) {
        CHECK_THAT(request, Catch::Matchers::Contains(part));
    }
}

TEST_CASE("a connection serves many notices while it is kept", "[kit][out]") {
    Server server({kFine, kFine, kFine}, 3);
    Posting posting(server.port());
    REQUIRE(posting.open());
    for (std::uint64_t n = 1; n <= 3; ++n) {
        CHECK(posting.post(n).taking == Taking::Taken);
    }
    CHECK(server.connections == 1);
}

TEST_CASE("a connection that was closed meanwhile is opened anew, and the notice goes once more",
          "[kit][out]") {
    Server server({kFine, kFine});
    Posting posting(server.port());
    CHECK(posting.post(1).taking == Taking::Taken);
    CHECK(posting.post(2).taking == Taking::Taken);
    CHECK(server.connections == 2);
}

TEST_CASE("an answer in pieces that says it is the last closes the connection", "[kit][out]") {
    Server server({"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nuntil the end", kFine});
    Posting posting(server.port());
    CHECK(posting.post(1).taking == Taking::Taken);
    CHECK(posting.post(2).taking == Taking::Taken);
}

TEST_CASE("nobody there is away; no answer, or none of HTTP, is undecided", "[kit][out]") {
    std::uint16_t port = 0;
    {
        Server server({"", "no HTTP at all\r\n\r\n"});
        port = server.port();
        Posting posting(port);
        CHECK(posting.post(1).taking == Taking::Undecided);
        CHECK(posting.post(2).taking == Taking::Undecided);
    }
    Posting posting(port);
    CHECK(posting.post(3).taking == Taking::Away);
    CHECK_FALSE(posting.open());
}

TEST_CASE("an answer that takes too long is undecided", "[kit][out]") {
    boost::asio::io_context loop;
    tcp::acceptor mute(loop, tcp::endpoint(boost::asio::ip::address_v4::loopback(), 0));
    Posting posting(mute.local_endpoint().port(), std::chrono::seconds{1});
    const TargetAnswer told = posting.post(1);
    CHECK(told.taking == Taking::Undecided);
    CHECK(told.what == "it did not answer in time");
}

TEST_CASE("an answer above its bound is judged by its status", "[kit][out]") {
    const std::string large(kAnswerBytesMax + 1, 'x');
    Server server({"HTTP/1.1 400 Bad Request\r\nContent-Length: " + std::to_string(large.size()) +
                       "\r\n\r\n" + large,
                   kFine});
    Posting posting(server.port());
    CHECK(posting.post(1).taking == Taking::Refused);
    CHECK(posting.post(2).taking == Taking::Taken);
}

}  // namespace
}  // namespace carehub::adapters
