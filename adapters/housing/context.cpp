#include "adapters/housing/context.hpp"

#include <algorithm>

#include "adapters/housing/codes.hpp"
#include "adapters/housing/limits.hpp"

namespace carehub::adapters::housing {

static_assert(kHmisIdBytesMax <= 0xFF, "a household's length is one byte");

const ProjectRow* Context::project(const std::string& id) const {
    const auto place = project_places.find(id);
    return place == project_places.end() ? nullptr : &projects[place->second];
}

std::string_view Context::household_of(const EnrollmentContext& enrollment) const {
    const auto size = static_cast<std::uint8_t>(households_[enrollment.household]);
    return std::string_view(households_).substr(enrollment.household + 1, size);
}

std::uint32_t Context::keep_household(std::string_view household) {
    const auto place = static_cast<std::uint32_t>(households_.size());
    households_ += static_cast<char>(household.size());
    households_ += household;
    return place;
}

Labels Context::labels_of(const EnrollmentContext& enrollment) const {
    Labels labels = projects[enrollment.project].labels;
    labels.add(Labels{enrollment.labels});
    if (fleeing.contains(enrollment.person)) {
        labels.add(SecurityLabel::DvProtected);
        labels.add(SecurityLabel::LocationProtected);
    }
    return labels;
}

std::size_t Context::housed_entries(std::uint64_t person, Date day) const {
    const auto [first, last] = std::equal_range(housed_entries_.begin(), housed_entries_.end(),
                                                HousedEntry{person, day_number(day)});
    return static_cast<std::size_t>(last - first);
}

void Context::remember_stay(const EnrollmentContext& enrollment, SituationClass prior) {
    if (enrollment.deleted) {
        return;
    }
    const std::uint8_t type = projects[enrollment.project].type;
    const Date entry = date_of(enrollment.entry);
    // The prior situation is where the person was the night before.
    history.add(enrollment.person, entry - std::chrono::days{1}, prior);
    if (is_homeless_project(type)) {
        history.add(enrollment.person, entry, SituationClass::Homeless);
    }
    if (is_permanent_housing(type)) {
        housed_entries_.push_back({enrollment.person, enrollment.entry});
        if (const auto moved_in = enrollment.moved_in()) {
            history.add(enrollment.person, *moved_in, SituationClass::Permanent);
        }
    }
}

void Context::add(const EnrollmentRow& row) {
    const auto place = project_places.find(row.project);
    if (place == project_places.end()) {
        return;
    }
    const auto [enrollment, is_new] = enrollments.insert(id_hash(row.base.id));
    if (!is_new) {
        return;
    }
    enrollment->person = id_hash(row.base.person);
    enrollment->project = place->second;
    enrollment->household = keep_household(row.household);
    enrollment->entry = day_number(row.entry);
    enrollment->move_in = row.move_in ? day_number(*row.move_in) : EnrollmentContext::kNoDay;
    enrollment->deleted = row.base.deleted;
    people.insert(enrollment->person);
    remember_stay(*enrollment, situation_class(row.situation));
}

void Context::add(const ExitRow& row) {
    if (!row.base.deleted) {
        history.add(id_hash(row.base.person), row.date, situation_class(row.destination));
    }
}

void Context::add(const SituationRow& row) {
    if (!row.base.deleted) {
        history.add(id_hash(row.base.person), row.date, situation_class(row.situation));
    }
}

std::uint32_t Context::place_of_project(const KnownRow& row) {
    const auto [place, is_new] =
        project_places.try_emplace(row.project, static_cast<std::uint32_t>(projects.size()));
    if (is_new) {
        projects.push_back({row.project, "", row.project_type, {}});
    }
    return place->second;
}

bool Context::keep_protection(const KnownRow& row) {
    if (row.table == Table::Client && Labels{row.labels}.has(SecurityLabel::DvProtected)) {
        return fleeing.insert(id_hash(row.person)).second;
    }
    EnrollmentContext* const told =
        row.table == Table::Enrollment ? enrollments.find(id_hash(row.id)) : nullptr;
    if (told == nullptr || (row.labels & ~told->labels) == 0) {
        return false;
    }
    told->labels |= row.labels;
    return true;
}

void Context::add_known_place(const KnownRow& row) {
    const bool tells_place = row.table == Table::Exit || row.table == Table::Situation;
    if (row.parts != 0 && tells_place && !hangs_on_deleted(row)) {
        history.add(id_hash(row.person), row.date, situation_class(row.situation));
    }
}

void Context::add_known(const KnownRow& row, bool is_told) {
    if (row.table == Table::ProviderProject) {
        return;
    }
    keep_protection(row);
    if (is_told || row.parts == 0) {
        return;
    }
    add_known_place(row);
    if (row.table != Table::Enrollment || provider_projects.contains(row.project)) {
        return;
    }
    const auto [enrollment, is_new] = enrollments.insert(id_hash(row.id));
    if (!is_new) {
        return;
    }
    enrollment->person = id_hash(row.person);
    enrollment->project = place_of_project(row);
    enrollment->household = keep_household(row.household);
    enrollment->entry = day_number(row.date);
    enrollment->move_in = row.move_in ? day_number(*row.move_in) : EnrollmentContext::kNoDay;
    enrollment->labels = row.labels;
    people.insert(enrollment->person);
    remember_stay(*enrollment, situation_class(row.situation));
}

void Context::settle() {
    history.sort();
    std::ranges::sort(housed_entries_);
}

}  // namespace carehub::adapters::housing
