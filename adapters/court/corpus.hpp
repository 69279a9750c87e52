// Walks the corpus of real files through the adapter: for the corpus test and for the table of
// refusals.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "adapters/kit/partner_kind.hpp"

namespace carehub::adapters::court {

struct CorpusFile {
    std::string path;  ///< below the corpus folder
    Parsed parsed;
    std::string error;  ///< of the file as a whole, empty if it was read
    std::chrono::milliseconds took{};
};

/// $CAREHUB_CORPUS, else the folder `shared/corpus` beside the sources; nothing when it is not
/// there.
[[nodiscard]] std::optional<std::filesystem::path> corpus_folder();

/// Calendars with the UID as case number, at two moments; tables with the profile that fits them.
[[nodiscard]] std::vector<CorpusFile> walk_corpus(const std::filesystem::path& corpus);

/// The part of the standard that the refusal appeals to.
[[nodiscard]] std::string section_of(const Refusal& refusal);

}  // namespace carehub::adapters::court
