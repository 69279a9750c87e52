#include "hub/core/start_order.hpp"

#include <algorithm>
#include <tuple>

namespace carehub::core {
namespace {

using Entry = StartOrder::Entry;

bool is_before(const Entry& a, const Entry& b) {
    return std::tie(a.start, a.place) < std::tie(b.start, b.place);
}

Entry entry_of(const Obligation& record, std::size_t place) {
    return {record.start, static_cast<std::uint32_t>(place), record.status};
}

}  // namespace

void StartOrder::replaced(UtcTime start_before, const std::vector<Obligation>& all,
                          std::size_t place) {
    if (entries_.empty()) {
        return;
    }
    const Entry before{start_before, static_cast<std::uint32_t>(place), {}};
    entries_.erase(std::ranges::lower_bound(entries_, before, is_before));
    insert(all[place], place);
}

void StartOrder::added(const std::vector<Obligation>& all, std::size_t place) {
    if (entries_.empty()) {
        rebuild(all);
        return;
    }
    for (Entry& entry : entries_) {
        entry.place += entry.place >= place ? 1U : 0U;
    }
    insert(all[place], place);
}

void StartOrder::rebuild(const std::vector<Obligation>& all) {
    entries_.clear();
    if (all.size() < kKeptFrom) {
        return;
    }
    for (const Obligation& record : all) {
        entries_.push_back(entry_of(record, entries_.size()));
    }
    std::ranges::sort(entries_, is_before);
}

void StartOrder::insert(const Obligation& record, std::size_t place) {
    const Entry entry = entry_of(record, place);
    entries_.insert(std::ranges::lower_bound(entries_, entry, is_before), entry);
}

}  // namespace carehub::core
