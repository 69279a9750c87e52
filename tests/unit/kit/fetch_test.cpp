// A feed fetched over HTTPS from a server of our own, behind a certificate of our own.
#include <thread>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/streambuf.hpp>
#include <boost/asio/write.hpp>

#include "adapters/kit/fetch/feed_fetcher.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_folder.hpp"

namespace carehub::adapters {
namespace {

namespace ssl = boost::asio::ssl;
using boost::asio::ip::tcp;

/// A key and a certificate for the name, made by the openssl command.
void make_certificate(const TemporaryFolder& folder, const std::string& name) {
    const std::string command =
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 "
        "-subj /CN=" +
        name + " -addext subjectAltName=DNS:" + name + " -keyout " + folder.file(name + ".key") +
        " -out " + folder.file(name + ".pem") + " > /dev/null 2>&1";
    REQUIRE(std::system(command.c_str()) == 0);
}

/// Gives each connection the next answer; counts on the requests.
class Server {
public:
    Server(const TemporaryFolder& folder, const std::string& name, std::vector<std::string> answers)
        : answers_(std::move(answers)) {
        context_.use_certificate_chain_file(folder.file(name + ".pem"));
        context_.use_private_key_file(folder.file(name + ".key"), ssl::context::pem);
        thread_ = std::thread([this] { serve(); });
    }
    ~Server() { thread_.join(); }
    [[nodiscard]] std::uint16_t port() const { return acceptor_.local_endpoint().port(); }
    std::vector<std::string> requests;

private:
    void serve() {
        for (const std::string& answer : answers_) {
            tcp::socket socket(loop_);
            acceptor_.accept(socket);
            ssl::stream<tcp::socket> stream(std::move(socket), context_);
            boost::system::error_code error;
            stream.handshake(ssl::stream_base::server, error);
            boost::asio::streambuf request;
            if (!error) {
                boost::asio::read_until(stream, request, "\r\n\r\n", error);
                requests.emplace_back(boost::asio::buffers_begin(request.data()),
                                      boost::asio::buffers_end(request.data()));
                boost::asio::write(stream, boost::asio::buffer(answer), error);
                stream.shutdown(error);
            }
        }
    }

    boost::asio::io_context loop_;
    ssl::context context_{ssl::context::tls_server};
    tcp::acceptor acceptor_{loop_, tcp::endpoint(boost::asio::ip::address_v4::loopback(), 0)};
    std::vector<std::string> answers_;
    std::thread thread_;
};

class StillClock final : public Clock {
public:
    [[nodiscard]] UtcTime now() const override { return now_ + steady_; }
    [[nodiscard]] Micros steady() const override { return steady_; }
    void advance(Micros by) { steady_ += by; }

private:
    UtcTime now_ = *parse_iso_time("2026-04-01T08:00:00Z");
    Micros steady_{std::chrono::hours{1}};
};

std::string answer(const std::string& head, const std::string& body = "") {
    return "HTTP/1.1 " + head + "\r\nContent-Length: " + std::to_string(body.size()) +
           "\r\nConnection: close\r\n\r\n" + body;
}

struct Fetching {
    explicit Fetching(const TemporaryFolder& own, std::uint16_t port) : folder(own) {
        options.fetch.endpoint = {"https", "localhost", port, "/docket.ics"};
        options.fetch.ca = folder.file("localhost.pem");
        options.fetch.file = "docket.ics";
        options.folder = folder.path() / "in";
        options.memory = folder.path() / "fetch.json";
    }

    /// One question and its answer.
    void ask(FeedFetcher& fetcher) const {
        fetcher.step();
        REQUIRE(fetcher.is_under_way());
        const auto until = std::chrono::steady_clock::now() + std::chrono::seconds{20};
        while (fetcher.is_under_way() && std::chrono::steady_clock::now() < until) {
            fetcher.wait_for_news(std::chrono::seconds{1});
        }
        REQUIRE_FALSE(fetcher.is_under_way());
    }
    [[nodiscard]] std::unique_ptr<FeedFetcher> fetcher() const {
        auto made = FeedFetcher::create(options, clock);
        REQUIRE(made);
        return std::move(*made);
    }
    [[nodiscard]] std::size_t files() const {
        namespace fs = std::filesystem;
        return fs::exists(options.folder) ? static_cast<std::size_t>(std::distance(
                                                fs::directory_iterator(options.folder), {}))
                                          : 0;
    }

