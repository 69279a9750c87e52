#include "adapters/housing/event_stamp.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <type_traits>

namespace carehub::adapters::housing {
namespace {

/// Part of every hash: a new way of mapping rows must give new ids.
constexpr std::string_view kMapping = "carehub housing 2";
constexpr std::string_view kIdentifierType = "HMIS";

static_assert(kPartsMax <= RowMark::kPartBits);
constexpr std::array<std::string_view, kPartsMax> kSuffixes = {
    "", "/move-in", "/deceased", "/L1", "/L2", "/L3", "/L4", "/L5", "/L6", "/L7", "/L8"};

std::string_view suffix(Part part) { return kSuffixes[static_cast<std::size_t>(part)]; }

/// Each rule's loss is a matter of its own: one that a correction replaces takes no other along.
std::string_view own_key(EventKind kind, Part part) {
    return kind == EventKind::HousingLossReported ? suffix(part) : std::string_view{};
}

std::uint16_t bit(Part part) {
    return static_cast<std::uint16_t>(1U << static_cast<unsigned>(part));
}

EventKind kind_of(Table table, Part part) {
    switch (part) {
        case Part::Primary: return info_of(table).kind;
        case Part::MoveIn: return EventKind::HousingMoveIn;
        case Part::Deceased: return EventKind::ClientDeceased;
        case Part::LossL1:
        case Part::LossL2:
        case Part::LossL3:
        case Part::LossL4:
        case Part::LossL5:
        case Part::LossL6:
        case Part::LossL7:
        case Part::LossL8: break;
    }
    return EventKind::HousingLossReported;
}

std::uint8_t rank_of(EventKind kind) {
    constexpr std::array kOrder = {
        EventKind::PersonUpserted,         EventKind::HousingEnrollmentStarted,
        EventKind::HousingMoveIn,          EventKind::LivingSituationRecorded,
        EventKind::HousingServiceProvided, EventKind::HousingAssessmentRecorded,
        EventKind::HousingReferral,        EventKind::HousingExit,
        EventKind::HousingLossReported,    EventKind::ClientDeceased,
    };
    return static_cast<std::uint8_t>(std::ranges::find(kOrder, kind) - kOrder.begin());
}

/// Collects what is hashed; texts carry their length, so that no two lists read the same.
class Meaning {
public:
    Meaning(std::string& bytes, Sha256& sha256) : bytes_(bytes), sha256_(sha256) { bytes_.clear(); }

    void add(std::string_view text) {
        add(static_cast<std::int64_t>(text.size()));
        bytes_ += text;
    }
    void add(std::int64_t number) {
        static_assert(std::endian::native == std::endian::little);
        const auto little_endian = std::bit_cast<std::array<char, sizeof number>>(number);
        bytes_.append(little_endian.data(), little_endian.size());
    }
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
        add(std::int64_t{claim.event_code});
        add(std::int64_t{claim.result});
        add(claim.result_date);
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

    [[nodiscard]] Hash256 hash() {
        sha256_.add(as_bytes(bytes_));
        return sha256_.finish();
    }

private:
    std::string& bytes_;
    Sha256& sha256_;
};

std::uint64_t first_bytes(const Hash256& hash) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < sizeof value; ++i) {
        value = value << 8U | hash[i];
    }
    return value;
}

bool says_nothing(const RowDraft& row) { return row.row->deleted || !row.is_told; }

KnownRow known_row(const RowDraft& row, const RowMark& mark) {
    KnownRow known;
    known.table = row.table;
    known.revision = mark.revision;
    known.parts = mark.parts();
    known.version = mark.version;
    known.labels = row.labels.bits;
    known.id = row.row->id;
    known.person = row.row->person;
    if (const auto* claim = std::get_if<HousingClaim>(&row.drafts.front().payload)) {
        known.date = claim->date;
        known.project = claim->project;
        known.project_type = claim->project_type;
        known.situation = claim->situation;
        if (row.table == Table::Enrollment) {
            known.move_in = claim->move_in;
            known.household = claim->household;
        } else {
            known.enrollment = claim->enrollment;
        }
    }
    return known;
}

}  // namespace

EventStamp::EventStamp(const Parts& parts) : parts_(parts) {
    if (parts_.info.as_of) {
        as_of_ = to_utc(parts_.site.zone, *parts_.info.as_of).time;
    }
}

