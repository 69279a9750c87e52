#include "adapters/clinic/batch_file.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "adapters/clinic/hl7/element.hpp"
#include "adapters/clinic/mapping/security_labels.hpp"
#include "adapters/clinic/read_message.hpp"
#include "adapters/kit/file.hpp"

namespace carehub::adapters::clinic {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::size_t kNameSize = 3;
constexpr unsigned kMarkingField = 8;

std::string_view strip_framing(std::string_view line) {
    line.remove_prefix(std::min(line.size(), line.find_first_not_of("\x0B\x1C")));
    return line;
}

/// What tells an envelope of files or of batches apart.
struct Level {
    std::string_view header;
    std::string_view trailer;
    std::string_view counted;
};
constexpr Level kFile{"FHS", "FTS", "batches"};
constexpr Level kBatch{"BHS", "BTS", "messages"};

/// What is open at one level, and what was counted below it.
struct Envelope {
    bool open = false;
    char separator = 0;  ///< 0: no header told one
    std::uint64_t count = 0;
    std::string marking;
};

class Splitter {
public:
    explicit Splitter(std::size_t messages_max) : messages_max_(messages_max) {}

    Status take(std::uint64_t number, std::string_view line) {
        line_ = number;
        const std::string_view name = line.substr(0, kNameSize);
        if (name == "MSH") {
            return begin_message(line);
        }
        if (name == kFile.header || name == kBatch.header) {
            open(name == kFile.header ? kFile : kBatch, line);
        } else if (name == kFile.trailer || name == kBatch.trailer) {
            close(name == kFile.trailer ? kFile : kBatch, line);
        } else {
            take_other(line);
        }
        return {};
    }

    BatchFile finish() {
        for (const Level& level : {kBatch, kFile}) {
            if (envelope(level).open) {
                find(level.trailer, "is missing: the file may have been cut short");
            }
        }
        if (stray_lines_ > 0) {
            find("MSH", std::to_string(stray_lines_) + " lines stand outside of any message");
        }
        return std::move(file_);
    }

private:
    Envelope& envelope(const Level& level) { return level.header == "FHS" ? in_file_ : in_batch_; }

    Status begin_message(std::string_view line) {
        if (file_.messages.size() == messages_max_) {
            return fail(ErrorCode::Invalid, "the file holds more than " +
                                                std::to_string(messages_max_) +
                                                " messages: send it in parts");
        }
        ++in_batch_.count;
        file_.messages.push_back({line_, {}, in_file_.marking, in_batch_.marking});
        in_message_ = true;
        return append(line);
    }

    Status append(std::string_view line) {
        file_.messages.back().text.append(line).push_back('\r');
        return {};
    }

    void open(const Level& level, std::string_view line) {
        in_message_ = false;
        has_envelope_ = true;
        if (envelope(level).open) {
            find(level.trailer, "is missing before the next " + std::string(level.header));
        }
        Envelope opened;
        opened.open = true;
        opened.separator = line.size() > kNameSize ? line[kNameSize] : '\0';
        opened.marking = hl7::trim(hl7::nth_part(line, opened.separator, kMarkingField));
        envelope(level) = std::move(opened);
        if (level.header == kBatch.header) {
            ++in_file_.count;
        } else {
            in_batch_ = {};
        }
    }

    void close(const Level& level, std::string_view line) {
        in_message_ = false;
        has_envelope_ = true;
        if (level.header == kFile.header && in_batch_.open) {
            find(kBatch.trailer, "is missing before FTS");
        }
        Envelope& closed = envelope(level);
        if (!closed.open) {
            find(level.trailer, "closes what no " + std::string(level.header) + " opened");
        }
        const bool is_counted = level.header == kBatch.header || closed.count > 0;
        const char own = line.size() > kNameSize ? line[kNameSize] : '\0';
        const char separator = closed.separator == 0 ? own : closed.separator;
        compare(level, hl7::trim(hl7::nth_part(line, separator, 2)), is_counted, closed.count);
        closed = {};
        if (level.header == kFile.header) {
            in_batch_ = {};
        }
    }

    /// Without any BHS it is not settled what the batches of a file are.
    void compare(const Level& level, std::string_view told, bool is_counted,
                 std::uint64_t counted) {
        if (told.empty() || !is_counted) {
            return;
        }
        const std::string field = std::string(level.trailer) + "-1";
        std::uint64_t number = 0;
        const auto read = std::from_chars(told.data(), told.data() + told.size(), number);
        if (read.ec != std::errc{} || read.ptr != told.data() + told.size()) {
            return find(field, "is no number");
        }
        if (number != counted) {
            find(field, "tells " + std::to_string(number) + " " + std::string(level.counted) +
                            ", but " + std::to_string(counted) + " are there");
        }
    }

