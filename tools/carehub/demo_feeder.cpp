#include "tools/carehub/demo_feeder.hpp"

#include <algorithm>
#include <cstdio>
#include <future>
#include <sstream>
#include <thread>

#include <boost/json.hpp>

#include "adapters/clinic/message_file.hpp"
#include "hub/daemon/data_folder.hpp"
#include "tools/carehub/demo_limits.hpp"
#include "tools/carehub/door.hpp"
#include "tools/carehub/output.hpp"

namespace carehub::tool::demo {
namespace {

namespace fs = std::filesystem;

constexpr const char* kLocalHost = "127.0.0.1";

/// "day-03": at least two digits.
std::string day_name(unsigned day) {
    std::string digits = std::to_string(day);
    return "day-" + std::string(digits.size() < 2 ? 2 - digits.size() : 0, '0') + digits;
}

/// A county of a hundred days and more writes three digits.
fs::path day_folder(const DemoFolder& folder, unsigned day) {
    const fs::path two = folder.county() / day_name(day);
    const fs::path three = folder.county() / ("day-0" + day_name(day).substr(4));
    return fs::exists(two) ? two : three;
}

std::vector<fs::path> sorted_entries(const fs::path& folder) {
    std::vector<fs::path> paths;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, error)) {
        paths.push_back(entry.path());
    }
    std::ranges::sort(paths);
    return paths;
}

bool is_accepted(const std::string& code) { return code == "AA" || code == "CA"; }

/// "Try again": the receiver could not reach the hub in time.
bool is_rejected(const std::string& code) { return code == "AR" || code == "CR"; }

}  // namespace

Result<std::uint64_t> count_messages(const DemoFolder& folder, unsigned days) {
    std::uint64_t count = 0;
    for (unsigned day = 1; day <= days; ++day) {
        for (const fs::path& file : sorted_entries(day_folder(folder, day) / "clinic")) {
            CAREHUB_TRY(const auto messages, adapters::clinic::read_message_file(file));
            count += messages.size();
        }
    }
    return count;
}

Status Feeder::move_clock(UtcTime time) {
    CAREHUB_TRY(const Receipt receipt, with_.admin.command(ClockCommand{time}));
    if (receipt.status == ReceiptStatus::Refused) {
        return tl::unexpected<Error>(refusal_error(receipt));
    }
    return {};
}

Status Feeder::feed(unsigned day) {
    CAREHUB_TRY_DONE(feed_clinic(day));
    CAREHUB_TRY_DONE(feed_files(day));
    CAREHUB_TRY_DONE(feed_staff(day));
    return feed_acts(day);
}

Status Feeder::feed_clinic(unsigned day) {
    for (const fs::path& file : sorted_entries(day_folder(with_.folder, day) / "clinic")) {
        CAREHUB_TRY(const auto messages, adapters::clinic::read_message_file(file));
        for (const std::string& message : messages) {
            CAREHUB_TRY_DONE(send(message));
            CAREHUB_TRY_DONE(with_.probe.after_message(message, day));
        }
    }
    return {};
}

Status Feeder::send(const std::string& message) {
    auto kill_after = with_.kills.at_message(fed_.messages++);
    for (unsigned attempt = 1; attempt <= kAttemptsMax; ++attempt) {
        const auto answer = exchange(message, std::exchange(kill_after, std::nullopt));
        const std::string code = answer ? adapters::clinic::answer_code(*answer) : "";
        if (answer && !is_rejected(code)) {
            fed_.messages_refused += is_accepted(code) ? 0U : 1U;
            return {};
        }
        ++fed_.sent_again;
    }
    return fail(ErrorCode::Unavailable, "the clinic's adapter takes no messages; see " +
                                            with_.folder.log("clinic").string());
}

Result<std::string> Feeder::exchange(const std::string& message,
                                     std::optional<std::chrono::microseconds> kill_after) {
    if (!clinic_) {
        CAREHUB_TRY(auto client,
                    adapters::clinic::MllpClient::connect(kLocalHost, with_.adapters.mllp_port()));
        clinic_.emplace(std::move(client));
    }
    Result<std::string> answer;
    if (kill_after) {
        // The answer is awaited on a thread of its own: the hub is killed and started by this one.
        auto awaited =
            std::async(std::launch::async, [this, &message] { return clinic_->exchange(message); });
        CAREHUB_TRY_DONE(kill_hub(*kill_after));
        answer = awaited.get();
    } else {
        answer = clinic_->exchange(message);
    }
    if (!answer) {
        clinic_.reset();
    }
    return answer;
}

Status Feeder::kill_hub(std::chrono::microseconds after) {
    std::this_thread::sleep_for(after);
    return with_.hub.kill_and_restart();
}

Status Feeder::feed_files(unsigned day) {
    const fs::path folder = day_folder(with_.folder, day);
    for (const DemoPartner& partner : kPartners) {
        if (partner.name == kListens) {
            continue;
        }
        for (const fs::path& file : sorted_entries(folder / partner.name)) {
            // A name of its own each day; the adapters take names in order.
            CAREHUB_TRY_DONE(with_.adapters.deliver(
                std::string(partner.name), file, day_name(day) + "-" + file.filename().string()));
            ++fed_.files;
        }
    }
    if (const auto kill_after = with_.kills.at_files(day)) {
        CAREHUB_TRY_DONE(kill_hub(*kill_after));
    }
    CAREHUB_TRY_DONE(with_.adapters.wait_until_idle());
    for (const std::string_view kind : {"court", "supervision"}) {
        for (const fs::path& file : sorted_entries(folder / kind)) {
            CAREHUB_TRY(const std::string text, daemon::read_text(file));
            with_.probe.after_file(text);
        }
    }
    return {};
}

Status Feeder::feed_staff(unsigned day) {
    const fs::path file = day_folder(with_.folder, day) / "staff.jsonl";
    std::error_code error;
    if (!fs::exists(file, error) || fs::file_size(file, error) == 0) {
        return {};
    }
    CAREHUB_TRY(const std::string receipts,
                must_run({"--data", with_.folder.hub().string(), "send", file.string()},
                         with_.folder.log("send"), kCommandMax));
    fed_.staff_events += static_cast<std::uint64_t>(std::ranges::count(receipts, '\n'));
    return {};
}

Status Feeder::feed_acts(unsigned day) {
    CAREHUB_TRY(const std::string text,
                daemon::read_text(day_folder(with_.folder, day) / "acts.jsonl"));
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        const boost::json::object act = parse_line(line);
        std::vector<std::string> command;
        for (const boost::json::value& word : act.at("command").as_array()) {
            command.emplace_back(word.as_string());
        }
        command.insert(command.end(), {"--link", with_.folder.link(text_at(act, "by")).string()});
        CAREHUB_TRY([[maybe_unused]] const std::string said,
                    must_run(command, with_.folder.log("acts"), kCommandMax));
        ++fed_.acts;
    }
    return {};
}

}  // namespace carehub::tool::demo
