#include "tools/carehub/trail_words.hpp"

#include <algorithm>
#include <array>

#include "tools/carehub/output.hpp"
#include "tools/carehub/page.hpp"

namespace carehub::tool {
namespace {

struct QuestionWords {
    std::string_view question;
    std::string_view words;
    ReadAct act;
};
constexpr std::array kQuestions = {
    QuestionWords{"client", "read the page", ReadAct::Read},
    QuestionWords{"consents", "read the consents", ReadAct::Read},
    QuestionWords{"alert", "read an alert", ReadAct::Read},
    QuestionWords{"trail_client", "read the trail", ReadAct::Read},
    QuestionWords{"trail_event", "read the trail of an event", ReadAct::Read},
    QuestionWords{"fate", "read the fate of an event", ReadAct::Read},
    QuestionWords{"fate_of", "read the fate of an event of its own", ReadAct::Read},
    QuestionWords{"deadletter", "read a dead letter", ReadAct::Read},
    QuestionWords{"disclosures", "exported the disclosures", ReadAct::Export},
    QuestionWords{"roster", "exported the roster", ReadAct::Export},
    QuestionWords{"alerts", "searched the alerts", ReadAct::Search},
    QuestionWords{"board", "searched the board", ReadAct::Search},
    QuestionWords{"report", "read the report of alerts", ReadAct::Search},
    QuestionWords{"deadletters", "searched the dead letters", ReadAct::Search},
    QuestionWords{"review", "searched for people who may be one", ReadAct::Search},
    QuestionWords{"retention_due", "searched whose years are over", ReadAct::Search},
    QuestionWords{"rehearsal", "read what a feed in rehearsal would raise", ReadAct::Search},
    QuestionWords{"trail_partner", "searched the trail of a partner", ReadAct::Search},
    QuestionWords{"trail_staff", "searched the trail of staff", ReadAct::Search},
};

const QuestionWords* words_of(std::string_view question) {
    const auto found = std::ranges::find(kQuestions, question, &QuestionWords::question);
    return found == kQuestions.end() ? nullptr : &*found;
}

/// " of C-0001"; "" where no client is named.
std::string with(std::string_view word, const std::string& text) {
    return text.empty() ? "" : " " + std::string(word) + " " + text;
}

std::string notice_sentence(const boost::json::object& line, std::string_view what) {
    const std::string recipient = text_at(line, "recipient");
    const std::string about = with("about", text_at(line, "client"));
    const std::string result = text_at(line, "result");
    const std::string form = text_at(line, "detail");
    if (result == "queued") {
        return recipient + " was sent " + std::string(what) + about +
               (form.empty() ? "" : " (" + form + ")");
    }
    if (result == "shown") {
        return recipient + " looked at " + std::string(what) + about;
    }
    return std::string(what) + about + " for " + recipient + " was " + result;
}

std::string act_sentence(const boost::json::object& line, const std::string& kind) {
    const std::string actor = text_at(line, "actor");
    const std::string act = text_at(line, "act");
    const std::string client = text_at(line, "client");
    if (kind == "Read") {
        const QuestionWords* words = words_of(act);
        const std::string did = words != nullptr ? std::string(words->words)
                                : act.empty()    ? "read something"
                                                 : "asked " + act;
        return actor + " " + did + with("of", client);
    }
    if (kind == "Command" && (act == "erase" || act == "purge")) {
        return actor + (act == "erase" ? " erased" : " purged") +
               " the client: what was told before is unreadable for ever";
    }
    if (kind == "BreakGlass") {
        return actor + " read about " + (client.empty() ? "somebody's client" : client) +
               " in an emergency";
    }
    if (kind == "Command") {
        return actor + " told the hub: " + act + with("of", client);
    }
    if (kind == "Acknowledge") {
        return actor + " took what it was sent " + act;
    }
    if (kind == "Verdict") {
        return actor + " answered a notice" + with("about", client);
    }
    if (kind == "Resume") {
        return actor + " came back for what it is owed";
    }
    if (kind == "Tick") {
        return "time passed" + with("for", client);
    }
    return actor + " told: " + in_words(kind) + with("of", client);
}

}  // namespace

ReadAct read_act(std::string_view question) {
    const QuestionWords* words = words_of(question);
    return words == nullptr ? ReadAct::Read : words->act;
}

std::string trail_sentence(const boost::json::object& line) {
    const std::string kind = text_at(line, "kind");
    const std::string detail = text_at(line, "detail");
    const std::string recipient = text_at(line, "recipient");
    if (kind == "Notice" || kind == "AlertNotice") {
        return notice_sentence(line, kind == "Notice" ? "a notice" : "an alert");
    }
    if (kind == "DisclosureRecorded") {
        return recipient + " may know of it" + with("in the form", detail);
    }
    if (kind == "AccessDenied") {
        return "withheld from " + recipient + ": " + in_words(detail);
    }
    if (kind == "Alert") {
        return "alert " + in_words(detail) + with("for", recipient) + ": " +
               in_words(text_at(line, "result"));
    }
    if (kind == "DeadLetter") {
        return "a notice for " + recipient + " was given up: " + in_words(text_at(line, "result"));
    }
    const bool refused = text_at(line, "result") == "refused";
    return act_sentence(line, kind) + (refused ? ": refused" : "") +
           (detail.empty() ? "" : (refused ? " (" + in_words(detail) + ")" : ": " + detail));
}

}  // namespace carehub::tool
