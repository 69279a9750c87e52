#include "adapters/kit/file_feed.hpp"

#include <algorithm>
#include <charconv>
#include <future>
#include <iterator>
#include <system_error>

#include "adapters/kit/file.hpp"
#include "adapters/kit/spooled_event.hpp"
#include "hub/base/log.hpp"

namespace carehub::adapters {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kLogName = "feed";

/// True when the same file may be readable later without a change.
bool passes(ErrorCode code) {
    return code == ErrorCode::Io || code == ErrorCode::Full || code == ErrorCode::Unavailable ||
           code == ErrorCode::Timeout;
}

/// A document that cannot be read at all, told as a refusal of the whole file.
Parsed refusal_of(const std::string& name, const Error& error) {
    Parsed parsed;
    const RefusalReason reason = error.code == ErrorCode::Unsupported
                                     ? RefusalReason::FormatVersion
                                     : RefusalReason::FormatUnreadable;
    parsed.refusals.push_back(
        {name,
         0,
         {reason, "", "Send the whole file again in the format this feed is configured for."},
         error.context});
    return parsed;
}

/// The name itself, or the first of "name-2", "name-3" ... that is free there.
fs::path free_name(const fs::path& folder, const fs::path& name) {
    fs::path path = folder / name;
    std::error_code error;
    for (std::uint64_t n = 2; fs::exists(fs::symlink_status(path, error)); ++n) {
        path =
            folder / (name.stem().string() + "-" + std::to_string(n) + name.extension().string());
    }
    return path;
}

/// A rename has to be able to reach the folder.
Status prepare_target(const fs::path& watched, const fs::path& target) {
    CAREHUB_TRY_DONE(make_folder(target));
    const fs::path probe = watched / ".carehub_probe";
    CAREHUB_TRY_DONE(replace_file(probe, {}));
    const Status moved = move_path(probe, target / ".carehub_probe");
    CAREHUB_TRY_DONE(remove_file(moved ? target / ".carehub_probe" : probe));
    if (!moved) {
        return fail(ErrorCode::Invalid,
                    "done_folder and refused_folder have to be writable and on "
                    "the watched folder's file system");
    }
    return {};
}

}  // namespace

Result<std::unique_ptr<FileFeed>> FileFeed::open(FileFeedOptions options, Spool& spool,
                                                 Sealing& sealing, Counts& counts) {
    CAREHUB_TRY_DONE(make_folder(options.folders.folder));
    CAREHUB_TRY_DONE(make_folder(options.state_folder));
    CAREHUB_TRY_DONE(prepare_target(options.folders.folder, options.folders.done));
    CAREHUB_TRY_DONE(prepare_target(options.folders.folder, options.folders.refused));
    std::unique_ptr<FileFeed> feed(new FileFeed(std::move(options), spool, sealing, counts));
    CAREHUB_TRY_DONE(feed->recover());
    return feed;
}

FileFeed::FileFeed(FileFeedOptions options, Spool& spool, Sealing& sealing, Counts& counts)
    : options_(std::move(options)),
      spool_(spool),
      sealing_(sealing),
      counts_(counts),
      watch_(options_.folders, options_.takes),
      refusals_(options_.folders.refused / "refusals.jsonl"),
      findings_(options_.folders.refused / "findings.jsonl") {}

Status FileFeed::recover() {
    const std::string& note = spool_.note();
    const auto read = std::from_chars(note.data(), note.data() + note.size(), generation_);
    if (!note.empty() && (read.ec != std::errc{} || read.ptr != note.data() + note.size())) {
        return fail(ErrorCode::Damaged, "the spool's note is not a generation of the feed's state");
    }
    if (generation_ > 0) {
        CAREHUB_TRY(state_, read_feed_state(options_.state_folder, generation_, sealing_));
    }
    if (state_.delivery) {
        CAREHUB_TRY_DONE(finish_delivery(*state_.delivery));
    }
    return remove_other_states(options_.state_folder, generation_);
}

Status FileFeed::step() {
    CAREHUB_TRY(const FolderWatch::Look look, watch_.look());
    idle_ = look.settled.empty() && look.waiting == 0;
    if (waits_for_room()) {
        return {};
    }
    for (const fs::path& path : look.settled) {
        unsigned& wait = looks_to_wait_[path.filename().string()];
        if (wait > 0) {
            --wait;
            continue;
        }
        CAREHUB_TRY(const Taken taken, take(path));
        if (taken == Taken::NoRoom && spool_.pending() > 0) {
            full_at_ = spool_.bytes_on_disk();
            return {};
        }
        if (taken == Taken::NoRoom) {
            log::error(kLogName,
                       "a file waits: its events fit neither an empty spool nor the disk; send it "
                       "in parts, or make room");
        }
        if (taken != Taken::Yes) {
            looks_to_wait_[path.filename().string()] = kLooksBeforeRetry;
        } else {
            looks_to_wait_.erase(path.filename().string());
        }
    }
    return {};
}

