#include "adapters/supervision/record_owners.hpp"

#include <algorithm>

namespace carehub::adapters::supervision {

RecordOwners::RecordOwners(const KnownRows& known) {
    for (const auto& [key, row] : known.all()) {
        if (!row.id.empty() && row.status != RowStatus::Cancelled) {
            known_[row.id][row.client] = key;
        }
    }
}

bool RecordOwners::stood_with_another(const std::string& id, const std::string& client) const {
    const auto owners = known_.find(id);
    return owners != known_.end() && !owners->second.contains(client);
}

std::vector<MovedRecord> RecordOwners::moved() const {
    const auto stands_twice = [](const auto& entry) { return entry.second.size() > 1; };
    std::vector<MovedRecord> moved;
    if (std::ranges::any_of(known_, stands_twice) || std::ranges::any_of(told_, stands_twice)) {
        return moved;
    }
    for (const auto& [id, clients] : told_) {
        if (stood_with_another(id, *clients.begin())) {
            const auto& [from, key] = *known_.at(id).begin();
            moved.push_back({id, from, key});
        }
    }
    return moved;
}

}  // namespace carehub::adapters::supervision
