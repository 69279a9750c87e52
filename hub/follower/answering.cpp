#include "hub/follower/answering.hpp"

#include <algorithm>

#include "hub/core/permit.hpp"

namespace carehub::follower {

std::string Answering::argument(const std::string& name) const {
    const auto found = asked.arguments.find(name);
    return found == asked.arguments.end() ? "" : found->second;
}

bool Answering::may_read(const core::Case& subject) const {
    return asked.reader.role != StaffRole::CaseManager ||
           state.text(subject.client.owner) == asked.reader.name;
}

tl::expected<const core::Case*, Answer> Answering::readable_case() const {
    const core::Case* subject = state.find_case(client);
    if (subject == nullptr) {
        return tl::unexpected(
            refuse(RefusalReason::UnknownClient, "client", "name a client of the roster"));
    }
    if (!may_read(*subject)) {
        return tl::unexpected(
            refuse(RefusalReason::NotAllowed, "client", "ask the client's own case manager"));
    }
    return subject;
}

bool Answering::reader_sees(const core::Case& subject, const Obligation& obligation) const {
    const core::Recipient owner{subject.client.owner, PartnerKind::Staff};
    return asked.reader.role != StaffRole::CaseManager ||
           core::permit(state, subject, core::disclosed_of(obligation), owner, state.now).form !=
               Form::Unset;
}

bool Answering::reader_sees(const Entry& entry) const {
    return asked.reader.role != StaffRole::CaseManager ||
           std::ranges::none_of(entry.decisions.routes, [this](const Route& route) {
               return route.withheld != Withheld::Unset &&
                      state.text(route.recipient) == asked.reader.name;
           });
}

Answer refuse(RefusalReason reason, std::string field, std::string fix) {
    return {{}, {reason, std::move(field), std::move(fix)}};
}

std::string text_of(const json::object& object) { return json::serialize(object); }

bool is_listed(AlertState state) {
    return state != AlertState::Closed && state != AlertState::Suppressed;
}

}  // namespace carehub::follower