/// A large file is not read again and again while nothing of what fills the spool has left.
bool FileFeed::waits_for_room() {
    if (full_at_ && spool_.pending() > 0 && spool_.bytes_on_disk() >= *full_at_) {
        return true;
    }
    full_at_.reset();
    return false;
}

Result<FileFeed::Taken> FileFeed::take(const fs::path& path) {
    const std::string name = path.filename().string();
    FileSignature signature = signature_of(path);
    // A large file is gone through for both at once.
    const auto when =
        options_.read_large ? std::launch::async | std::launch::deferred : std::launch::deferred;
    auto fingerprinting = std::async(when, [&path] { return fingerprint_of(path); });
    Result<Reading> reading = read(path);
    Result<std::string> fingerprint = fingerprinting.get();
    if (!reading || !fingerprint) {
        return without_reading(reading ? fingerprint.error() : reading.error());
    }
    // Else the fingerprint might be that of a newer delivery, which would never be read.
    if (signature_of(path) != signature) {
        return without_reading({ErrorCode::Io, "it changed while it was read"});
    }
    CAREHUB_TRY_DONE(judge_feed(path, *fingerprint, *reading));
    CAREHUB_TRY(const Taken spooled, spool_events(name, *reading));
    if (spooled != Taken::Yes) {
        return spooled;
    }
    reading->signature = std::move(signature);
    count(*reading, name);
    CAREHUB_TRY_DONE(settle(path, std::move(*fingerprint), std::move(*reading)));
    return Taken::Yes;
}

Result<FileFeed::Taken> FileFeed::without_reading(const Error& error) {
    CAREHUB_TRY_DONE(spool_.abandon());
    if (error.code == ErrorCode::SyncFailed) {
        return tl::unexpected(error);
    }
    if (error.code == ErrorCode::Full) {
        log::warning(kLogName, "a file waits: " + error.context);
        return Taken::NoRoom;
    }
    log::warning(kLogName, "a file cannot be read now: " + to_string(error));
    return Taken::Later;
}

Result<Parsed> FileFeed::parse(const fs::path& path, Reading& reading) {
    if (!options_.read_large) {
        return options_.parse(path, reading.kind_state);
    }
    FeedDesk desk{options_.state_folder, &sealing_, options_.encode, nullptr};
    desk.spool = [&](Bytes submission) {
        ++reading.spooled;
        return spool_.add(pack({path.filename().string(), reading.spooled, std::move(submission)}));
    };
    return options_.read_large(path, reading.kind_state, desk);
}

Result<FileFeed::Reading> FileFeed::read(const fs::path& path) {
    Reading reading;
    reading.kind_state = state_.kind_state;
    Result<Parsed> parsed = parse(path, reading);
    if (parsed) {
        reading.parsed = std::move(*parsed);
    } else if (passes(parsed.error().code) || parsed.error().code == ErrorCode::SyncFailed) {
        return tl::unexpected(parsed.error());
    } else {
        CAREHUB_TRY_DONE(spool_.abandon());
        reading.spooled = 0;
        reading.parsed = refusal_of(path.filename().string(), parsed.error());
        reading.kind_state = state_.kind_state;
    }
    reading.refused =
        reading.parsed.events.empty() && reading.spooled == 0 && !reading.parsed.refusals.empty();
    return reading;
}

Status FileFeed::judge_feed(const fs::path& path, const std::string& fingerprint,
                            Reading& reading) {
    if (options_.feed.empty()) {
        return {};
    }
    Parsed& parsed = reading.parsed;
    reading.faults = state_.faults;
    CAREHUB_TRY(const UtcTime written_at, modified_at(path));
    std::vector<Submission> told =
        tell_faults({options_.feed, state_.files_done + 1, fingerprint, written_at},
                    faults_of(parsed, reading.spooled + parsed.events.size()), reading.faults);
    std::ranges::move(told, std::back_inserter(parsed.events));
    return {};
}

/// Adds the events to the spool's transaction; one the codec cannot take becomes a refusal.
Result<FileFeed::Taken> FileFeed::spool_events(const std::string& name, Reading& reading) {
    Parsed& parsed = reading.parsed;
    std::uint32_t ordinal = reading.spooled;
    for (const Submission& event : parsed.events) {
        ++ordinal;
        Result<Bytes> bytes = options_.encode(event);
        if (!bytes || bytes->size() > kEventBytesMax) {
            const RefusalReason reason = bytes ? RefusalReason::TooLarge : RefusalReason::Malformed;
            parsed.refusals.push_back(
                {name,
                 0,
                 {reason, "", "Shorten the record's texts and lists."},
                 "event " + std::to_string(ordinal) + " of the file does not fit a submission"});
            continue;
        }
        const Status added = spool_.add(pack({name, ordinal, std::move(*bytes)}));
        if (!added) {
            CAREHUB_TRY_DONE(spool_.abandon());
            if (added.error().code != ErrorCode::Full) {
                return tl::unexpected(added.error());
            }
            log::warning(kLogName, "a file waits: " + added.error().context);
            return Taken::NoRoom;
        }
    }
    return Taken::Yes;
}

