#include "adapters/clinic/named_before.hpp"

#include <algorithm>
#include <iterator>

#include "adapters/clinic/limits.hpp"
#include "adapters/clinic/mapping/codes.hpp"
#include "adapters/kit/sha256.hpp"

namespace carehub::adapters::clinic {
namespace {

constexpr std::size_t kDigestBytesInId = 8;

/// Whether they are somebody else's: none the same, and some that could be.
bool are_of_another(const std::vector<Identifier>& a, const std::vector<Identifier>& b) {
    bool comparable = false;
    for (const Identifier& one : a) {
        for (const Identifier& other : b) {
            if (one == other) {
                return false;
            }
            comparable = comparable || (one.authority == other.authority && one.type == other.type);
        }
    }
    return comparable;
}

bool is_gone(const Submission& told, const std::vector<Submission>& events) {
    return std::ranges::all_of(events, [&](const Submission& event) {
        return are_of_another(told.identifiers, event.identifiers);
    });
}

bool tells_death(const Submission& event) {
    const auto* stay = std::get_if<EncounterClaim>(&event.payload);
    return stay != nullptr && stay->disposition == Disposition::Deceased;
}

/// The correction of what was told; nothing where it took itself back, or is about the person alone.
std::optional<Submission> correction_of(Submission event, const std::vector<Submission>& told) {
    const EventKind before = event.kind;
    if (auto* visit = std::get_if<ObligationClaim>(&event.payload)) {
        event.kind = EventKind::AppointmentDeleted;
        visit->status = ObligationStatus::EnteredInError;
    } else if (std::holds_alternative<EncounterClaim>(event.payload)) {
        event.kind = before == EventKind::AdmissionPlanned ? EventKind::AdmissionPlanCancelled
                                                           : EventKind::EncounterStartCancelled;
    } else if (auto* person = std::get_if<PersonClaim>(&event.payload);
               before == EventKind::ClientDeceased && person != nullptr &&
               std::ranges::any_of(told, tells_death)) {
        person->deceased_at = kUnknownTime;
    } else {
        return std::nullopt;
    }
    if (event.kind == before && before != EventKind::ClientDeceased) {
        return std::nullopt;
    }
    event.correction = true;
    return event;
}

std::vector<Submission> corrections_of(const std::vector<Submission>& told,
                                       const std::vector<Submission>& events) {
    std::vector<Submission> corrections;
    for (const Submission& one : told) {
        if (!is_gone(one, events)) {
            continue;
        }
        const auto correction = correction_of(one, told);
        const bool is_new =
            correction && std::ranges::none_of(corrections, [&](const Submission& other) {
                return other.kind == correction->kind &&
                       other.business_key == correction->business_key &&
                       other.identifiers == correction->identifiers;
            });
        if (is_new) {
            corrections.push_back(*correction);
        }
    }
    return corrections;
}

/// Where both are one client with the hub, the correction ended the stay that goes on: it begins anew.
std::optional<Submission> beginning_of(const std::vector<Submission>& events) {
    const auto first = std::ranges::find_if(events, [](const Submission& event) {
        return std::holds_alternative<EncounterClaim>(event.payload);
    });
    if (first == events.end() || first->kind == EventKind::EncounterStarted ||
        first->kind == EventKind::AdmissionPlanned || is_correction(first->kind)) {
        return std::nullopt;
    }
    Submission begun = *first;
    auto& stay = std::get<EncounterClaim>(begun.payload);
    begun.kind = EventKind::EncounterStarted;
    begun.occurred_at = stay.start != kUnknownTime ? stay.start : begun.occurred_at;
    stay.end = kUnknownTime;
    stay.disposition = Disposition::Unset;
    stay.discharged_to.clear();
    stay.age.reset();
    return begun;
}

}  // namespace

NamedBefore::Put& NamedBefore::last_of(const std::string& address) {
    if (const auto known = recent_.find(address); known != recent_.end()) {
        return known->second;
    }
    if (recent_.size() == kNamedAddressesMax) {
        older_ = std::move(recent_);
        recent_.clear();
    }
    Put put;
    if (const auto known = older_.find(address); known != older_.end()) {
        put = std::move(known->second);
        older_.erase(known);
    }
    return recent_.emplace(address, std::move(put)).first->second;
}

bool NamedBefore::take_back(const Telling& telling, std::vector<Submission>& events) {
    if (events.empty()) {
        return false;
    }
    Put& put = last_of(telling.address);
    if (put.body != telling.body) {
        std::vector<Submission> back = corrections_of(put.told, events);
        auto begun = back.empty() ? std::nullopt : beginning_of(events);
        for (Submission& one : back) {
            one.occurred_at = events.front().occurred_at;
            one.occurred_precision = events.front().occurred_precision;
            one.recorded_at = events.front().recorded_at;
        }
        if (begun) {
            back.push_back(*std::move(begun));
        }
        const std::string id = events.front().feed + "|" + telling.address + "|former|" +
                               to_hex(ByteView(telling.body).first(kDigestBytesInId)) +
                               (telling.again.empty() ? "" : "~" + telling.again) + "/";
        for (std::size_t i = 0; i < back.size(); ++i) {
            back[i].source_msg_id = id + std::to_string(i + 1);
            back[i].raw_sha256 = telling.body;
        }
        put = {telling.body, events, std::move(back)};
    }
    events.insert(events.begin(), put.taken_back.begin(), put.taken_back.end());
    return !put.taken_back.empty();
}

}  // namespace carehub::adapters::clinic
