// Whose each record of the agency is, by its id, and which have turned out to be another person's.
//
// Contract: ids are the agency's own and name one record each, unless it is seen to count per person:
// one id that stands with two persons at a time, in a file or in what is known. Then no record has moved.
// A person's own row in the file keeps the record with them. Threads: confined to one thread.
// Lifetime: of the known rows.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "adapters/supervision/known_rows.hpp"

namespace carehub::adapters::supervision {

/// A record that is another person's now.
struct MovedRecord {
    std::string id;
    std::string from;      ///< the person's number it stood with
    std::string from_key;  ///< what the memory calls it there
};

class RecordOwners {
public:
    explicit RecordOwners(const KnownRows& known);

    /// A row of the file: the record stands with that person.
    void tell(const std::string& id, const std::string& client) {
        if (!id.empty()) {
            told_[id].insert(client);
        }
    }
    /// The record stood with another person before.
    [[nodiscard]] bool stood_with_another(const std::string& id, const std::string& client) const;
    /// After the last row.
    [[nodiscard]] std::vector<MovedRecord> moved() const;

private:
    std::map<std::string, std::map<std::string, std::string>> known_;  ///< id -> person -> key
    std::map<std::string, std::set<std::string>> told_;                ///< id -> persons
};

}  // namespace carehub::adapters::supervision
