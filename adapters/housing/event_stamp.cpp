#include "adapters/housing/event_stamp.hpp"

#include <algorithm>
#include <array>
#include <type_traits>

#include "adapters/kit/sha256.hpp"

namespace carehub::adapters::housing {
namespace {

/// Part of every hash: a new way of mapping rows must give new ids.
constexpr std::string_view kMapping = "carehub housing 1";
constexpr std::string_view kIdentifierType = "HMIS";

constexpr std::array<std::string_view, kPartsMax> kSuffixes = {
    "", "/move-in", "/deceased", "/L1", "/L2", "/L3", "/L4", "/L5", "/L6", "/L7", "/L8"};

std::string_view suffix(Part part) { return kSuffixes[static_cast<std::size_t>(part)]; }

std::uint16_t bit(Part part) {
    return static_cast<std::uint16_t>(1U << static_cast<unsigned>(part));
}

EventKind derived_kind(Part part) {
    if (part == Part::MoveIn) {
        return EventKind::HousingMoveIn;
    }
    return part == Part::Deceased ? EventKind::ClientDeceased : EventKind::HousingLossReported;
}

std::uint8_t rank_of(EventKind kind) {
    constexpr std::array kOrder = {
        EventKind::PersonUpserted, EventKind::HousingEnrollmentStarted,
        EventKind::HousingMoveIn,  EventKind::LivingSituationRecorded,
        EventKind::HousingExit,    EventKind::HousingLossReported,
        EventKind::ClientDeceased,
    };
    return static_cast<std::uint8_t>(std::ranges::find(kOrder, kind) - kOrder.begin());
}

/// Collects what is hashed; texts carry their length, so that no two lists read the same.
class Meaning {
public:
    void add(std::string_view text) {
        bytes_ += std::to_string(text.size());
        bytes_ += ':';
        bytes_ += text;
    }
    void add(std::int64_t number) { bytes_ += std::to_string(number) + ';'; }
    void add(std::optional<Date> date) {
        date ? add(std::int64_t{date->time_since_epoch().count()}) : add(std::string_view("-"));
    }
    void add(UtcTime time) { add(std::int64_t{time.time_since_epoch().count()}); }
    template <class E>
    requires std::is_enum_v<E>
    void add(E value) { add(static_cast<std::int64_t>(value)); }

    void add(const HousingClaim& claim) {
        add(claim.project);
        add(std::int64_t{claim.project_type});
        add(claim.enrollment);
        add(claim.household);
        add(std::optional<Date>(claim.date));
        add(std::int64_t{claim.situation});
        add(claim.situation_class);
        add(std::int64_t{claim.subsidy});
        add(claim.move_in);
        add(std::int64_t{claim.destination});
        add(claim.leave_14d);
        add(claim.grade);
        add(claim.deadline);
        add(std::int64_t{claim.subsequent_residence});
        add(std::int64_t{claim.time_to_loss});
        add(std::int64_t{claim.exit_reason});
    }
    void add(const PersonClaim& claim) {
        for (const PersonName& name : claim.names) {
            add(name.family);
            add(name.given);
        }
        add(claim.birth);
        add(claim.sex);
        add(claim.deceased_at);
    }

    [[nodiscard]] Hash256 hash() const { return sha256(as_bytes(bytes_)); }

private:
    std::string bytes_;
};

std::uint64_t first_bytes(const Hash256& hash) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < sizeof value; ++i) {
        value = value << 8U | hash[i];
    }
    return value;
}

UtcTime recorded_at(const Site& site, const RowBase& row) {
    return row.updated ? to_utc(site.zone, *row.updated).time : kUnknownTime;
}

}  // namespace

Hash256 EventStamp::meaning(const RowDraft& row) const {
    Meaning meaning;
    meaning.add(kMapping);
    meaning.add(site_.feed);
    meaning.add(site_.zone.name);
    meaning.add(row.row->person);
    meaning.add(std::int64_t{row.row->deleted});
    meaning.add(recorded_at(site_, *row.row));
    meaning.add(std::int64_t{row.labels.bits});
    for (const Draft& draft : row.drafts) {
        meaning.add(draft.kind);
        meaning.add(draft.occurred_at);
        if (const auto* housing = std::get_if<HousingClaim>(&draft.payload)) {
            meaning.add(*housing);
        } else {
            meaning.add(std::get<PersonClaim>(draft.payload));
        }
    }
    return meaning.hash();
}

