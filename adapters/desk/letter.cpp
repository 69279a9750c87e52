#include "adapters/desk/letter.hpp"

#include <sstream>

#include "adapters/desk/limits.hpp"
#include "hub/base/utc_time.hpp"

namespace carehub::adapters::desk {
namespace {

constexpr std::string_view kWeekdays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::size_t kDateLetters = 10;

/// "AskOfficer" -> "ask officer"
std::string in_words(std::string_view name) {
    std::string words;
    for (const char c : name) {
        const bool begins = c >= 'A' && c <= 'Z';
        words += begins && !words.empty() ? " " : "";
        words += begins ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return words;
}

std::string wrapped(const std::string& text) {
    std::istringstream words(text);
    std::string out;
    std::size_t length = 0;
    for (std::string word; words >> word;) {
        const bool fits = length != 0 && length + 1 + word.size() <= kMailLineMax;
        out += length == 0 ? "" : fits ? " " : "\n";
        length = fits ? length + 1 + word.size() : word.size();
        out += word;
    }
    return out + "\n";
}

std::string head_line(const Situation& situation, const LetterStyle& style) {
    return wrapped("Client " + style.client_shown(situation.client) + ". " +
                   std::string(name_of(situation.severity)) + ". Act by " +
                   spoken_time(situation.act_by) + ".");
}

std::string steps_of(const Situation& situation) {
    std::string text;
    std::size_t rank = 0;
    for (const SuggestedStep& step : situation.suggestions) {
        text += wrapped(std::to_string(++rank) + ". " + in_words(step.action) + " (" +
                        in_words(step.who) + ", until " + spoken_time(step.by) + "): " + step.why +
                        "." + (step.needs_consent ? " Ask the client's consent first." : ""));
    }
    return text.empty() ? "" : "\nWhat can be done, best first:\n" + text;
}

std::string evidence_of(const Situation& situation) {
    std::string text;
    for (const std::uint64_t sequence : situation.evidence) {
        text += " h-" + std::to_string(sequence);
    }
    return text.empty() ? "" : wrapped("Evidence (carehub trail event):" + text);
}

std::string why_you(const Situation& situation, const LetterStyle& style) {
    return wrapped(situation.owner == style.reader
                       ? "You are told because the client is yours (" + style.reader + ")."
                       : "You are told beside " + situation.owner + ", whose client it is.");
}

std::string commands(const std::string& alert_id) {
    return "To read all of it:       carehub alerts show " + alert_id +
           "\n"
           "To say that you have it: carehub alerts ack " +
           alert_id + "\n";
}

}  // namespace

std::string spoken_time(std::string_view iso) {
    const auto date = parse_iso_date(iso.substr(0, kDateLetters));
    const auto time = parse_iso_time(iso);
    if (!date || !time || *time == kUnknownTime) {
        return "a time not told";
    }
    const std::size_t offset = iso.find_first_of("Z+-", kDateLetters);
    const auto weekday = std::chrono::weekday{*date}.c_encoding();
    return std::string(kWeekdays[weekday]) + " " + std::string(iso.substr(0, kDateLetters)) + " " +
           std::string(iso.substr(kDateLetters + 1, 5)) + " " + std::string(iso.substr(offset));
}

Letter letter_of(const Situation& situation, const LetterStyle& style) {
    Letter letter;
    letter.subject = "carehub: " + std::string(name_of(situation.severity)) + " alert " +
                     situation.alert_id + ", act by " + spoken_time(situation.act_by);
    letter.body = head_line(situation, style);
    if (style.text == TextAmount::Full) {
        letter.body += "\n" + wrapped(situation.text) + steps_of(situation);
    }
    letter.body += "\n" + why_you(situation, style) + evidence_of(situation) + "\n" +
                   commands(situation.alert_id);
    return letter;
}

Letter digest_of(std::span<const Situation> situations, const LetterStyle& style) {
    const std::string count = std::to_string(situations.size());
    Letter letter;
    letter.subject = "carehub: digest, " + count + (situations.size() == 1 ? " alert" : " alerts");
    letter.body = wrapped("Open and not urgent: " + count + ".");
    for (const Situation& situation : situations) {
        letter.body += "\n" + situation.alert_id + "\n" + head_line(situation, style);
        letter.body += style.text == TextAmount::Full ? wrapped(situation.text) : "";
    }
    letter.body += "\n" + commands("ID");
    return letter;
}

}  // namespace carehub::adapters::desk
