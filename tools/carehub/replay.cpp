// replay: the journal read again from its first entry.
#include "hub/daemon/replay.hpp"

#include <iostream>

#include <boost/json.hpp>

#include "hub/journal/sqlite/sqlite_journal.hpp"
#include "tools/carehub/door.hpp"
#include "tools/carehub/output.hpp"

namespace carehub::tool {
namespace {

namespace json = boost::json;

constexpr std::uint64_t kProgressEntries = 65'536;

std::uint64_t rate(Sequence entries, double seconds) {
    return static_cast<std::uint64_t>(static_cast<double>(entries.value) / std::max(seconds, 1e-6));
}

/// Shows how far the reading came.
Result<daemon::Pulse> progress(const Run& run) {
    CAREHUB_TRY(const auto journal, journal::SqliteReader::open(run.data));
    CAREHUB_TRY(const Sequence last, journal->last());
    return [last](Sequence done) -> Status {
        if (done.value % kProgressEntries == 0) {
            print_progress("entries", done.value, last.value);
        }
        return {};
    };
}

void print_replay(const daemon::ReplayReport& report) {
    std::cout << report.last.value << " entries in " << report.seconds << " s ("
              << rate(report.last, report.seconds) << " a second)\nstate digest "
              << to_hex(report.digest) << "\n";
    if (report.snapshot.value == 0) {
        std::cout << "There is no snapshot to compare with.\n";
    } else if (report.snapshot_agrees) {
        std::cout << "The snapshot of entry " << report.snapshot.value
                  << " and the entries after it give the same.\n";
    } else {
        std::cout << "The snapshot of entry " << report.snapshot.value
                  << " does NOT give the same: remove it from the folder snapshots/; the journal "
                     "alone decides.\n";
    }
}

Result<int> replay(const Run& run) {
    CAREHUB_TRY(const daemon::Pulse pulse, progress(run));
    CAREHUB_TRY(const auto report, daemon::replay_folder(folder_of(run), pulse));
    if (run.json) {
        std::cout << json::serialize(json::object{
                         {"entries", report.last.value},
                         {"seconds", report.seconds},
                         {"entries_per_s", rate(report.last, report.seconds)},
                         {"digest", to_hex(report.digest)},
                         {"snapshot", report.snapshot.value},
                         {"snapshot_agrees", report.snapshot.value == 0
                                                 ? json::value()
                                                 : json::value(report.snapshot_agrees)}})
                  << "\n";
    } else {
        print_replay(report);
    }
    return report.snapshot_agrees ? 0 : 1;
}

void print_recheck(const daemon::RecheckReport& report) {
    std::cout << report.checked << " of " << report.last.value << " entries decided again in "
              << report.seconds << " s; skipped: " << report.erased << " of erased people, "
              << report.not_kept << " whose input is not kept.\n";
    if (!report.first) {
        std::cout << "Today's rules decide what was decided.\n";
        return;
    }
    std::cout << report.differences << " would be decided otherwise today. The first: entry "
              << report.first->sequence.value << ", table " << report.first->table << ".\n";
}

Result<int> recheck(const Run& run) {
    CAREHUB_TRY(const daemon::Pulse pulse, progress(run));
    CAREHUB_TRY(const auto report, daemon::recheck_folder(folder_of(run), pulse));
    if (!run.json) {
        print_recheck(report);
        return report.first ? 1 : 0;
    }
    json::value first;
    if (report.first) {
        first = json::object{{"sequence", report.first->sequence.value},
                             {"table", report.first->table}};
    }
    std::cout << json::serialize(json::object{{"entries", report.last.value},
                                              {"seconds", report.seconds},
                                              {"checked", report.checked},
                                              {"erased", report.erased},
                                              {"not_kept", report.not_kept},
                                              {"differences", report.differences},
                                              {"first_difference", first}})
              << "\n";
    return report.first ? 1 : 0;
}

}  // namespace

void add_replay(CLI::App& app, Run& run) {
    auto* command = subcommand(
        app, "replay",
        "rebuild the state from the journal and print its digest; exit 1 when a snapshot "
        "tells otherwise");
    auto again = std::make_shared<bool>(false);
    flag(*command, "--recheck", *again,
         "decide every entry again with today's rules and tell the first difference; "
         "not while the hub runs");
    runs(command, run, [&run, again] { return *again ? recheck(run) : replay(run); });
}

}  // namespace carehub::tool
