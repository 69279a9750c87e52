#include <map>

#include "adapters/housing/export_set.hpp"
#include "adapters/housing/read_export.hpp"
#include "hub/base/check.hpp"
#include "tests/fuzz/targets.hpp"
#include "tests/fuzz/told.hpp"

namespace carehub::fuzz {
namespace {

using namespace adapters::housing;

constexpr std::string_view kMark = "=== ";
/// More than HUD's 24 files teach nothing.
constexpr std::size_t kFilesMax = 32;

const Site& site() {
    static const Site kSite{"fuzz", {"Etc/UTC", {{UtcTime{}, std::chrono::seconds{0}}}}, ""};
    return kSite;
}

std::map<std::string, std::string> files_of(std::string_view text) {
    std::map<std::string, std::string> files;
    while (text.starts_with(kMark) && files.size() < kFilesMax) {
        text.remove_prefix(kMark.size());
        const std::size_t line = std::min(text.find('\n'), text.size());
        std::string_view name = text.substr(0, line);
        name.remove_suffix(name.ends_with('\r') ? 1 : 0);
        text.remove_prefix(std::min(line + 1, text.size()));
        const std::size_t next = text.find("\n=== ");
        const std::size_t end = next == std::string_view::npos ? text.size() : next + 1;
        files.emplace(name, text.substr(0, end));
        text.remove_prefix(end);
    }
    return files;
}

adapters::Parsed read(const std::map<std::string, std::string>& files, KnownRows& known) {
    auto parsed = read_export_set(ExportSet::of_texts(files), "export", site(), known);
    CAREHUB_CHECK(parsed, "an export in memory is read or refused");
    return std::move(*parsed);
}

}  // namespace

bool run_hmis(ByteView bytes) {
    const auto files = files_of(as_text(bytes));
    KnownRows known;
    const adapters::Parsed parsed = read(files, known);
    check_told(parsed);
    const auto kept = KnownRows::from_text(known.to_text());
    CAREHUB_CHECK(kept && *kept == known, "known rows that do not read back");
    CAREHUB_CHECK(read(files, known).events.empty(), "the same export told something twice");
    return !parsed.events.empty();
}

}  // namespace carehub::fuzz
