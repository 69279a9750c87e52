// The clinic's notices out: what [out] says of its formats, and the parts that make it go.
//
//   [out]        as adapters/kit/out/out_config.hpp; format "fhir", "hl7v2" or "webhook"
//   [out.fhir]   source
//   [out.hl7v2]  sending_application, sending_facility, receiving_application, receiving_facility,
//                processing_id
//
// Errors: Invalid naming the key that is unknown, missing or of the wrong kind, or the file that
// cannot be used. Threads: confined to the loop's thread.
#pragma once

#include "adapters/clinic/out/fhir_notice.hpp"
#include "adapters/clinic/out/hl7_notice.hpp"
#include "adapters/kit/out/notices_out.hpp"
#include "adapters/kit/out/out_config.hpp"

namespace carehub::adapters::clinic::out {

struct ClinicOut {
    OutConfig common;
    FhirNames fhir;
    Hl7Names hl7;
};

/// Nothing when the configuration has no [out].
[[nodiscard]] Result<std::optional<ClinicOut>> read_clinic_out(const toml::table& root,
                                                               const std::filesystem::path& folder);

/// Lifetime: borrows the loop, the link and the counts, as NoticesOut says.
[[nodiscard]] Result<std::unique_ptr<NoticesOut>> open_notices(const ClinicOut& config,
                                                               boost::asio::io_context& loop,
                                                               HubLink& link, Counts& counts);

}  // namespace carehub::adapters::clinic::out