/// The durable steps. Until the commit the old state and the file in its folder are the truth.
Status FileFeed::settle(const fs::path& path, std::string fingerprint, Reading reading) {
    std::string refusal_lines;
    for (const RecordRefusal& refusal : reading.parsed.refusals) {
        refusal_lines += refusal_line(refusal);
    }
    std::string finding_lines;
    for (const Finding& finding : reading.parsed.findings) {
        finding_lines += finding_line(finding);
    }
    const fs::path& target = reading.refused ? options_.folders.refused : options_.folders.done;
    FeedState next;
    next.files_done = state_.files_done + 1;
    next.files_refused = state_.files_refused + (reading.refused ? 1 : 0);
    next.kind_state = std::move(reading.kind_state);
    next.faults = std::move(reading.faults);
    Delivery delivery{path.filename().string(),
                      std::move(fingerprint),
                      free_name(target, path.filename()).string(),
                      {},
                      {}};
    CAREHUB_TRY(delivery.refusals, refusals_.place(std::move(refusal_lines)));
    CAREHUB_TRY(delivery.findings, findings_.place(std::move(finding_lines)));
    next.delivery = std::move(delivery);

    CAREHUB_TRY_DONE(write_feed_state(options_.state_folder, generation_ + 1, next, sealing_));
    CAREHUB_TRY_DONE(passed(FeedStep::StateWritten));
    CAREHUB_TRY_DONE(spool_.commit(std::to_string(generation_ + 1)));
    ++generation_;
    state_ = std::move(next);
    CAREHUB_TRY_DONE(passed(FeedStep::Committed));
    CAREHUB_TRY_DONE(finish_delivery(*state_.delivery, reading.signature));
    return remove_other_states(options_.state_folder, generation_);
}

/// Whether what lies in the folder is what was read, and not a newer delivery of the same name.
bool FileFeed::is_still(const Delivery& delivery, const FileSignature& read_as) const {
    const fs::path from = options_.folders.folder / delivery.name;
    if (read_as && signature_of(from) == read_as) {
        return true;
    }
    const Result<std::string> there = fingerprint_of(from);
    return there && *there == delivery.fingerprint;
}

/// May be called again after any crash in it: every step finds out whether it was done.
Status FileFeed::finish_delivery(const Delivery& delivery, const FileSignature& read_as) {
    const fs::path from = options_.folders.folder / delivery.name;
    std::error_code error;
    const bool moved = fs::exists(fs::symlink_status(delivery.destination, error));
    if (moved) {
        return {};
    }
    CAREHUB_TRY_DONE(refusals_.put(delivery.refusals));
    CAREHUB_TRY_DONE(findings_.put(delivery.findings));
    CAREHUB_TRY_DONE(passed(FeedStep::LinesWritten));
    if (!is_still(delivery, read_as)) {
        // Taken away, or replaced by a newer delivery of the same name, which is then read as such.
        log::warning(kLogName, "a file that was read is no longer in its folder");
        return {};
    }
    CAREHUB_TRY_DONE(move_path(from, delivery.destination));
    return passed(FeedStep::Moved);
}

Status FileFeed::tell_refusal(const RecordRefusal& refusal) {
    CAREHUB_TRY(const PlacedLines lines, refusals_.place(refusal_line(refusal)));
    return refusals_.put(lines);
}

Status FileFeed::tell_findings(const std::vector<Finding>& findings) {
    std::string text;
    for (const Finding& finding : findings) {
        text += finding_line(finding);
    }
    CAREHUB_TRY(const PlacedLines lines, findings_.place(std::move(text)));
    return findings_.put(lines);
}

Status FileFeed::passed(FeedStep step) const {
    return options_.after_step ? options_.after_step(step) : Status{};
}

void FileFeed::count(const Reading& reading, const std::string& name) {
    const Parsed& parsed = reading.parsed;
    for (const RecordRefusal& refusal : parsed.refusals) {
        counts_.add_refusal(refusal.refusal.reason);
    }
    log::info(kLogName, name + ": " + std::to_string(reading.spooled + parsed.events.size()) +
                            " events, " + std::to_string(parsed.refusals.size()) + " refusals, " +
                            std::to_string(parsed.findings.size()) + " findings");
}

}  // namespace carehub::adapters