    void take_other(std::string_view line) {
        const bool is_first = file_.messages.empty() && !has_envelope_;
        if (is_first) {
            file_.messages.push_back({line_, {}, {}, {}});
            in_message_ = true;
        }
        if (in_message_) {
            file_.messages.back().text.append(line).push_back('\r');
        } else {
            ++stray_lines_;
        }
    }

    void find(std::string_view field, std::string what) {
        if (file_.findings.size() < kFindingsMax) {
            file_.findings.push_back({{}, line_, std::string(field), std::move(what)});
        }
    }

    std::size_t messages_max_;
    BatchFile file_;
    Envelope in_file_;
    Envelope in_batch_;
    std::uint64_t line_ = 0;
    std::uint64_t stray_lines_ = 0;
    bool in_message_ = false;
    bool has_envelope_ = false;
};

/// Reads the messages of one file, one after the other.
class BatchReading {
public:
    BatchReading(std::string name, const Site& site) : name_(std::move(name)), site_(site) {}

    void take(const BatchMessage& message) {
        Reading reading = read_message(as_bytes(message.text), site_);
        const Labels labels = labels_of(message);
        for (Submission& event : reading.parsed.events) {
            event.labels.add(labels);
            parsed_.events.push_back(std::move(event));
        }
        for (RecordRefusal& refusal : reading.parsed.refusals) {
            refusal.file = name_;
            refusal.line = message.line;
            parsed_.refusals.push_back(std::move(refusal));
        }
        find(message.line, std::move(reading.parsed.findings));
        not_acted_on_ += reading.disposal == Disposal::NotActedOn ? 1 : 0;
    }

    void find(std::uint64_t line, std::vector<Finding> findings) {
        for (Finding& finding : findings) {
            if (parsed_.findings.size() == kBatchFindingsMax) {
                ++findings_left_out_;
                continue;
            }
            finding.file = name_;
            finding.line = line == 0 ? finding.line : line;
            parsed_.findings.push_back(std::move(finding));
        }
    }

    Parsed finish() {
        if (not_acted_on_ > 0) {
            add("MSH-9", std::to_string(not_acted_on_) + " messages say nothing the hub acts on");
        }
        if (unknown_markings_ > 0) {
            add("BHS-8", std::to_string(unknown_markings_) +
                             " messages stand under a security marking (FHS-8, BHS-8) that "
                             "neither the tables nor [labels] know");
        }
        if (findings_left_out_ > 0) {
            add("", std::to_string(findings_left_out_) + " more findings are not told");
        }
        return std::move(parsed_);
    }

private:
    void add(std::string field, std::string what) {
        parsed_.findings.push_back({name_, 0, std::move(field), std::move(what)});
    }

    Labels labels_of(const BatchMessage& message) {
        SecurityMarkings markings(site_);
        bool unknown = false;
        for (const std::string& marking : {message.file_marking, message.batch_marking}) {
            unknown = unknown || (!marking.empty() && !markings.add(marking));
        }
        unknown_markings_ += unknown ? 1 : 0;
        return markings.labels();
    }

    std::string name_;
    const Site& site_;
    Parsed parsed_;
    std::uint64_t not_acted_on_ = 0;
    std::uint64_t unknown_markings_ = 0;
    std::uint64_t findings_left_out_ = 0;
};

}  // namespace

Result<BatchFile> split_batch(std::string_view text, std::size_t messages_max) {
    if (text.starts_with(kByteOrderMark)) {
        text.remove_prefix(kByteOrderMark.size());
    }
    Splitter splitter(messages_max);
    std::uint64_t number = 0;
    while (!text.empty()) {
        const std::size_t end = std::min(text.size(), text.find_first_of("\r\n"));
        const std::string_view line = strip_framing(text.substr(0, end));
        const bool is_pair = text.substr(end, 2) == "\r\n";
        text.remove_prefix(std::min(text.size(), end + (is_pair ? 2 : 1)));
        ++number;
        if (!line.empty()) {
            CAREHUB_TRY_DONE(splitter.take(number, line));
        }
    }
    return splitter.finish();
}

Result<Parsed> read_batch_file(const std::filesystem::path& file, const Site& site,
                               const KeepRaw& keep_raw) {
    CAREHUB_TRY(const Bytes bytes, read_file(file, kBatchBytesMax));
    CAREHUB_TRY(BatchFile batch, split_batch(as_text(bytes)));
    BatchReading reading(file.filename().string(), site);
    reading.find(0, std::move(batch.findings));
    for (const BatchMessage& message : batch.messages) {
        if (keep_raw) {
            CAREHUB_TRY_DONE(keep_raw(as_bytes(message.text)));
        }
        reading.take(message);
    }
    return reading.finish();
}

}  // namespace carehub::adapters::clinic
