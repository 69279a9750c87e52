// Where a door of the clinic listens, to whom, and behind which certificate.
// Threads: plain data.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace carehub::adapters::clinic {

/// PEM files. Every client proves itself with a certificate that `client_ca` signed; without one
/// the door has to prove its clients by other means.
struct TlsFiles {
    std::filesystem::path certificate;  ///< the chain, our own first
    std::filesystem::path key;
    std::filesystem::path client_ca;
    /// Names (DNS, or CN where a certificate has none) one of which the client's has to carry;
    /// empty: any that client_ca signed.
    std::vector<std::string> clients;
};

struct ListenAt {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;  ///< 0: any free one, told when ready
    /// Addresses and networks ("10.1.2.3", "10.1.2.0/24") that may connect; empty: all.
    std::vector<std::string> allow = {};
    std::optional<TlsFiles> tls = std::nullopt;
};

/// "10.1.2.3:2575", "[::1]:2575".
[[nodiscard]] inline std::string host_and_port(const std::string& address, std::uint16_t port) {
    const bool v6 = address.find(':') != std::string::npos;
    return (v6 ? "[" + address + "]" : address) + ":" + std::to_string(port);
}

/// The FHIR endpoint.
struct FhirListen {
    ListenAt listen;
    std::string base;  ///< its address as clients know it; empty: as it listens
    /// SHA-256 of each bearer token that is taken, in hexadecimal; empty: certificates prove.
    std::vector<std::string> tokens;
};

}  // namespace carehub::adapters::clinic