std::string EventStamp::key_of(Table table, const std::string& id) const {
    std::string key = parts_.info.authority;
    key += '/';
    key += info_of(table).name;
    key += '/';
    key += id;
    return key;
}

/// The age of the data is always told: of the row, or else of the export.
UtcTime EventStamp::recorded_at(const RowBase& row) const {
    return row.updated ? to_utc(parts_.site.zone, *row.updated).time : as_of_;
}

Hash256 EventStamp::meaning(const RowDraft& row, std::uint16_t revision) {
    Meaning meaning(bytes_, sha256_);
    meaning.add(kMapping);
    meaning.add(parts_.site.feed);
    meaning.add(parts_.site.zone.name);
    meaning.add(row.row->person);
    meaning.add(std::int64_t{row.row->deleted});
    meaning.add(std::int64_t{row.is_told});
    meaning.add(std::int64_t{revision});
    // Not the export's age: an unchanged row means the same in every export.
    meaning.add(row.row->updated ? recorded_at(*row.row) : kUnknownTime);
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

Status EventStamp::take(const RowDraft& row) {
    const auto [mark, is_new] = parts_.index.insert(row_key(row.table, row.row->id));
    if (mark->is(RowMark::Taken)) {
        return tell_again(row, *mark);
    }
    mark->add(RowMark::Present);
    mark->add(RowMark::Taken);
    if (mark->is(RowMark::Known) && parts_.age == ExportAge::Older) {
        parts_.report.find({info_of(row.table).file, row.row->line}, "",
                           "known from a newer export: left as it is");
        return {};
    }
    if (!is_new && mark->version == first_bytes(meaning(row, mark->revision))) {
        return {};
    }
    const RowMark before = *mark;
    return tell(row, before, *mark);
}

/// A second row with the same id: the first one counts.
Status EventStamp::tell_again(const RowDraft& row, const RowMark& known) {
    const TableInfo& info = info_of(row.table);
    const RowPlace place{info.file, row.row->line};
    if (first_bytes(meaning(row, known.revision)) == known.version) {
        parts_.report.find(place, name_of(info.id), "the same row twice: the second is left out");
    } else {
        parts_.report.refuse(place, RefusalReason::IdReused, name_of(info.id),
                             "an earlier row of this file has the same id",
                             "Give every row its own id; the first row counts.");
    }
    return {};
}

Status EventStamp::tell(const RowDraft& row, const RowMark& before, RowMark& now) {
    const RowPlace place{info_of(row.table).file, row.row->line};
    now.person = person_mark(row.row->person);
    const bool is_others = before.parts() != 0 && before.person != now.person;
    if (is_others) {
        now.add(RowMark::OtherPerson);
        parts_.report.find(place, name_of(Column::PersonalId),
                           "told of another PersonalID before, by a merge or an id used again: "
                           "withdrawn from that one");
    }
    const std::uint16_t told = is_others ? std::uint16_t{0} : before.parts();
    if (before.is(RowMark::Known)) {
        ++now.revision;
    }
    const Hash256 hash = meaning(row, now.revision);
    now.version = first_bytes(hash);
    std::uint16_t parts = 0;
    const std::string key = key_of(row.table, row.row->id);
    const std::string old_id = told == 0 ? "" : key + '/' + hash_text(before.version);

    Submission event = event_of(row.row->person, row.labels);
    event.recorded_at = recorded_at(*row.row);
    event.raw_sha256 = hash;
    event.source_msg_id = key + '/' + hash_text(now.version);
    if (!says_nothing(row)) {
        for (const Draft& draft : row.drafts) {
            parts = static_cast<std::uint16_t>(parts | bit(draft.part));
            Submission own = event;
            if ((told & bit(draft.part)) != 0) {
                own.supersedes_key = old_id + std::string(suffix(draft.part));
            }
            CAREHUB_TRY_DONE(emit(row, draft, std::move(own)));
        }
    } else if (before.parts() == 0 && row.row->deleted) {
        parts_.report.find(place, name_of(Column::DateDeleted),
                           "a deleted row that was never told: nothing to withdraw");
    }
    for (std::uint8_t i = 0; i < kPartsMax; ++i) {
        const Part part{i};
        if ((told & bit(part)) != 0 && (parts & bit(part)) == 0) {
            event.supersedes_key = old_id + std::string(suffix(part));
            CAREHUB_TRY_DONE(withdraw(row, part, event));
        }
    }
    now.set_parts(parts);
    now.add(RowMark::Replaced);
    return parts_.known.put(known_row(row, now));
}

Submission EventStamp::event_of(const std::string& person, Labels labels) const {
    Submission event;
    event.feed = parts_.site.feed;
    event.identifiers.push_back({parts_.info.authority, std::string(kIdentifierType), person});
    event.zone = parts_.site.zone.name;
    event.labels = labels;
    return event;
}

Status EventStamp::add(const EventOrder& order, Submission event, RowPlace place) {
    const Status added = parts_.events.add(order, std::move(event));
    if (!added && added.error().code == ErrorCode::Invalid) {
        parts_.report.refuse(place, RefusalReason::Malformed, "",
                             "an event of the row does not fit a submission",
                             "Shorten the row's ids and names.");
        return {};
    }
    return added;
}

Status EventStamp::emit(const RowDraft& row, const Draft& draft, Submission event) {
    event.kind = draft.kind;
    event.source_msg_id += suffix(draft.part);
    event.business_key = draft.business_key;
    event.business_key += own_key(draft.kind, draft.part);
    event.occurred_at = draft.occurred_at;
    event.occurred_precision = draft.precision;
    event.time_flags = draft.time_flags;
    event.payload = draft.payload;
    const bool is_person = draft.kind == EventKind::PersonUpserted;
    const UtcTime at = is_person ? UtcTime::min() : std::max(draft.occurred_at, row.earliest);
    return add({at, rank_of(draft.kind)}, std::move(event),
               {info_of(row.table).file, row.row->line});
}

Status EventStamp::withdraw(const RowDraft& row, Part part, Submission event) {
    event.correction = true;
    const auto same = std::ranges::find(row.drafts, part, &Draft::part);
    // Where the row no longer says it, the withdrawal carries what the row says now.
    Draft draft = same != row.drafts.end() ? *same : row.drafts.front();
    draft.part = part;
    draft.kind = kind_of(row.table, part);
    if (part == Part::Deceased) {
        draft.payload = PersonClaim{};  // a correction with a time would tell of another death
    }
    return emit(row, draft, std::move(event));
}

Status EventStamp::withdraw(const KnownRow& row) {
    const std::string key = key_of(row.table, row.id);
    HousingClaim claim;
    claim.project = row.project;
    claim.project_type = row.project_type;
    claim.enrollment = row.table == Table::Enrollment ? row.id : row.enrollment;
    claim.date = row.date;
    Meaning meaning(bytes_, sha256_);
    meaning.add(kMapping);
    meaning.add(key);
    meaning.add(static_cast<std::int64_t>(row.version));
    meaning.add(std::int64_t{row.parts});
    const Hash256 hash = meaning.hash();
    for (std::uint8_t i = 0; i < kPartsMax; ++i) {
        const Part part{i};
        if ((row.parts & bit(part)) == 0 || row.table == Table::Client) {
            continue;
        }
        Submission event = event_of(row.person, Labels{row.labels});
        event.kind = kind_of(row.table, part);
        event.correction = true;
        event.recorded_at = as_of_;
        event.raw_sha256 = hash;
        event.source_msg_id = key + '/' + hash_text(first_bytes(hash)) + std::string(suffix(part));
        event.supersedes_key = key + '/' + hash_text(row.version) + std::string(suffix(part));
        const bool is_keyed_by_enrollment = row.table == Table::Exit;
        event.business_key =
            part == Part::Deceased
                ? business_key(parts_.site, parts_.info.authority, Table::Client, row.person)
                : business_key(parts_.site, parts_.info.authority, row.table,
                               is_keyed_by_enrollment ? row.enrollment : row.id);
        event.business_key += own_key(event.kind, part);
        event.occurred_at = start_of_day(parts_.site.zone, row.date);
        event.occurred_precision = Precision::Day;
        event.time_flags.add(TimeFlag::DateOnly);
        event.payload = claim;
        if (part == Part::Deceased) {
            event.payload = PersonClaim{};
        }
        CAREHUB_TRY_DONE(add({UtcTime::min(), rank_of(event.kind)}, std::move(event),
                             {info_of(row.table).file, 0}));
    }
    return {};
}

}  // namespace carehub::adapters::housing
