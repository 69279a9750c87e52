#include "hub/follower/acknowledgements.hpp"

#include <algorithm>

namespace carehub::follower {

std::optional<Acknowledgements::Found> Acknowledgements::of(PartnerId recipient,
                                                            std::uint64_t number) {
    const Passages::Span span = passages_.acknowledged_within(recipient, number);
    if (span.until.value == 0) {
        return std::nullopt;
    }
    const auto [known, is_new] = read_.try_emplace({recipient, span.after});
    if (is_new) {
        known->second = read(recipient, span);
    }
    const auto covers = std::ranges::lower_bound(known->second, number, {}, &Found::number);
    return covers == known->second.end() ? std::nullopt : std::optional(*covers);
}

/// After a long silence only the last entry of the stretch holds one.
std::vector<Acknowledgements::Found> Acknowledgements::read(PartnerId recipient,
                                                            const Passages::Span& span) const {
    std::vector<Found> found;
    const std::uint64_t near = std::min(span.until.value, span.after.value + kEntriesPerMark);
    for (std::uint64_t at = span.after.value + 1; at <= near; ++at) {
        add({at}, recipient, found);
    }
    if (near < span.until.value) {
        add(span.until, recipient, found);
    }
    return found;
}

void Acknowledgements::add(Sequence entry, PartnerId recipient, std::vector<Found>& found) const {
    const auto head = entries_.head(entry);
    if (!head || head->input_kind != InputKind::Acknowledge) {
        return;
    }
    for (const Acknowledged& told : head->decisions.acknowledged) {
        if (told.recipient == recipient) {
            found.push_back({told.number, entry, head->at});
        }
    }
}

}  // namespace carehub::follower
