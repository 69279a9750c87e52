#include "hub/daemon/replay.hpp"

#include <algorithm>

#include "hub/base/clock.hpp"
#include "hub/base/random.hpp"
#include "hub/daemon/config.hpp"
#include "hub/daemon/entry_input.hpp"
#include "hub/daemon/fingerprints.hpp"
#include "hub/daemon/vault_files.hpp"
#include "hub/follower/entry_reader.hpp"
#include "hub/journal/sqlite/sqlite_journal.hpp"
#include "hub/rules/registry.hpp"
#include "hub/snapshot/state_chunks.hpp"

namespace carehub::daemon {
namespace {

double seconds_since(const Clock& clock, Micros begin) {
    return std::chrono::duration<double>(clock.steady() - begin).count();
}

/// The table that differs, first in the order of the schema.
std::string first_difference(const Decisions& a, const Decisions& b) {
    const std::pair<const char*, bool> tables[] = {
        {"symbols", a.symbols == b.symbols},
        {"zones", a.zones == b.zones},
        {"partners", a.partners == b.partners},
        {"staff", a.staff == b.staff},
        {"absences", a.absences == b.absences},
        {"on_call", a.on_call == b.on_call},
        {"places", a.places == b.places},
        {"calendar_days", a.calendar_days == b.calendar_days},
        {"agreements", a.agreements == b.agreements},
        {"clients", a.clients == b.clients && a.assignments == b.assignments},
        {"links", a.links == b.links && a.separations == b.separations &&
                      a.departures == b.departures && a.merges == b.merges &&
                      a.erasures == b.erasures},
        {"consents", a.consents == b.consents},
        {"obligations", a.obligations == b.obligations},
        {"stays", a.stays == b.stays},
        {"contacts", a.contacts == b.contacts},
        {"matters", a.matters == b.matters},
        {"duties", a.duties == b.duties},
        {"alerts", a.alerts == b.alerts && a.alerts_forgotten == b.alerts_forgotten},
        {"inbox", a.inbox == b.inbox},
        {"deliveries", a.deliveries == b.deliveries},
        {"acknowledged", a.acknowledged == b.acknowledged},
        {"poison", a.poison == b.poison && a.poison_forgotten == b.poison_forgotten},
        {"routes", a.routes == b.routes},
        {"refused", a.refused == b.refused},
    };
    const auto* const found =
        std::ranges::find(tables, false, &std::pair<const char*, bool>::second);
    return found == std::end(tables) ? "decisions" : found->first;
}

/// Decides entries again, each on the State before it.
class Recheck {
public:
    explicit Recheck(const gateway::Fingerprints& fingerprints)
        : fingerprints_(fingerprints), rules_(rules::all_rules()) {}

    Status take(const Entry& entry) {
        CAREHUB_TRY(EntryInput made, input_of(entry, state_, fingerprints_));
        switch (made.missing) {
            case Missing::Erased: ++report_.erased; break;
            case Missing::NotKept: ++report_.not_kept; break;
            case Missing::Nothing: compare(entry, made); break;
        }
        core::evolve(state_, entry.sequence, entry.decisions);
        report_.last = entry.sequence;
        return {};
    }

    [[nodiscard]] RecheckReport report() && { return std::move(report_); }

private:
    void compare(const Entry& entry, EntryInput& made) {
        ++report_.checked;
        std::string table;
        for (const std::uint64_t session : made.sessions) {
            made.input.session = session;
            const core::Outcome outcome = core::decide(state_, rules_, made.input);
            if (outcome.journalled && outcome.entry.decisions == entry.decisions) {
                return;
            }
            table = outcome.journalled ? first_difference(outcome.entry.decisions, entry.decisions)
                                       : "all: nothing would be decided today";
        }
        ++report_.differences;
        if (!report_.first) {
            report_.first = Difference{entry.sequence, table};
        }
    }

    const gateway::Fingerprints& fingerprints_;
    core::RuleSet rules_;
    core::State state_;
    RecheckReport report_;
};

/// From the newest good snapshot to the same end.
Result<bool> snapshot_agrees(const Past& past, Sequence newest, Hash256 digest_there,
                             const ReplayReport& report) {
    const std::string path = past.snapshots.path_of(newest);
    CAREHUB_TRY(const auto reader, snapshot::Reader::open(past.disk, path));
    CAREHUB_TRY(core::State state, load_state(past.disk, path));
    CAREHUB_TRY_DONE(replay_state(past.journal, report.last, state));
    CAREHUB_TRY(const Hash256 digest, snapshot::digest_of(state));
    return reader.trailer().digest == digest_there && digest == report.digest;
}

/// The newest snapshot that is whole and of this journal.
Result<Sequence> newest_good(const Past& past) {
    return load_newest(past, [&](const std::string& path) -> Status {
        CAREHUB_TRY(auto reader, snapshot::Reader::open(past.disk, path));
        return reader.verify();
    });
}

}  // namespace

Result<ReplayReport> replay_folder(const DataFolder& folder, const Pulse& pulse) {
    const SystemClock clock;
    SystemDisk disk;
    CAREHUB_TRY(const auto journal, journal::SqliteReader::open(folder.path.string()));
    ReplayReport report;
    CAREHUB_TRY(report.last, journal->last());
    const Past past{disk, {disk, folder.snapshots().string()}, journal->id(), *journal};
    CAREHUB_TRY(report.snapshot, newest_good(past));
    core::State state;
    const Micros begin = clock.steady();
    CAREHUB_TRY_DONE(replay_state(*journal, report.snapshot, state, pulse));
    report.seconds = seconds_since(clock, begin);
    CAREHUB_TRY(const Hash256 digest_there, snapshot::digest_of(state));
    const Micros second_begin = clock.steady();
    CAREHUB_TRY_DONE(replay_state(*journal, report.last, state, pulse));
    report.seconds += seconds_since(clock, second_begin);
    CAREHUB_TRY(report.digest, snapshot::digest_of(state));
    if (report.snapshot.value != 0) {
        state = {};
        CAREHUB_TRY(report.snapshot_agrees,
                    snapshot_agrees(past, report.snapshot, digest_there, report));
    }
    return report;
}

Result<RecheckReport> recheck_folder(const DataFolder& folder, const Pulse& pulse) {
    const SystemClock clock;
    SystemDisk disk;
    SystemRandom random;
    CAREHUB_TRY(const Config config, read_config(folder.settings()));
    journal::SqliteOptions options;
    options.folder = folder.path.string();
    CAREHUB_TRY(const auto journal, journal::SqliteJournal::open(options, disk, random));
    CAREHUB_TRY(const auto vault, vault::Vault::open(disk, vault_files(folder, config), random));
    const VaultFingerprints fingerprints(vault, journal->id());
    vault::Unsealer unsealer(vault);
    Recheck recheck(fingerprints);
    const Micros begin = clock.steady();
    CAREHUB_TRY_DONE(journal->read(
        {1}, journal->last().value, [&](const journal::StoredEntry& stored) -> Status {
            CAREHUB_TRY(const Entry entry, follower::load(stored.bytes, stored.sealed, unsealer));
            CAREHUB_TRY_DONE(recheck.take(entry));
            return pulse ? pulse(stored.sequence) : Status{};
        }));
    RecheckReport report = std::move(recheck).report();
    report.seconds = seconds_since(clock, begin);
    return report;
}

}  // namespace carehub::daemon
