#include "adapters/clinic/out/notices_out.hpp"

#include "adapters/clinic/out/judge_fhir.hpp"
#include "adapters/clinic/out/mllp_target.hpp"
#include "adapters/clinic/out/told.hpp"
#include "adapters/kit/out/http_out.hpp"
#include "adapters/kit/out/told_kinds.hpp"

namespace carehub::adapters::clinic::out {
namespace {

constexpr std::string_view kFhir = "fhir";
constexpr std::string_view kHl7 = "hl7v2";

std::vector<OutFormat> formats() {
    return {{kFhir, "http", kHttpPort, kHttpsPort, hl7_kinds(), false, true},
            {kHl7, "mllp", 0, 0, hl7_kinds(), false, false},
            webhook_format(kinds_for_care())};
}

Status read_hl7(const toml::table& table, Hl7Names& names) {
    constexpr std::string_view kWhere = "out.hl7v2";
    CAREHUB_TRY_DONE(
        refuse_unknown_keys(table, kWhere,
                            {"sending_application", "sending_facility", "receiving_application",
                             "receiving_facility", "processing_id"}));
    const auto read = [&](std::string_view key, std::string& name) -> Status {
        CAREHUB_TRY(std::string told, optional_text(table, kWhere, key));
        name = told.empty() ? name : std::move(told);
        return {};
    };
    CAREHUB_TRY_DONE(read("sending_application", names.sending_application));
    CAREHUB_TRY_DONE(read("sending_facility", names.sending_facility));
    CAREHUB_TRY_DONE(read("receiving_application", names.receiving_application));
    CAREHUB_TRY_DONE(read("receiving_facility", names.receiving_facility));
    CAREHUB_TRY_DONE(read("processing_id", names.processing_id));
    if (names.processing_id != "P" && names.processing_id != "T" && names.processing_id != "D") {
        return fail(ErrorCode::Invalid, "[out.hl7v2] processing_id is \"P\", \"T\" or \"D\"");
    }
    return {};
}

Status read_fhir(const toml::table& table, FhirNames& names) {
    constexpr std::string_view kWhere = "out.fhir";
    CAREHUB_TRY_DONE(refuse_unknown_keys(table, kWhere, {"source"}));
    CAREHUB_TRY(std::string source, optional_text(table, kWhere, "source"));
    names.source = source.empty() ? names.source : std::move(source);
    return {};
}

RenderNotice hl7_renderer(const Hl7Names& names) {
    return [names, zones = std::make_shared<KnownZones>()](const Notice& notice) {
        return render_hl7(notice, names, SystemClock().now(), *zones);
    };
}

RenderNotice fhir_renderer(const FhirNames& names) {
    return [names, zones = std::make_shared<KnownZones>()](const Notice& notice) {
        return render_fhir(notice, names, SystemClock().now(), *zones);
    };
}

Result<std::unique_ptr<NoticeTarget>> open_target(const ClinicOut& config,
                                                  boost::asio::io_context& loop) {
    const OutConfig& common = config.common;
    if (common.format == kHl7) {
        CAREHUB_TRY(ClientTls tls, client_tls(common));
        MllpSetting setting{common.endpoint, std::move(tls), common.answer_max};
        return std::make_unique<MllpTarget>(loop, std::move(setting), hl7_renderer(config.hl7));
    }
    return common.format == kFhir
               ? open_http_target(common, loop, fhir_renderer(config.fhir), judge_fhir)
               : open_webhook(common, loop);
}

}  // namespace

Result<std::optional<ClinicOut>> read_clinic_out(const toml::table& root,
                                                 const std::filesystem::path& folder) {
    const std::vector<OutFormat> known = formats();
    CAREHUB_TRY(auto common, read_out_config(root, folder, known));
    if (!common) {
        return std::nullopt;
    }
    ClinicOut config;
    config.common = std::move(*common);
    CAREHUB_TRY(const toml::table out, table_of(root, "out"));
    CAREHUB_TRY(const toml::table own, table_of(out, config.common.format));
    if (config.common.format == kHl7) {
        CAREHUB_TRY_DONE(read_hl7(own, config.hl7));
    } else if (config.common.format == kFhir) {
        CAREHUB_TRY_DONE(read_fhir(own, config.fhir));
        config.fhir.destination = config.common.endpoint.text();
    } else {
        CAREHUB_TRY_DONE(refuse_unknown_keys(own, "out.webhook", {}));
    }
    return config;
}

Result<std::unique_ptr<NoticesOut>> open_notices(const ClinicOut& config,
                                                 boost::asio::io_context& loop, HubLink& link,
                                                 Counts& counts) {
    CAREHUB_TRY(auto target, open_target(config, loop));
    return std::make_unique<NoticesOut>(std::move(target), config.common.kinds, link, counts);
}

}  // namespace carehub::adapters::clinic::out
