// The shared corpus of real HMIS exports: where it is, and what each export ends as.
#pragma once

#include <filesystem>
#include <vector>

#include "adapters/housing/read_export.hpp"

namespace carehub::adapters::housing {

/// $CAREHUB_CORPUS, else corpus/ in the folder `shared` beside `source_folder`.
[[nodiscard]] std::filesystem::path corpus_folder(const std::filesystem::path& source_folder);

/// The folders of the corpus that hold an HMIS export, in order of path.
[[nodiscard]] std::vector<std::filesystem::path> corpus_exports(
    const std::filesystem::path& corpus);

/// Feed "corpus", zone America/New_York, the export's own authority.
[[nodiscard]] const Site& corpus_site();

}  // namespace carehub::adapters::housing
