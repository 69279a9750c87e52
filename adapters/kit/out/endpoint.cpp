#include "adapters/kit/out/endpoint.hpp"

#include <algorithm>
#include <charconv>

#include <boost/asio/ip/address.hpp>

#include "adapters/kit/limits.hpp"

namespace carehub::adapters {
namespace {

tl::unexpected<Error> invalid(std::string_view what) {
    return fail(ErrorCode::Invalid, std::string(what));
}

bool is_host_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_';
}

bool is_target_character(char c) { return c > ' ' && c < 0x7f && c != '#'; }

/// Takes the host off the front; an IPv6 address stands in brackets.
Result<std::string> take_host(std::string_view& rest) {
    boost::system::error_code error;
    if (rest.starts_with('[')) {
        const std::size_t end = rest.find(']');
        const std::string host(rest.substr(1, end == std::string_view::npos ? 0 : end - 1));
        boost::asio::ip::make_address_v6(host, error);
        if (error) {
            return invalid("has no IPv6 address between its brackets");
        }
        rest.remove_prefix(end + 1);
        return host;
    }
    const std::size_t end = rest.find_first_of(":/?");
    const std::string host(rest.substr(0, end));
    if (host.empty() || !std::ranges::all_of(host, is_host_character)) {
        return invalid("names no host: write scheme://host:port/path");
    }
    rest.remove_prefix(host.size());
    return host;
}

Result<std::uint16_t> take_port(std::string_view& rest, std::uint16_t otherwise) {
    std::uint16_t port = otherwise;
    if (rest.starts_with(':')) {
        rest.remove_prefix(1);
        const char* const end = rest.data() + rest.size();
        const auto [stop, error] = std::from_chars(rest.data(), end, port);
        port = error == std::errc{} ? port : std::uint16_t{0};
        rest.remove_prefix(static_cast<std::size_t>(stop - rest.data()));
    }
    if (port == 0) {
        return invalid("needs a port: write scheme://host:port");
    }
    return port;
}

}  // namespace

std::string Endpoint::authority() const {
    const bool bracketed = host.find(':') != std::string::npos;
    return (bracketed ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

bool Endpoint::is_loopback() const {
    boost::system::error_code error;
    const auto address = boost::asio::ip::make_address(host, error);
    return error ? host == "localhost" : address.is_loopback();
}

Result<Endpoint> parse_endpoint(std::string_view text, std::uint16_t port) {
    const std::size_t colon = text.find("://");
    if (colon == std::string_view::npos || text.size() > kEndpointBytesMax) {
        return invalid("is no address: write scheme://host:port/path");
    }
    Endpoint endpoint;
    endpoint.scheme = text.substr(0, colon);
    std::string_view rest = text.substr(colon + 3);
    CAREHUB_TRY(endpoint.host, take_host(rest));
    CAREHUB_TRY(endpoint.port, take_port(rest, port));
    if (!rest.empty() && (rest.front() != '/' || !std::ranges::all_of(rest, is_target_character))) {
        return invalid("has a path that no request can carry");
    }
    endpoint.target = rest.empty() ? "/" : std::string(rest);
    return endpoint;
}

}  // namespace carehub::adapters
