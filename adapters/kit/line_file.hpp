// A file of JSON lines that people read: refusals.jsonl and findings.jsonl.
//
// Contract: put() with the place and text of an interrupted put() completes it instead of writing
// the lines twice; where the file was moved away or changed since, the lines go to its end.
// Errors: Io, SyncFailed. Threads: confined to one thread.
#pragma once

#include <filesystem>
#include <string>

#include "adapters/kit/partner_kind.hpp"

namespace carehub::adapters {

/// Lines and where in their file they belong.
struct PlacedLines {
    std::uint64_t offset = 0;
    std::string text;
    friend bool operator==(const PlacedLines&, const PlacedLines&) = default;
};

class LineFile {
public:
    explicit LineFile(std::filesystem::path path) : path_(std::move(path)) {}

    /// `text` placed at the present end of the file.
    [[nodiscard]] Result<PlacedLines> place(std::string text) const;
    [[nodiscard]] Status put(const PlacedLines& lines);

private:
    std::filesystem::path path_;
};

/// {"file","line","field","code","name","why","fix"} and a line end.
[[nodiscard]] std::string refusal_line(const RecordRefusal& refusal);
/// {"file","line","field","what"} and a line end.
[[nodiscard]] std::string finding_line(const Finding& finding);

}  // namespace carehub::adapters
