#include "hub/core/identity_claims.hpp"

#include <algorithm>

#include "hub/core/alerts.hpp"
#include "hub/core/link_acts.hpp"
#include "hub/core/links.hpp"
#include "hub/core/rehearsal.hpp"
#include "hub/core/repartition.hpp"

namespace carehub::core {
namespace {

class IdentityWriter {
public:
    IdentityWriter(Draft& draft, const RuleSet& rules, const Input& input)
        : draft_(draft),
          rules_(rules),
          state_(draft.before()),
          partner_(*state_.partner(input.principal)) {
        const auto& submission = std::get<SubmissionInput>(input.body);
        named_ = submission.survivor;
        named_.insert(named_.end(), submission.prior.begin(), submission.prior.end());
    }

    /// They are one person's.
    std::set<ClientId> join() {
        std::set<ClientId> clients;
        for (const NamedSubject& one : named_) {
            if (const ClientId client = client_of(state_, one.subject); !client.is_none()) {
                clients.insert(client);
            }
        }
        const Link* own = own_link();
        if (clients.size() == 1 && own != nullptr) {
            for (const NamedSubject& one : named_) {
                assert_link(one, *own);
            }
        }
        return clients;
    }

    /// They are not one person's: what the partner asserted between these two ends, and what it
    /// joined to the client through the one that leaves.
    void part() {
        std::vector<SubjectHash> leaving;
        for (const NamedSubject& one : named_) {
            const Link* link = state_.links.find(one.subject);
            if (link != nullptr && is_own(*link) &&
                (link->through.is_none() || is_named(link->through))) {
                leaving.push_back(one.subject);
            }
        }
        for (std::size_t i = 0; i < leaving.size(); ++i) {
            const Link* link = state_.links.find(leaving[i]);
            end_link(draft_, rules_, draft_.open(state_.effective(link->client)), *link);
            for (const auto& [subject, other] : state_.links) {
                if (is_own(other) && other.through == leaving[i] &&
                    std::ranges::find(leaving, other.subject) == leaving.end()) {
                    leaving.push_back(other.subject);
                }
            }
        }
    }

private:
    [[nodiscard]] bool is_own(const Link& link) const {
        return link.holds() && link.method == LinkMethod::PartnerAsserted &&
               link.asserted_by == partner_.id;
    }
    [[nodiscard]] bool is_named(const SubjectHash& subject) const {
        return std::ranges::find(named_, subject, &NamedSubject::subject) != named_.end();
    }

    /// Of an identifier that is this partner's own, and a client's.
    const Link* own_link() const {
        for (const NamedSubject& one : named_) {
            const Link* link = state_.links.find(one.subject);
            if (link != nullptr && !client_of(state_, one.subject).is_none() &&
                link->partner == partner_.name && link->scheme == one.scheme) {
                return link;
            }
        }
        return nullptr;
    }

    void assert_link(const NamedSubject& one, const Link& own) {
        const ClientId client = state_.effective(own.client);
        if (one.subject.is_none() || one.scheme != own.scheme ||
            !client_of(state_, one.subject).is_none() ||
            is_separated(state_, one.subject, client) || is_decided(one.subject)) {
            return;
        }
        Case& subject = draft_.open(client);
        const Case* aside = draft_.subject(aside_of(one.subject));
        if (aside != nullptr && !fits_together(subject, *aside)) {
            return;  // a person will see that something is wrong there
        }
        Link link;
        link.subject = one.subject;
        link.client = own.client;
        link.method = LinkMethod::PartnerAsserted;
        link.asserted_by = partner_.id;
        link.valid_from = draft_.now();
        link.source = draft_.sequence();
        link.partner = partner_.name;
        link.scheme = one.scheme;
        link.through = own.subject;
        draft_.decisions.links.push_back(link);
        if (aside != nullptr) {
            bring_aside(draft_, one.subject, subject);
            settle(draft_, subject, rules_, {});
        }
    }

    bool is_decided(SubjectHash subject) const {
        const auto& links = draft_.decisions.links;
        return std::ranges::find(links, subject, &Link::subject) != links.end();
    }

    Draft& draft_;
    const RuleSet& rules_;
    const State& state_;
    const Partner& partner_;
    std::vector<NamedSubject> named_;
};

}  // namespace

std::set<ClientId> apply_identity(Draft& draft, const RuleSet& rules, const Input& input) {
    const auto& submission = std::get<SubmissionInput>(input.body);
    const auto* told = std::get_if<IdentityClaim>(&submission.claim.payload);
    if (told == nullptr || told->level != IdentityLevel::Patient ||
        is_rehearsing(draft.before(), input.principal)) {
        return {};
    }
    IdentityWriter writer(draft, rules, input);
    const EventKind kind = submission.claim.kind;
    if (kind == EventKind::IdentifiersMerged || kind == EventKind::IdentifiersLinked ||
        kind == EventKind::IdentifierChanged) {
        return writer.join();
    }
    if (kind == EventKind::IdentifiersUnlinked) {
        writer.part();
    }
    return {};
}

}  // namespace carehub::core
