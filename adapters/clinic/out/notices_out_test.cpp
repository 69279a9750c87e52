// [out] of a clinic's configuration, and a system that is told over MLLP.
#include "adapters/clinic/out/notices_out.hpp"

#include <thread>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>

#include "adapters/clinic/mllp_frame.hpp"
#include "adapters/clinic/out/mllp_target.hpp"
#include "adapters/clinic/out/test_notices.hpp"
#include "adapters/clinic/site_config.hpp"
#include "adapters/kit/out/delivery_id.hpp"
#include "tests/support/catch.hpp"

namespace carehub::adapters::clinic::out {
namespace {

using boost::asio::ip::tcp;

constexpr std::string_view kFeed =
    "[feed]\nname = \"northside\"\nzone = \"America/New_York\"\nauthority = \"NORTH\"\n[out]\n";

Result<ClinicConfig> config_of(const std::string& text) {
    return parse_config(std::string(kFeed) + text, "/srv/clinic");
}

std::string error_of(const std::string& text) {
    const auto config = config_of(text);
    return config ? "none" : config.error().context;
}

TEST_CASE("a clinic's [out] has tables of its formats", "[clinic][out]") {
    const auto hl7 = config_of(
        "format = \"hl7v2\"\nendpoint = \"mllps://ehr:2575\"\n[out.hl7v2]\n"
        "receiving_application = \"EHR\"\nprocessing_id = \"T\"\n");
    REQUIRE(hl7);
    REQUIRE(hl7->out);
    CHECK(hl7->out->hl7.sending_application == "CAREHUB");
    CHECK(hl7->out->hl7.receiving_application == "EHR");
    CHECK(hl7->out->hl7.processing_id == "T");
    CHECK(hl7->out->common.is_tls);
    const auto fhir = config_of(
        "format = \"fhir\"\nendpoint = \"https://ehr/fhir\"\n"
        "[out.fhir]\nsource = \"https://hub.example\"\n");
    REQUIRE(fhir);
    CHECK(fhir->out->fhir.source == "https://hub.example");
    CHECK(fhir->out->fhir.destination == "https://ehr:443/fhir");
    CHECK(fhir->out->common.kinds.size() == 27);
}

TEST_CASE("a table of another format, or a key nobody knows, is refused", "[clinic][out]") {
    using Catch::Matchers::Contains;
    const std::string hl7 = "format = \"hl7v2\"\nendpoint = \"mllps://ehr:2575\"\n";
    CHECK_THAT(error_of(hl7 + "[out.fhir]\nsource = \"x\"\n"), Contains("fhir is not known"));
    CHECK_THAT(error_of(hl7 + "[out.hl7v2]\nversion = \"2.3\"\n"),
               Contains("version is not known"));
    CHECK_THAT(error_of(hl7 + "[out.hl7v2]\nprocessing_id = \"X\"\n"), Contains("processing_id"));
}

/// Reads one frame and writes what it is told to.
std::string take_one(tcp::socket& socket, const std::string& answer) {
    FrameDecoder decoder;
    std::optional<Frame> frame;
    while (!(frame = decoder.next())) {
        std::array<std::uint8_t, 4096> buffer{};
        boost::system::error_code error;
        const std::size_t size = socket.read_some(boost::asio::buffer(buffer), error);
        if (error) {
            return {};
        }
        decoder.feed(ByteView(buffer).first(size));
    }
    // In two pieces, as a slow line brings it.
    const Bytes bytes = make_frame(answer);
    boost::asio::write(socket, boost::asio::buffer(bytes.data(), 5));
    boost::asio::write(socket, boost::asio::buffer(bytes.data() + 5, bytes.size() - 5));
    return std::string(as_text(frame->body));
}

TEST_CASE("a notice goes over MLLP and its answer decides", "[clinic][out]") {
    boost::asio::io_context theirs;
    tcp::acceptor acceptor(theirs, tcp::endpoint(boost::asio::ip::address_v4::loopback(), 0));
    const std::string id = delivery_id(busy());
    const auto answer = [&id](const std::string& code) {
        return "MSH|^~\\&|EHR|||||ACK|1|P|2.5.1\rMSA|" + code + "|" + id + "\r";
    };
    std::string first;
    std::thread server([&] {
        tcp::socket socket(theirs);
        acceptor.accept(socket);
        first = take_one(socket, answer("AA"));
        take_one(socket, answer("AE"));
    });
    boost::asio::io_context loop;
    KnownZones zones;
    MllpTarget target(
        loop, {{"mllp", "127.0.0.1", acceptor.local_endpoint().port(), "/"}, {}, kAnswerUsual},
        [&](const Notice& notice) { return render_hl7(notice, {}, kUnknownTime, zones); });
    const auto tell = [&](const Notice& notice) {
        std::optional<TargetAnswer> told;
        target.hand_over(notice, [&](const TargetAnswer& one) { told = one; });
        loop.restart();
        while (!told && loop.run_one() > 0) {
        }
        REQUIRE(told);
        return *told;
    };
    CHECK(tell(busy()).taking == Taking::Taken);
    CHECK(tell(busy()).taking == Taking::Refused);
    server.join();
    CHECK_THAT(first, Catch::Matchers::Contains("|" + id + "|P|2.5.1"));
    Notice timeless = busy();
    timeless.event.payload = ResourceClaim{};
    CHECK(tell(timeless).taking == Taking::Nothing);
    Notice nobody = busy();
    nobody.event.identifiers.clear();
    CHECK(tell(nobody).refusal.field == "identifiers");
    acceptor.close();
    CHECK(tell(busy()).taking == Taking::Away);
}

}  // namespace
}  // namespace carehub::adapters::clinic::out
