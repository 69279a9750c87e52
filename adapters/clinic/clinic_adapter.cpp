#include "adapters/clinic/clinic_adapter.hpp"

#include "adapters/clinic/mllp_server.hpp"
#include "adapters/clinic/site_config.hpp"
#include "hub/base/log.hpp"

namespace carehub::adapters::clinic {

Status run(const std::filesystem::path& config, HubLink& link, const std::atomic<bool>& stop,
           const OnReady& on_ready, Counts& counts) {
    CAREHUB_TRY(ClinicConfig read, load_config(config));
    const ListenAt at{read.address, read.port};
    CAREHUB_TRY(const auto server, MllpServer::listen(std::move(read.site), at, link, counts));
    on_ready(server->port());
    const Status done = server->run(stop);
    log::info("clinic", "messages not acted on: " + std::to_string(server->not_acted_on()));
    return done;
}

}  // namespace carehub::adapters::clinic
