#include "hub/audit/trail_statement.hpp"

#include "hub/audit/base64.hpp"

namespace carehub::audit {

void TrailStatement::add(std::uint64_t entry, const Hash256& leaf,
                         std::span<const std::string> steps) {
    ++entries_;
    hash_.update(as_bytes("entry " + std::to_string(entry) + " " + to_base64(leaf) + "\n"));
    for (const std::string& step : steps) {
        hash_.update(as_bytes(step));
        hash_.update(as_bytes("\n"));
    }
}

std::string TrailStatement::text() {
    return "carehub trail statement 1\njournal " + origin_of(checkpoint_.journal) + "\nclient " +
           client_ + "\nsize " + std::to_string(checkpoint_.head.size) + "\nroot " +
           to_base64(checkpoint_.head.root) + "\ntime " + to_iso(checkpoint_.at) + "\nentries " +
           std::to_string(entries_) + "\nsha256 " + to_base64(hash_.finish()) + "\n";
}

}  // namespace carehub::audit
