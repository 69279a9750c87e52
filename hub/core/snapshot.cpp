#include "hub/core/snapshot.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "hub/base/sorted_keys.hpp"
#include "hub/core/outbox.hpp"

namespace carehub::core {
namespace {

/// No table of one hub is larger: a wrong count must not take the memory.
constexpr std::uint64_t kRoomMax = 100'000'000;

// What a record takes beyond its own size.
template <class Record>
std::size_t more_bytes(const Record& /*record*/) {
    return 0;
}
std::size_t more_bytes(const SymbolText& symbol) { return symbol.text.size(); }
std::size_t more_bytes(const Zone& zone) {
    return zone.transitions.size() * sizeof(ZoneTransition);
}
std::size_t more_bytes(const Consent& consent) {
    return consent.recipients.size() * sizeof(Symbol) + consent.kinds.size() * sizeof(EventKind);
}
std::size_t more_bytes(const OutboxMark& mark) {
    return mark.settled.size() * sizeof(std::uint64_t);
}
std::size_t more_bytes(const Lane& lane) { return lane.held.size() * sizeof(Delivery); }
std::size_t more_bytes(const OwnedRecord<Alert>& alert) {
    const Finding& finding = alert.record.finding;
    return finding.obligations.size() * sizeof(ObligationId) +
           finding.stays.size() * sizeof(StayId) + finding.evidence.size() * sizeof(Sequence) +
           finding.suggestions.size() * sizeof(Suggestion);
}

constexpr std::size_t kUnbounded = std::numeric_limits<std::size_t>::max();

/// Collects records, table after table, and hands them on when they are enough.
class Pieces {
public:
    Pieces(UtcTime now, std::size_t bytes_usual, const PieceSink& sink)
        : bytes_usual_(bytes_usual), sink_(sink) {
        piece_.now = now;  // the first piece tells it: there is always one
    }

    template <class Record>
    void put(std::vector<Record> Decisions::*table, Record record) {
        bytes_ += sizeof(Record) + more_bytes(record);
        (piece_.*table).push_back(std::move(record));
        if (bytes_ >= bytes_usual_) {
            close();
        }
    }

    template <class Record>
    void put_owned(std::vector<OwnedRecord<Record>> Decisions::*table, ClientId client,
                   const Records<Record>& records) {
        for (const Record& record : records) {
            put(table, OwnedRecord<Record>{client, record});
        }
    }

    /// What follows stands in another piece.
    void separate() {
        if (bytes_usual_ != kUnbounded && (bytes_ > 0 || !begun_)) {
            close();
        }
    }

    void finish() {
        if (bytes_ > 0 || !begun_) {
            close();
        }
    }

private:
    void close() {
        sink_(std::exchange(piece_, Decisions{}));
        begun_ = true;
        bytes_ = 0;
    }

