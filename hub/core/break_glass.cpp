#include "hub/core/break_glass.hpp"

#include "hub/base/mix.hpp"
#include "hub/core/alerts.hpp"
#include "hub/core/keyed.hpp"
#include "hub/core/limits.hpp"
#include "hub/core/matters.hpp"

namespace carehub::core {

void note_broken_glass(Draft& draft, Case& subject, const RuleSet& rules, PartnerId reader) {
    const UtcTime begin{draft.now() - draft.now().time_since_epoch() % Micros{kBreakGlassSpan}};
    const MatterId id{Mix128()
                          .add(static_cast<std::uint64_t>(MatterKind::BreakGlass))
                          .add(reader.value)
                          .add(begin)
                          .value()};
    const Matter* known = find(subject.matters, id);
    Matter matter = known == nullptr ? Matter{} : *known;
    if (known == nullptr) {
        matter.id = id;
        matter.kind = MatterKind::BreakGlass;
        matter.since = draft.now();
        matter.told_at = draft.now();
        matter.zone = subject.client.zone;
        matter.first = draft.sequence();
    }
    matter.last = draft.sequence();
    put_matter(subject.matters, matter);
    settle(draft, subject, rules, {});
}

}  // namespace carehub::core
