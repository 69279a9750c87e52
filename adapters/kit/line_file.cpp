#include "adapters/kit/line_file.hpp"

#include <algorithm>

#include <boost/json.hpp>

#include "adapters/kit/file.hpp"
#include "adapters/kit/text.hpp"

namespace carehub::adapters {
namespace {

/// Partners' column and file names may be in any encoding; JSON is UTF-8.
std::string readable(const std::string& text) {
    std::string out = text;
    if (!is_utf8(out)) {
        std::ranges::replace_if(
            out, [](char c) { return static_cast<unsigned char>(c) >= 0x80; }, '?');
    }
    return out;
}

}  // namespace

Result<PlacedLines> LineFile::place(std::string text) const {
    if (text.empty()) {
        return PlacedLines{};
    }
    CAREHUB_TRY(const File file, File::open(path_, OpenFor::Writing));
    CAREHUB_TRY(const std::uint64_t end, file.size());
    return PlacedLines{end, std::move(text)};
}

Status LineFile::put(const PlacedLines& lines) {
    if (lines.text.empty()) {
        return {};
    }
    CAREHUB_TRY(File file, File::open(path_, OpenFor::Writing));
    CAREHUB_TRY(const std::uint64_t end, file.size());
    Bytes there(lines.text.size());
    CAREHUB_TRY(const std::size_t got, file.read_at(lines.offset, there));
    there.resize(got);
    const bool ours = end >= lines.offset && lines.text.starts_with(as_text(there));
    CAREHUB_TRY_DONE(file.write_at(ours ? lines.offset : end, as_bytes(lines.text)));
    return file.sync();
}

std::string refusal_line(const RecordRefusal& refusal) {
    const RefusalReason reason = refusal.refusal.reason;
    return boost::json::serialize(boost::json::object{{"file", readable(refusal.file)},
                                                      {"line", refusal.line},
                                                      {"field", readable(refusal.refusal.field)},
                                                      {"code", static_cast<std::uint16_t>(reason)},
                                                      {"name", std::string(name_of(reason))},
                                                      {"why", readable(refusal.why)},
                                                      {"fix", readable(refusal.refusal.fix)}}) +
           "\n";
}

std::string finding_line(const Finding& finding) {
    return boost::json::serialize(boost::json::object{{"file", readable(finding.file)},
                                                      {"line", finding.line},
                                                      {"field", readable(finding.field)},
                                                      {"what", readable(finding.what)}}) +
           "\n";
}

}  // namespace carehub::adapters
