#include "adapters/housing/corpus.hpp"

#include <algorithm>
#include <cstdlib>

#include "hub/base/zone_database.hpp"

namespace carehub::adapters::housing {

namespace fs = std::filesystem;

fs::path corpus_folder(const fs::path& source_folder) {
    const char* told = std::getenv("CAREHUB_CORPUS");
    return told != nullptr ? fs::path(told) : source_folder / ".." / "shared" / "corpus";
}

std::vector<fs::path> corpus_exports(const fs::path& corpus) {
    std::vector<fs::path> exports;
    for (const char* part : {"hmis", "malformed"}) {
        std::error_code error;
        for (fs::recursive_directory_iterator at(corpus / part, error), end; !error && at != end;
             at.increment(error)) {
            if (at->is_directory() && fs::exists(at->path() / "Export.csv")) {
                exports.push_back(at->path());
            }
        }
    }
    std::ranges::sort(exports);
    return exports;
}

const Site& corpus_site() {
    static const Site site{"corpus", load_zone("America/New_York").value(), ""};
    return site;
}

}  // namespace carehub::adapters::housing
