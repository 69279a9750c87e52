// What a message says of one situation, or of many.
//
// Contract: pure. The subject and the first line, which a locked screen shows, name severity, the
// alert's number, the client's number and the time to act, and nothing of what it is about. The
// text is the hub's own, worded for this reader. Not in any of it: names of rules, keys and
// identifiers of partners, the client's name unless `name_of` gives one. Lines end with "\n" and are
// kMailLineMax letters at most, words permitting. Threads: any thread.
#pragma once

#include <functional>
#include <span>
#include <string>

#include "adapters/desk/desk_config.hpp"
#include "adapters/desk/situation.hpp"

namespace carehub::adapters::desk {

struct LetterStyle {
    TextAmount text = TextAmount::Full;
    std::string reader;  ///< the person's name in the directory
    /// "C-1", or "Ana Doe (C-1)" where the configuration asks for names.
    std::function<std::string(const std::string& client)> client_shown;
};

struct Letter {
    std::string subject;  ///< ASCII, one line
    std::string body;
};

[[nodiscard]] Letter letter_of(const Situation& situation, const LetterStyle& style);
[[nodiscard]] Letter digest_of(std::span<const Situation> situations, const LetterStyle& style);

/// "Thu 2026-07-09 10:00 -04:00"
[[nodiscard]] std::string spoken_time(std::string_view iso);

}  // namespace carehub::adapters::desk