    const TemporaryFolder& folder;
    FeedFetcher::Options options;
    StillClock clock;
};

}  // namespace

TEST_CASE("what is new becomes a file, twice; what then has not changed does not", "[kit][fetch]") {
    const TemporaryFolder folder;
    make_certificate(folder, "localhost");
    const Server server(
        folder, "localhost",
        {answer("200 OK\r\nETag: \"v1\"\r\nLast-Modified: Wed, 01 Apr 2026 07:00:00 GMT",
                "BEGIN:VCALENDAR"),
         answer("200 OK\r\nETag: \"v1\"\r\nLast-Modified: Wed, 01 Apr 2026 07:00:00 GMT",
                "BEGIN:VCALENDAR"),
         answer("304 Not Modified"), answer("200 OK\r\nETag: \"v2\"", "BEGIN:VCALENDAR"),
         answer("200 OK\r\nETag: \"v3\"", "BEGIN:VCALENDAR2"),
         answer("200 OK\r\nETag: \"v3\"", "BEGIN:VCALENDAR2")});
    Fetching fetching(folder, server.port());
    auto fetcher = fetching.fetcher();
    fetching.ask(*fetcher);
    CHECK(std::filesystem::exists(fetching.options.folder / "docket-20260401T090000Z.ics"));
    fetcher->step();
    CHECK_FALSE(fetcher->is_under_way());
    for (const std::size_t files : {2U, 2U, 2U, 3U, 4U}) {
        fetching.clock.advance(kFetchEvery);
        fetcher = fetching.fetcher();  // what it knew outlives it
        fetching.ask(*fetcher);
        CHECK(fetching.files() == files);
    }
    const auto has = [&server](std::size_t request, const char* header) {
        return server.requests.at(request).find(header) != std::string::npos;
    };
    CHECK_FALSE(has(0, "If-None-Match"));
    CHECK_FALSE(has(1, "If-None-Match"));  // the same list has to be told again
    CHECK(has(2, "If-None-Match: \"v1\"\r\n"));
    CHECK(has(2, "If-Modified-Since: Wed, 01 Apr 2026 07:00:00 GMT\r\n"));
    CHECK(has(4, "If-None-Match: \"v2\"\r\n"));
    CHECK_FALSE(has(5, "If-None-Match"));
}

TEST_CASE("after failures the wait doubles, and a Retry-After is kept", "[kit][fetch]") {
    const TemporaryFolder folder;
    make_certificate(folder, "localhost");
    const Server server(folder, "localhost",
                        {answer("503 Later\r\nRetry-After: 36000"), answer("500 Broken"),
                         answer("302 Found\r\nLocation: https://elsewhere.example/"),
                         "nonsense\r\n\r\n", answer("200 OK", "x")});
    Fetching fetching(folder, server.port());
    const auto fetcher = fetching.fetcher();
    fetching.ask(*fetcher);
    CHECK(fetcher->wait() == std::chrono::hours{10});
    fetching.clock.advance(fetcher->wait());
    fetching.ask(*fetcher);
    CHECK(fetcher->wait() == 2 * kFetchEvery);
    fetching.clock.advance(fetcher->wait());
    fetching.ask(*fetcher);
    CHECK(fetcher->problem().find("302") != std::string::npos);
    CHECK(fetcher->wait() == 4 * kFetchEvery);
    fetching.clock.advance(fetcher->wait());
    fetching.ask(*fetcher);
    CHECK(fetcher->failures() == 4);
    CHECK(fetching.files() == 0);
    fetching.clock.advance(fetcher->wait());
    fetching.ask(*fetcher);
    CHECK(fetcher->failures() == 0);
    CHECK(fetcher->wait() == kFetchEvery);
}

TEST_CASE("a server whose certificate is not the authority's, or another's, is not believed",
          "[kit][fetch]") {
    const TemporaryFolder folder;
    make_certificate(folder, "localhost");
    make_certificate(folder, "elsewhere");
    const Server server(folder, "elsewhere", {"", ""});
    Fetching stranger(folder, server.port());
    const auto one = stranger.fetcher();
    stranger.ask(*one);
    CHECK(one->failures() == 1);
    Fetching misnamed(folder, server.port());
    misnamed.options.fetch.ca = folder.file("elsewhere.pem");
    const auto other = misnamed.fetcher();
    misnamed.ask(*other);
    CHECK(other->failures() == 1);
    CHECK(misnamed.files() == 0);
}

TEST_CASE("[fetch] takes https alone, a name with an ending, and no haste", "[kit][fetch]") {
    const TemporaryFolder folder;
    const auto read = [&](const std::string& text) {
        return read_fetch_config(folder.write("c.toml", "[fetch]\n" + text));
    };
    const auto config =
        read("url = \"https://court.example/cal/docket.ics?room=4\"\nca = \"ca.pem\"\n");
    REQUIRE(config);
    CHECK((*config)->file == "docket.ics");
    CHECK((*config)->endpoint.port == 443);
    CHECK((*config)->ca == folder.path() / "ca.pem");
    CHECK_FALSE(read("url = \"http://court.example/docket.ics\"\n"));
    CHECK_FALSE(read("url = \"https://court.example/docket\"\n"));
    CHECK_FALSE(read("url = \"https://court.example/d.ics\"\nevery_minutes = 5\n"));
    CHECK_FALSE(read("url = \"https://court.example/d.ics\"\nfile = \"../d.ics\"\n"));
    CHECK_FALSE(*read_fetch_config(folder.write("n.toml", "[feed]\n")));
}

}  // namespace carehub::adapters
