#include "tools/carehub/adapter_kinds.hpp"

#include "adapters/clinic/batch_file.hpp"
#include "adapters/clinic/profile_sketch.hpp"
#include "adapters/clinic/site_config.hpp"
#include "adapters/court/court_reader.hpp"
#include "adapters/court/profile_sketch.hpp"
#include "adapters/housing/read_export.hpp"
#include "adapters/kit/drop/partner_out.hpp"
#include "adapters/kit/file.hpp"
#include "adapters/supervision/profile_sketch.hpp"
#include "adapters/supervision/read_file.hpp"

namespace carehub::tool {
namespace {

namespace fs = std::filesystem;
namespace clinic = adapters::clinic;
namespace court = adapters::court;
namespace housing = adapters::housing;
namespace supervision = adapters::supervision;

using adapters::Parsed;
using adapters::ParseFile;
using adapters::Takes;

/// [out] is read by whoever tells notices; who looks at a configuration hears what is wrong there
/// too.
Status check_out(const fs::path& config) {
    CAREHUB_TRY([[maybe_unused]] const auto out, adapters::read_partner_out(config));
    return {};
}

template <Result<std::string> (*kSketch)(std::string_view sample)>
Result<std::string> sketch_with_out(std::string_view sample) {
    CAREHUB_TRY(const std::string text, kSketch(sample));
    return text + std::string(adapters::partner_out_sketch());
}

Result<ParseFile> clinic_reader(const fs::path& config, const ReadingTime& /*time*/) {
    CAREHUB_TRY(clinic::ClinicConfig read, clinic::load_config(config));
    return ParseFile([site = std::move(read.site)](const fs::path& file, std::string& /*state*/) {
        return clinic::read_batch_file(file, site);
    });
}

Result<ParseFile> housing_reader(const fs::path& config, const ReadingTime& /*time*/) {
    CAREHUB_TRY(housing::Site site, housing::read_site(config));
    CAREHUB_TRY_DONE(check_out(config));
    return ParseFile([site = std::move(site)](const fs::path& file, std::string& state) {
        return housing::read_export(file, site, state);
    });
}

Result<adapters::ReadLargeFile> large_housing_reader(const fs::path& config) {
    CAREHUB_TRY(housing::Site site, housing::read_site(config));
    return adapters::ReadLargeFile([site = std::move(site)](const fs::path& file,
                                                            std::string& state,
                                                            const adapters::FeedDesk& desk) {
        return housing::read_export(file, site, state, &desk);
    });
}

Result<Parsed> read_court_file(const fs::path& file, const court::Site& site,
                               const ReadingTime& time, std::string& state) {
    CAREHUB_TRY(const UtcTime now, time.now());
    CAREHUB_TRY(court::SnapshotStore store, court::SnapshotStore::from_json(state));
    CAREHUB_TRY(Parsed parsed, court::read_file(file, site, store, now));
    state = store.to_json();
    return parsed;
}

Result<ParseFile> court_reader(const fs::path& config, const ReadingTime& time) {
    CAREHUB_TRY(court::Site site, court::load_site(config));
    CAREHUB_TRY_DONE(check_out(config));
    return ParseFile([site = std::move(site), time](const fs::path& file, std::string& state) {
        return read_court_file(file, site, time, state);
    });
}

Result<Parsed> read_agency_file(const fs::path& file, const supervision::Site& site,
                                const ReadingTime& time, std::string& state) {
    CAREHUB_TRY(const UtcTime modified, adapters::modified_at(file));
    CAREHUB_TRY(const UtcTime file_time, time.instead_of(modified));
    return supervision::read_agency_file(file, site, state, file_time);
}

Result<ParseFile> supervision_reader(const fs::path& config, const ReadingTime& time) {
    CAREHUB_TRY(supervision::Site site, supervision::read_site(config));
    CAREHUB_TRY_DONE(check_out(config));
    return ParseFile([site = std::move(site), time](const fs::path& file, std::string& state) {
        return read_agency_file(file, site, time, state);
    });
}

constexpr FileKind kFileKinds[] = {
    {"clinic", Takes::Files, ".hl7", clinic::sketch_profile, clinic_reader},
    {"housing", Takes::FilesAndSets, ".zip", nullptr, housing_reader, large_housing_reader},
    {"court", Takes::Files, ".ics", sketch_with_out<court::sketch_profile>, court_reader},
    {"supervision", Takes::Files, "", sketch_with_out<supervision::sketch_profile>,
     supervision_reader},
};

}  // namespace

std::span<const FileKind> file_kinds() { return kFileKinds; }

fs::path state_folder_of(const fs::path& config) {
    return config.parent_path() / (config.stem().string() + "-state");
}

}  // namespace carehub::tool
