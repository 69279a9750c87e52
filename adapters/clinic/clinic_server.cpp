#include "adapters/clinic/clinic_server.hpp"

#include "adapters/clinic/fhir_door.hpp"
#include "adapters/clinic/mllp_door.hpp"

namespace carehub::adapters::clinic {

struct ClinicServer::Doors {
    Doors(ClinicConfig config_, HubLink& link, RawArchive* archive, Counts& counts)
        : config(std::move(config_)), noticing(link), desk(noticing, archive, counts) {}

    ClinicConfig config;
    NoticingLink noticing;
    std::unique_ptr<ControlIds> ids;
    HubDesk desk;  ///< before the doors: its loop outlives what listens on it
    std::unique_ptr<MllpDoor> mllp;
    std::unique_ptr<FhirDoor> fhir;       ///< null: none asked for
    std::unique_ptr<NoticesOut> notices;  ///< null: none asked for
};

ClinicServer::ClinicServer(std::unique_ptr<Doors> doors) : doors_(std::move(doors)) {}
ClinicServer::~ClinicServer() = default;

Result<std::unique_ptr<ClinicServer>> ClinicServer::open(ClinicConfig config, HubLink& link,
                                                         RawArchive* archive, Counts& counts,
                                                         const std::filesystem::path& control_ids) {
    // Asio reports a lack of descriptors for its loop by throwing, nothing else here does.
    try {
        auto doors = std::make_unique<Doors>(std::move(config), link, archive, counts);
        CAREHUB_TRY(doors->ids, ControlIds::open(control_ids, SystemClock().now()));
        CAREHUB_TRY(doors->mllp, MllpDoor::open(doors->config.site, doors->config.listen,
                                                doors->desk, *doors->ids));
        if (doors->config.fhir) {
            CAREHUB_TRY(doors->fhir,
                        FhirDoor::open(doors->config.site, *doors->config.fhir, doors->desk));
        }
        if (doors->config.out) {
            CAREHUB_TRY(doors->notices,
                        out::open_notices(*doors->config.out, doors->desk.loop(), link, counts));
            doors->noticing.attach(doors->notices->sender());
        }
        return std::unique_ptr<ClinicServer>(new ClinicServer(std::move(doors)));
    } catch (const boost::system::system_error& error) {
        return fail(ErrorCode::Io, "cannot start the event loop: " + error.code().message());
    }
}

std::uint16_t ClinicServer::port() const { return doors_->mllp->port(); }

std::uint16_t ClinicServer::fhir_port() const { return doors_->fhir ? doors_->fhir->port() : 0; }

Status ClinicServer::run(const std::atomic<bool>& stop) {
    return doors_->desk.run(stop, [this] {
        doors_->mllp->close();
        if (doors_->fhir) {
            doors_->fhir->close();
        }
    });
}

std::uint64_t ClinicServer::not_acted_on() const { return doors_->desk.messages_not_acted_on(); }

}  // namespace carehub::adapters::clinic
