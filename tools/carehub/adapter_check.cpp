// adapter check: what an adapter would make of a file. Nothing is sent.
#include <iostream>

#include <boost/json.hpp>

#include "adapters/kit/json/json_event.hpp"
#include "adapters/kit/line_file.hpp"
#include "hub/base/clock.hpp"
#include "hub/codec/submission.hpp"
#include "tools/carehub/adapter_commands.hpp"
#include "tools/carehub/adapter_kinds.hpp"
#include "tools/carehub/adapter_preview.hpp"

namespace carehub::tool {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

using adapters::EventPrinter;
using adapters::Finding;
using adapters::Parsed;
using adapters::ParseFile;
using adapters::RecordRefusal;

struct CheckArguments {
    std::string profile;
    std::string file;
    std::string kind;
    bool table = false;
};

struct Reader {
    const FileKind* kind;
    ParseFile parse;
};

/// The kind that --kind names, or whose files are called so; null when neither tells.
const FileKind* expected_kind(const CheckArguments& given) {
    const std::string suffix = fs::path(given.file).extension().string();
    for (const FileKind& known : file_kinds()) {
        if (given.kind.empty() ? known.suffix == suffix && !suffix.empty()
                               : known.name == given.kind) {
            return &known;
        }
    }
    return nullptr;
}

/// The expected kind's reader, and if there is none the only one that takes the profile.
Result<Reader> reader_of(const CheckArguments& given) {
    const SystemClock clock;
    const ReadingTime time{[clock]() -> Result<UtcTime> { return clock.now(); },
                           [](UtcTime real) -> Result<UtcTime> { return real; }};
    if (const FileKind* kind = expected_kind(given)) {
        CAREHUB_TRY(ParseFile parse, kind->reader(given.profile, time));
        return Reader{kind, std::move(parse)};
    }
    std::vector<Reader> readers;
    for (const FileKind& known : file_kinds()) {
        auto parse = known.reader(given.profile, time);
        if (parse) {
            readers.push_back({&known, std::move(*parse)});
        } else if (parse.error().code == ErrorCode::NotFound) {
            return tl::unexpected(parse.error());
        }
    }
    if (readers.size() != 1) {
        return fail(ErrorCode::Invalid,
                    "it cannot be told which kind of adapter the profile is for: name it with "
                    "--kind, which also tells what is wrong with it");
    }
    return std::move(readers.front());
}

/// What the hub would refuse of the events themselves, whatever it knows of persons.
void refuse_malformed(Parsed& parsed, const std::string& file) {
    codec::SubmissionEncoder encoder;
    std::size_t number = 0;
    std::erase_if(parsed.events, [&](const Submission& event) {
        ++number;
        const auto encoded = encoder.encode(event);
        Refusal refusal{RefusalReason::TooLarge, "", "Shorten the record's texts and lists."};
        if (encoded) {
            const auto decoded = codec::decode_submission(*encoded);
            if (decoded) {
                return false;
            }
            refusal = decoded.error();
        }
        parsed.refusals.push_back(
            {file, 0, refusal,
             "The hub would refuse event " + std::to_string(number) + " of the file."});
        return true;
    });
}

std::string place(const std::string& file, std::uint64_t line, const std::string& field) {
    return file + (line == 0 ? "" : ":" + std::to_string(line)) +
           (field.empty() ? "" : " " + field);
}

void print_refusal(const RecordRefusal& told, bool as_json) {
    if (as_json) {
        std::cerr << adapters::refusal_line(told);
        return;
    }
    const Refusal& refusal = told.refusal;
    std::cerr << place(told.file, told.line, refusal.field) << ": refused ("
              << static_cast<int>(refusal.reason) << " " << name_of(refusal.reason)
              << "): " << told.why << (told.why == refusal.fix ? "" : " " + refusal.fix) << "\n";
}

void print_finding(const Finding& told, bool as_json) {
    if (as_json) {
        std::cerr << adapters::finding_line(told);
        return;
    }
    std::cerr << place(told.file, told.line, told.field) << ": finding: " << told.what << "\n";
}

Result<int> check(const Run& run, const CheckArguments& given) {
    CAREHUB_TRY(const Reader reader, reader_of(given));
    std::string state;  // as of an adapter that has read nothing before
    CAREHUB_TRY(Parsed parsed, reader.parse(given.file, state));
    refuse_malformed(parsed, fs::path(given.file).filename().string());
    EventPrinter printer;
    if (given.table) {
        print_preview(parsed.events);
    }
    for (const Submission& event : parsed.events) {
        if (!given.table) {
            std::cout << json::serialize(printer.event_json(event)) << "\n";
        }
    }
    std::cout.flush();
    for (const RecordRefusal& refusal : parsed.refusals) {
        print_refusal(refusal, run.json);
    }
    for (const Finding& finding : parsed.findings) {
        print_finding(finding, run.json);
    }
    if (!run.json) {
        std::cerr << "carehub: " << reader.kind->name << ": " << share_mapped(parsed) << ", "
                  << parsed.refusals.size() << " refused, " << parsed.findings.size()
                  << " findings; nothing was sent\n";
    }
    return parsed.refusals.empty() ? 0 : 1;
}

}  // namespace

void add_adapter_check(CLI::App& adapter, Run& run) {
    auto* command = subcommand(
        adapter, "check",
        "what an adapter would make of a file: events on standard output as `send` takes them, "
        "refusals and findings on standard error; nothing is sent");
    auto arguments = std::make_shared<CheckArguments>();
    option(*command, "PROFILE", arguments->profile, "the adapter's configuration")->required();
    option(*command, "FILE", arguments->file, "a file, or a folder that is one export")->required();
    std::vector<std::string> kinds;
    for (const FileKind& kind : file_kinds()) {
        kinds.emplace_back(kind.name);
    }
    option(*command, "--kind", arguments->kind,
           "of the adapter; when neither the file's name nor the profile tells")
        ->check(CLI::IsMember(kinds));
    flag(*command, "--table", arguments->table,
         "the events as a table for people, in place of JSON");
    runs(command, run, [&run, arguments] { return check(run, *arguments); });
}

}  // namespace carehub::tool