    std::size_t bytes_usual_;
    const PieceSink& sink_;
    Decisions piece_;
    std::size_t bytes_ = 0;
    bool begun_ = false;
};

void write_calendars(const State& state, Pieces& out) {
    for (const auto& [name, calendar] : state.calendars) {
        for (const auto& [weekday, day] : calendar.weekdays) {
            out.put(&Decisions::calendar_days, day);
        }
        for (const auto& [date, day] : calendar.dates) {
            out.put(&Decisions::calendar_days, day);
        }
    }
}

void write_registry(const State& state, Pieces& out) {
    for (std::size_t i = 0; i < state.symbol_texts.size(); ++i) {
        const Symbol id{static_cast<std::uint32_t>(i + 1)};
        out.put(&Decisions::symbols, SymbolText{id, state.symbol_texts[i]});
    }
    for (const Symbol name : sorted_keys(state.zones)) {
        out.put(&Decisions::zones, Zone{name, state.zones.at(name).transitions});
    }
    for (const auto& [id, partner] : state.partners) {
        out.put(&Decisions::partners, partner);
    }
    for (const auto& [name, staff] : state.staff) {
        out.put(&Decisions::staff, staff);
    }
    for (const Absence& absence : state.absences) {
        out.put(&Decisions::absences, absence);
    }
    for (const OnCall& on_call : state.on_call) {
        out.put(&Decisions::on_call, on_call);
    }
    for (const auto& [key, place] : state.places) {
        out.put(&Decisions::places, place);
    }
    write_calendars(state, out);
    for (const auto& [number, agreement] : state.agreements) {
        out.put(&Decisions::agreements, agreement);
    }
    for (const auto& [key, setting] : state.rule_settings) {
        out.put(&Decisions::rule_settings, setting);
    }
    for (const auto& [key, feed] : state.feeds) {
        out.put(&Decisions::feeds, feed);
    }
    for (const auto& [key, free] : state.free_times) {
        out.put(&Decisions::free_times, free);
    }
}

void write_case(ClientId id, const Case& subject, Pieces& out) {
    out.put(&Decisions::clients, subject.client);
    for (const Consent& consent : subject.consents) {
        out.put(&Decisions::consents, consent);
    }
    out.put_owned(&Decisions::assignments, id, subject.assignments);
    out.put_owned(&Decisions::obligations, id, subject.obligations);
    out.put_owned(&Decisions::stays, id, subject.stays);
    out.put_owned(&Decisions::contacts, id, subject.contacts);
    out.put_owned(&Decisions::matters, id, subject.matters);
    out.put_owned(&Decisions::duties, id, subject.duties);
    out.put_owned(&Decisions::alerts, id, subject.alerts);
}

void write_cases(const State& state, Pieces& out) {
    if (!(state.office.client == Client{}) || !state.office.alerts.empty() ||
        !state.office.matters.empty()) {
        write_case({}, state.office, out);
    }
    for (const auto& [id, subject] : state.cases) {
        write_case(id, subject, out);
        if (subject.heard_at != kUnknownTime) {
            out.put(&Decisions::last_heard, LastHeard{id, subject.heard_at});
        }
    }
    for (const auto& [subject, link] : state.links) {
        out.put(&Decisions::links, link);
    }
    for (const auto& [id, aside] : state.aside) {
        write_case(id, aside, out);
    }
    for (const auto& [key, separation] : state.separations) {
        out.put(&Decisions::separations, separation);
    }
    for (const auto& [client, merge] : state.merges) {
        out.put(&Decisions::merges, merge);
    }
}

/// The mark stands before what is in the outbox.
void write_outbox(PartnerId recipient, const Outbox& outbox, Pieces& out) {
    out.put(&Decisions::outboxes, mark_of(recipient, outbox));
    for (const Delivery& delivery : outbox.pending) {
        out.put(&Decisions::deliveries, delivery);
    }
    if (outbox.suspect.attempts != 0) {
        out.put(&Decisions::suspects, outbox.suspect);
    }
    for (const auto& [client, lane] : outbox.lanes) {
        out.put(&Decisions::lanes, lane);
    }
    for (const auto& [number, letter] : outbox.dead_letters) {
        out.put(&Decisions::dead_letters, letter);
    }
    for (const auto& [number, replay] : outbox.replays) {
        out.put(&Decisions::replays, replay);
    }
}

void write_traffic(const State& state, Pieces& out) {
    for (const auto& [recipient, outbox] : state.outboxes) {
        write_outbox(recipient, outbox, out);
    }
    for (const auto& [fingerprint, mark] : state.poison) {
        out.put(&Decisions::poison, mark);
    }
    for (const auto& [day, last] : state.day_ends) {
        out.put(&Decisions::day_ends, DayEnd{day, last});
    }
    out.separate();
    for (std::size_t run = 0; run < state.inbox.runs(); ++run) {
        for (const Inbox::Mark& mark : state.inbox.run(run)) {
            out.put(&Decisions::inbox, Inbox::to_model(mark));
        }
    }
}

}  // namespace

StateCounts counts_of(const State& state) {
    return {state.cases.size(), state.links.size(), state.inbox.size()};
}

void write_pieces(const State& state, std::size_t bytes_usual, const PieceSink& sink) {
    Pieces out(state.now, bytes_usual, sink);
    write_registry(state, out);
    write_cases(state, out);
    write_traffic(state, out);
    out.finish();
}

void make_room(State& state, const StateCounts& counts) {
    state.cases.reserve(std::min<std::uint64_t>(counts.clients, kRoomMax));
    state.links.reserve(std::min<std::uint64_t>(counts.links, kRoomMax));
    make_room(state.inbox, counts.inbox);
}

void make_room(Inbox& inbox, std::uint64_t count) {
    inbox.reserve(std::min<std::uint64_t>(count, kRoomMax));
}

bool fits(const State& state, const Decisions& piece) {
    std::size_t symbols = state.symbol_texts.size();
    for (const SymbolText& symbol : piece.symbols) {
        if (symbol.id.value != ++symbols) {
            return false;
        }
    }
    return piece.erasures.empty() && deliveries_fit(state, piece) &&
           std::ranges::all_of(piece.zones, [symbols](const Zone& zone) {
               return zone.name.value != 0 && zone.name.value <= symbols;
           });
}

void load_piece(State& state, Sequence sequence, const Decisions& piece) {
    state.last = Sequence{sequence.value - 1};
    evolve(state, sequence, piece);
}

Decisions snapshot(const State& state) {
    Decisions whole;
    write_pieces(state, kUnbounded, [&whole](Decisions piece) { whole = std::move(piece); });
    return whole;
}

State restore(Sequence sequence, const Decisions& snapshot) {
    State state;
    load_piece(state, sequence, snapshot);
    return state;
}

}  // namespace carehub::core