void EventStamp::take(const RowDraft& row) {
    const std::string_view table = row.file.substr(0, row.file.find('.'));
    const std::string key = authority_ + '/' + std::string(table) + '/' + row.row->id;
    const Hash256 hash = meaning(row);
    KnownRows::Version now{first_bytes(hash), 0};
    const KnownRows::Version* before = known_.find(key);
    if (before != nullptr && before->hash == now.hash) {
        return;
    }
    const std::uint16_t told = before == nullptr ? std::uint16_t{0} : before->parts;
    const std::string old_id = before == nullptr ? "" : key + '/' + hash_text(before->hash);

    Submission event;
    event.feed = site_.feed;
    event.identifiers.push_back({authority_, std::string(kIdentifierType), row.row->person});
    event.recorded_at = recorded_at(site_, *row.row);
    event.zone = site_.zone.name;
    event.labels = row.labels;
    event.raw_sha256 = hash;
    event.source_msg_id = key + '/' + hash_text(now.hash);

    if (!row.row->deleted) {
        for (const Draft& draft : row.drafts) {
            now.parts = static_cast<std::uint16_t>(now.parts | bit(draft.part));
            Submission own = event;
            own.supersedes_key = (told & bit(draft.part)) != 0
                                     ? old_id + std::string(suffix(draft.part))
                                     : std::string();
            emit(row, draft, std::move(own));
        }
    } else if (told == 0) {
        report_.find({row.file, row.row->line}, name_of(Column::DateDeleted),
                     "a deleted row that was never told: nothing to withdraw");
    }
    for (std::uint8_t i = 0; i < kPartsMax; ++i) {
        const Part part{i};
        if ((told & bit(part)) != 0 && (now.parts & bit(part)) == 0) {
            event.supersedes_key = old_id + std::string(suffix(part));
            withdraw(row, part, event);
        }
    }
    versions_.emplace_back(key, now);
}

void EventStamp::emit(const RowDraft& row, const Draft& draft, Submission event) {
    event.kind = draft.kind;
    event.source_msg_id += suffix(draft.part);
    event.business_key = draft.business_key;
    event.occurred_at = draft.occurred_at;
    event.occurred_precision = draft.precision;
    event.time_flags = draft.time_flags;
    event.payload = draft.payload;
    const bool is_person = draft.kind == EventKind::PersonUpserted;
    const UtcTime at = is_person ? UtcTime::min() : std::max(draft.occurred_at, row.earliest);
    events_.push_back({at, rank_of(draft.kind), std::move(event)});
}

void EventStamp::withdraw(const RowDraft& row, Part part, Submission event) {
    event.correction = true;
    const auto same = std::ranges::find(row.drafts, part, &Draft::part);
    if (same != row.drafts.end()) {
        emit(row, *same, std::move(event));
        return;
    }
    // The row no longer says it: the withdrawal carries what the row says now.
    Draft draft = row.drafts.front();
    draft.part = part;
    draft.kind = derived_kind(part);
    if (part == Part::Deceased) {
        draft.payload = PersonClaim{};
    }
    emit(row, draft, std::move(event));
}

std::vector<Submission> EventStamp::take_events() {
    std::ranges::sort(events_, [](const Ordered& a, const Ordered& b) {
        return std::tie(a.at, a.rank, a.event.source_msg_id) <
               std::tie(b.at, b.rank, b.event.source_msg_id);
    });
    std::vector<Submission> events;
    events.reserve(events_.size());
    for (Ordered& ordered : events_) {
        events.push_back(std::move(ordered.event));
    }
    events_.clear();
    return events;
}

void EventStamp::remember(KnownRows& known) {
    for (auto& [key, version] : versions_) {
        known.set(std::move(key), version);
    }
    versions_.clear();
}

}  // namespace carehub::adapters::housing
