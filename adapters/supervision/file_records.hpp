// What one file has said of each record so far.
//
// Contract: a record is told one thing at one time. Of two words the one that was told later counts,
// wherever it stands; two of the same time that differ contradict each other, and the second does
// not count, so that the same file read again gives nothing. Threads: confined to one thread.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "hub/base/utc_time.hpp"

namespace carehub::adapters::supervision {

class FileRecords {
public:
    /// Records that share a key because the agency gives no id: the first that is told keeps it, one
    /// with another mark (the hour of a check-in) is numbered behind it, in the file's order.
    [[nodiscard]] std::string key_of(const std::string& shared, const std::string& mark);

    /// Whether the file has told another thing of this record, at that time.
    [[nodiscard]] bool contradicts(const std::string& key, const std::string& says, UtcTime told);

private:
    struct Word {
        std::string says;
        UtcTime told;
    };
    std::map<std::string, std::vector<std::string>> marks_;
    std::map<std::string, Word> words_;
};

}  // namespace carehub::adapters::supervision
