#include "hub/core/matters.hpp"

#include <algorithm>

#include "hub/base/mix.hpp"
#include "hub/core/keyed.hpp"
#include "hub/core/series.hpp"

namespace carehub::core {
namespace {

struct MatterOfKind {
    EventKind event;
    MatterKind matter;
};

/// The matter that an event begins, states or ends. A move-in and an exit are also situations.
constexpr MatterOfKind kMatterOfKind[] = {
    {EventKind::HousingEnrollmentStarted, MatterKind::Enrollment},
    {EventKind::HousingMoveIn, MatterKind::Situation},
    {EventKind::HousingExit, MatterKind::Enrollment},
    {EventKind::LivingSituationRecorded, MatterKind::Situation},
    {EventKind::HousingReferral, MatterKind::Referral},
    {EventKind::TenancyNotice, MatterKind::TenancyNotice},
    {EventKind::TenancySecured, MatterKind::TenancyKept},
    {EventKind::HousingLossReported, MatterKind::HousingLoss},
    {EventKind::MovePlanned, MatterKind::Move},
    {EventKind::MoveNoticeRecorded, MatterKind::MoveNotice},
    {EventKind::SupervisionStarted, MatterKind::Supervision},
    {EventKind::SupervisionEnded, MatterKind::Supervision},
    {EventKind::WarrantIssued, MatterKind::Warrant},
    {EventKind::WarrantCleared, MatterKind::Warrant},
};

bool is_end(EventKind kind) {
    return kind == EventKind::HousingExit || kind == EventKind::SupervisionEnded ||
           kind == EventKind::WarrantCleared;
}

class MatterWriter {
public:
    MatterWriter(Records<Matter>& matters, const Submission& claim, const Telling& telling)
        : matters_(matters),
          claim_(claim),
          telling_(telling),
          housing_(std::get_if<HousingClaim>(&claim.payload)) {}

    void write() {
        const auto* const known =
            std::ranges::find(kMatterOfKind, claim_.kind, &MatterOfKind::event);
        if (known == std::end(kMatterOfKind)) {
            return;
        }
        tell(known->matter);
        if (claim_.kind == EventKind::HousingExit) {
            tell(MatterKind::Situation);
        }
    }

private:
    void tell(MatterKind kind) {
        const MatterId id = matter_id(kind, claim_.kind, telling_.business_key, telling_.sequence);
        const Matter* known = find(matters_, id);
        const bool stale = known != nullptr && is_stale(known->version, telling_.version);
        if (stale && !claim_.correction) {
            return;
        }
        Matter matter = known != nullptr ? *known : new_matter(id, kind);
        describe(matter);
        const bool same = known != nullptr && known->since == matter.since &&
                          known->until == matter.until && known->due_at == matter.due_at &&
                          known->grade == matter.grade && known->situation == matter.situation &&
                          known->withdrawn == matter.withdrawn;
        matter.told_at = same ? matter.told_at : telling_.now;
        matter.last_kind = claim_.kind;
        matter.labels.add(telling_.labels);
        matter.told_under = telling_.told_under;
        matter.version = telling_.version;
        matter.last = telling_.sequence;
        put_matter(matters_, matter);
    }

    [[nodiscard]] Matter new_matter(MatterId id, MatterKind kind) const {
        Matter matter;
        matter.id = id;
        matter.partner = telling_.partner;
        matter.kind = kind;
        matter.first = telling_.sequence;
        matter.since = claim_.occurred_at;
        return matter;
    }

    void describe(Matter& matter) const {
        const bool ends = is_end(claim_.kind) && matter.kind != MatterKind::Situation;
        if (ends) {
            const bool taken_back = claim_.correction && housing_ != nullptr;
            matter.until = taken_back ? kNever : claim_.occurred_at;
        } else {
            matter.since = claim_.occurred_at;
            if (matter.until == kNever || goes_on(matter)) {
                matter.until = ended_by_itself();
            }
            matter.withdrawn = claim_.correction && (housing_ != nullptr || is_warrant());
        }
        matter.zone = telling_.zone;
        matter.due_at = telling_.due_at;
        if (housing_ != nullptr) {
            describe_housing(matter);
        }
    }

    [[nodiscard]] bool is_warrant() const { return claim_.kind == EventKind::WarrantIssued; }

    /// An end that is known stays, whatever is told of the beginning again; unless an agency takes
    /// the end back, or something of the same key begins after it.
    [[nodiscard]] bool goes_on(const Matter& matter) const {
        return (claim_.correction && housing_ == nullptr) || matter.since >= matter.until ||
               matter.kind == MatterKind::Referral;
    }

    /// A referral ends with its result.
    [[nodiscard]] UtcTime ended_by_itself() const {
        if (claim_.kind != EventKind::HousingReferral || housing_ == nullptr ||
            (housing_->result == 0 && !housing_->result_date)) {
            return kNever;
        }
        return housing_->result_date ? UtcTime{*housing_->result_date} : telling_.now;
    }

    void describe_housing(Matter& matter) const {
        matter.grade = housing_->grade;
        const bool keeps_home =
            claim_.kind == EventKind::HousingMoveIn || claim_.kind == EventKind::TenancySecured;
        matter.situation = keeps_home ? SituationClass::Permanent : housing_->situation_class;
        if (matter.kind == MatterKind::Enrollment) {
            matter.code = housing_->project_type;
        } else if (matter.kind == MatterKind::Referral) {
            matter.code = housing_->event_code;
        }
    }

    Records<Matter>& matters_;
    const Submission& claim_;
    const Telling& telling_;
    const HousingClaim* housing_;
};

/// What can be forgotten first: withdrawn or over, then what is oldest.
auto age_of(const Matter& matter) {
    const bool lasts =
        !matter.withdrawn && matter.until == kNever && matter.kind != MatterKind::Situation;
    return std::make_tuple(lasts, matter.since, matter.id);
}

}  // namespace

MatterId matter_id(MatterKind kind, EventKind told_by, const Hash128& business_key, Sequence at) {
    Mix128 mix;
    mix.add(static_cast<std::uint64_t>(kind));
    if (kind == MatterKind::Situation) {
        mix.add(static_cast<std::uint64_t>(told_by));
    }
    return business_key == Hash128{} ? MatterId{mix.add(at.value).value()}
                                     : MatterId{mix.add(business_key).value()};
}

void put_matters(Records<Matter>& matters, const Submission& claim, const Telling& telling) {
    MatterWriter(matters, claim, telling).write();
}

void put_matter(Records<Matter>& matters, const Matter& matter) {
    matters.put(matter);
    if (matters.size() > kMattersKept) {
        auto& own = matters.edit();
        own.erase(std::ranges::min_element(own, {}, age_of));
    }
}

}  // namespace carehub::core
