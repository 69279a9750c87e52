// Events as JSON: a line of `carehub send` becomes a Submission, what `carehub watch` prints is
// made of a Notice.
//
// Contract: a key for each field of the glossary (sections 3 and 5), in snake_case; times ISO 8601
// with offset; enumerators, flags and labels by name. What is not told is left out. A key nobody
// knows refuses the line, and its path and the nearest known key are named. `id` is the partner's
// own event id: a line without one gets FILE:LINE:DIGEST, the same each time the file is sent.
// parse_event(event_json(x)) == x for every x whose payload is the one its kind asks for. Required
// fields are the hub's question (codec/submission.hpp).
// Errors: a Refusal with reason, field path and fix; it never repeats a value.
// Threads: functions from any thread; an EventPrinter is confined to one.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <boost/json/object.hpp>
#include <tl/expected.hpp>

#include "adapters/kit/known_zones.hpp"
#include "hub/model/notice.hpp"
#include "hub/model/refusal.hpp"
#include "hub/model/submission.hpp"

namespace carehub::adapters {

/// Where a line stands, and the feed of lines that name none.
struct LineSource {
    std::string file;  ///< its name without folders
    std::uint64_t line = 0;
    std::string feed;
};

[[nodiscard]] tl::expected<Submission, Refusal> parse_event(std::string_view line,
                                                            const LineSource& source);

/// The id a line tells or would be given; for lines that are refused too.
[[nodiscard]] std::string event_id_of(std::string_view line, const LineSource& source);

/// "full", "reduced", "busy_only"
[[nodiscard]] std::string_view form_word(Form form);

/// Knows the time zones it has printed in, so that each is loaded once.
class EventPrinter {
public:
    [[nodiscard]] boost::json::object event_json(const Submission& event);
    /// {"sequence","kind","event_id","client","disclosed","body"}, and who disclosed it; of a
    /// further attempt "attempt" and "first_number", of one told again on purpose "history" and
    /// "first_number", of one of a series "series".
    [[nodiscard]] boost::json::object notice_json(const Notice& notice);

private:
    KnownZones zones_;
};

/// The shape of `carehub alerts --json`.
[[nodiscard]] boost::json::object alert_json(const AlertNotice& alert, const std::string& client);

}  // namespace carehub::adapters
