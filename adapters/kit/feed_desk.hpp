// What a feed lends a kind whose files may be larger than the memory: a place for files of its own,
// and a way to hand over events as they come instead of all at once.
//
// Contract: what is handed over joins the file's transaction; if the reading fails it counts for
// nothing. Files of the kind's own are named by it, never `feed-...`; which of them count is told
// by the kind's state, so the kind removes those its state does not name.
// Threads: confined to one thread. Lifetime: valid during one call of ReadLargeFile.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "adapters/kit/partner_kind.hpp"
#include "adapters/kit/sealing.hpp"

namespace carehub::adapters {

using EncodeSubmission = std::function<Result<Bytes>(const Submission&)>;

struct FeedDesk {
    std::filesystem::path folder;
    Sealing* sealing = nullptr;
    EncodeSubmission encode;
    /// Takes one encoded event. Full while the spool has no room: then the file is read again.
    std::function<Status(Bytes submission)> spool;
};

/// As ParseFile; the events go to the desk and not into Parsed.
using ReadLargeFile = std::function<Result<Parsed>(const std::filesystem::path& file,
                                                   std::string& state, const FeedDesk& desk)>;

}  // namespace carehub::adapters
