#include "adapters/clinic/clinic_adapter.hpp"

#include "adapters/clinic/batch_file.hpp"
#include "adapters/clinic/clinic_server.hpp"
#include "hub/base/log.hpp"

namespace carehub::adapters::clinic {
namespace {

/// The raw archive with the key that seals it.
struct Archive {
    SystemRandom random;
    std::unique_ptr<Sealing> sealing;
    std::unique_ptr<RawArchive> archive;

    Status open(const std::filesystem::path& state_folder, const LinkSecrets& secrets,
                const RawArchiveLimits& limits) {
        CAREHUB_TRY(Sealing made, Sealing::of_link(secrets, random, SealingKey::RawArchive));
        sealing = std::make_unique<Sealing>(std::move(made));
        CAREHUB_TRY_DONE(make_folder(state_folder));
        CAREHUB_TRY(archive, RawArchive::open(raw_archive_folder(state_folder), *sealing, limits));
        return {};
    }
};

}  // namespace

Status run_doors(ClinicConfig config, const DoorSetting& setting, HubLink& link,
                 const std::atomic<bool>& stop, Counts& counts) {
    Archive archive;
    CAREHUB_TRY_DONE(archive.open(setting.state_folder, setting.link_secrets, config.raw_archive));
    const ListenAt mllp = config.listen;
    const ListenAt fhir = config.fhir ? config.fhir->listen : ListenAt{};
    CAREHUB_TRY(const auto server,
                ClinicServer::open(std::move(config), link, archive.archive.get(), counts,
                                   setting.state_folder / "control-ids"));
    setting.on_open(
        {host_and_port(mllp.address, server->port()),
         server->fhir_port() == 0 ? "" : host_and_port(fhir.address, server->fhir_port())});
    const Status done = server->run(stop);
    log::info("clinic", "messages not acted on: " + std::to_string(server->not_acted_on()));
    return done;
}

Status run_folder(ClinicConfig config, RunnerOptions options, HubLink& link,
                  const std::atomic<bool>& stop, Counts& counts) {
    Archive archive;
    CAREHUB_TRY_DONE(archive.open(options.state_folder, options.link_secrets, config.raw_archive));
    const SystemClock clock;
    const KeepRaw keep = [&](ByteView raw) -> Status {
        CAREHUB_TRY([[maybe_unused]] const Hash256 digest, archive.archive->put(raw, clock.now()));
        return {};
    };
    options.raw_archive = archive.archive.get();
    options.parse = [&keep, site = std::move(config.site)](const std::filesystem::path& file,
                                                           std::string& /*state*/) {
        return read_batch_file(file, site, keep);
    };
    const auto open = [&](boost::asio::io_context& loop) -> Result<std::unique_ptr<NoticesOut>> {
        if (!config.out) {
            return std::unique_ptr<NoticesOut>{};
        }
        return out::open_notices(*config.out, loop, link, counts);
    };
    return run_folder_and_notices(std::move(options), open, link, stop, counts);
}

}  // namespace carehub::adapters::clinic
