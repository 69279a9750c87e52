// send: canonical events as JSON lines; a receipt a line, in the order of the input.
#include <fstream>
#include <iostream>
#include <map>

#include <boost/json.hpp>

#include "adapters/kit/json/json_event.hpp"
#include "hub/codec/submission.hpp"
#include "tools/carehub/door.hpp"
#include "tools/carehub/session.hpp"
#include "tools/carehub/words.hpp"

namespace carehub::tool {
namespace {

namespace json = boost::json;

using adapters::LineSource;

/// Takes what became of each line, in any order, and prints it in the order of the lines.
class ReceiptPrinter {
public:
    /// The line's event, before its receipt can come.
    void expect(std::uint64_t number, std::string id) { ids_[number] = std::move(id); }

    void take(std::uint64_t number, const Receipt& receipt) {
        const auto id = ids_.extract(number);
        const bool refused = receipt.status == ReceiptStatus::Refused;
        const bool known = receipt.sequence.value != 0;
        json::object line{
            {"id", id.empty() ? "" : id.mapped()},
            {"event_id",
             known ? json::value(json::string("h-" + std::to_string(receipt.sequence.value)))
                   : json::value()},
            {"status", refused                                      ? "refused"
                       : receipt.status == ReceiptStatus::Duplicate ? "duplicate"
                                                                    : "accepted"},
            {"sequence", receipt.sequence.value},
            {"root", to_hex(receipt.root)},
            {"reason", refused ? json::value(reason_json(receipt.refusal)) : json::value()}};
        if (receipt.routed_to != RoutedTo::Unset) {
            line["routed_to"] = plain_word(name_of(receipt.routed_to));
        }
        refused_ += refused ? 1 : 0;
        nobody_ += receipt.routed_to == RoutedTo::Nobody ? 1 : 0;
        ready_[number] = json::serialize(line);
        while (!ready_.empty() && ready_.begin()->first == next_) {
            std::cout << ready_.begin()->second << "\n";
            ready_.erase(ready_.begin());
            ++next_;
        }
    }

    /// A line that the hub never saw.
    void refuse(std::uint64_t number, Refusal refusal) {
        Receipt receipt;
        receipt.status = ReceiptStatus::Refused;
        receipt.refusal = std::move(refusal);
        take(number, receipt);
    }

    [[nodiscard]] std::uint64_t refused() const { return refused_; }
    [[nodiscard]] std::uint64_t routed_to_nobody() const { return nobody_; }

private:
    static json::object reason_json(const Refusal& refusal) {
        return {{"code", static_cast<std::uint16_t>(refusal.reason)},
                {"name", name_of(refusal.reason)},
                {"field", refusal.field},
                {"fix", refusal.fix}};
    }

    std::map<std::uint64_t, std::string> ids_;
    std::map<std::uint64_t, std::string> ready_;
    std::uint64_t next_ = 1;
    std::uint64_t refused_ = 0;
    std::uint64_t nobody_ = 0;
};

using Submit = std::function<Status(std::uint64_t number, const Submission& event)>;

/// Parses each line and hands on what is an event; the rest is refused here.
Status send_lines(std::istream& in, LineSource source, ReceiptPrinter& printer,
                  const Submit& submit) {
    codec::SubmissionEncoder encoder;
    std::uint64_t number = 0;
    for (std::string text; std::getline(in, text);) {
        ++source.line;
        if (text.find_first_not_of(" \t\r") == std::string::npos) {
            continue;
        }
        ++number;
        const auto event = parse_event(text, source);
        printer.expect(number, event ? event->source_msg_id : event_id_of(text, source));
        if (!event) {
            printer.refuse(number, event.error());
            continue;
        }
        if (!encoder.encode(*event)) {
            printer.refuse(number,
                           {RefusalReason::TooLarge, "", "send at most 49152 bytes an event"});
            continue;
        }
        CAREHUB_TRY_DONE(submit(number, *event));
    }
    return {};
}

Status send_to_hub(const Run& run, std::istream& in, const LineSource& source,
                   ReceiptPrinter& printer) {
    CAREHUB_TRY(adapters::HubClient client, connect_client(run, codec::Purpose::Send));
    const auto sink = [&printer](std::uint64_t number, const Receipt& receipt) {
        printer.take(number, receipt);
        return Status{};
    };
    CAREHUB_TRY_DONE(
        send_lines(in, source, printer, [&](std::uint64_t number, const Submission& event) {
            return client.submit_later(number, event, sink);
        }));
    const Status done = client.finish(sink);
    client.leave();
    return done;
}

Status send_to_folder(daemon::LocalHub& hub, std::istream& in, const LineSource& source,
                      ReceiptPrinter& printer) {
    return send_lines(in, source, printer,
                      [&](std::uint64_t number, const Submission& event) -> Status {
                          CAREHUB_TRY(const Receipt receipt, hub.submit(event));
                          printer.take(number, receipt);
                          return {};
                      });
}

/// Over the link; without one to the folder itself when no hub runs on it.
Status send_all(const Run& run, std::istream& in, const LineSource& source,
                ReceiptPrinter& printer) {
    if (run.link.empty()) {
        const auto local = daemon::LocalHub::open(folder_of(run));
        if (local) {
            return send_to_folder(**local, in, source, printer);
        }
        if (local.error().code != ErrorCode::AnotherWriter) {
            return tl::unexpected<Error>(local.error());
        }
    }
    return send_to_hub(run, in, source, printer);
}

Result<int> send(const Run& run, const std::string& file) {
    CAREHUB_TRY(const adapters::LinkFile link, link_of(run));
    const bool from_stdin = file == "-";
    std::ifstream opened;
    if (!from_stdin) {
        opened.open(file);
        if (!opened) {
            return fail(ErrorCode::NotFound, "cannot read " + file);
        }
    }
    LineSource source;
    source.file = from_stdin ? "stdin" : std::filesystem::path(file).filename().string();
    source.feed = link.name;
    ReceiptPrinter printer;
    CAREHUB_TRY_DONE(send_all(run, from_stdin ? std::cin : opened, source, printer));
    std::cout.flush();
    if (printer.routed_to_nobody() > 0) {
        std::cerr << "carehub: " << printer.routed_to_nobody()
                  << " accepted and routed to nobody: is the person in the roster under these "
                     "identifiers?\n";
    }
    if (printer.refused() > 0) {
        std::cerr << "carehub: " << printer.refused()
                  << " refused: see reason.fix of each receipt\n";
        return 1;
    }
    return 0;
}

}  // namespace

void add_send(CLI::App& app, Run& run) {
    auto* command =
        subcommand(app, "send", "send canonical events, one JSON object a line; a receipt a line");
    auto file = std::make_shared<std::string>();
    option(*command, "FILE", *file, "JSON lines; - for standard input")->required();
    runs(command, run, [&run, file] { return send(run, *file); });
}

}  // namespace carehub::tool
