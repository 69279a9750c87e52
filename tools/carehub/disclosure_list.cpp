#include "tools/carehub/disclosure_list.hpp"

#include <iostream>
#include <map>

#include <boost/json.hpp>

#include "tools/carehub/output.hpp"
#include "tools/carehub/page.hpp"

namespace carehub::tool {
namespace {

namespace json = boost::json;

/// What makes a disclosure one of several: its recipient, purpose, and what it rests on.
std::string key_of(const json::object& line) {
    std::string key;
    for (const char* part :
         {"recipient", "disclosers", "purpose", "consent", "agreement", "exempt", "left"}) {
        const bool is_sign = std::string_view(part) == "left";
        // What may have left is told apart from what did.
        key += (is_sign ? std::string(text_at(line, part) == "owed" ? "owed" : "left")
                        : text_at(line, part)) +
               '\n';
    }
    return key;
}

// --- Words ---

std::string joined(const std::vector<std::string>& words, std::string_view between = ", ") {
    std::string text;
    for (const std::string& word : words) {
        text += (text.empty() || word.empty() ? "" : std::string(between)) + word;
    }
    return text;
}

std::string form_in_words(const std::string& form) {
    if (form == "reduced") {
        return "kind, status and times only";
    }
    if (form == "busy_only") {
        return "only that you were busy then";
    }
    return form == "alert" ? "a warning that speaks of these facts" : "all that was told of it";
}

std::string what_of(const DisclosureRow& row) {
    std::vector<std::string> kinds;
    for (const std::string& kind : row.kinds) {
        kinds.push_back(in_words(kind));
    }
    std::vector<std::string> forms;
    for (const std::string& form : row.forms) {
        forms.push_back(form_in_words(form));
    }
    return joined(kinds) + ": " + joined(forms, "; ");
}

std::string why_of(const DisclosureRow& row) {
    const std::string purpose = text_at(row.first, "purpose");
    const std::string consent = text_at(row.first, "consent");
    const std::string agreement = text_at(row.first, "agreement");
    return joined({purpose.empty() ? "" : in_words(purpose),
                   consent.empty() ? "" : "consent you signed: " + consent,
                   agreement.empty() ? "" : "agreement: " + agreement},
                  "; ");
}

std::string when_of(const DisclosureRow& row) {
    const std::string first = spoken_time(text_at(row.first, "at"));
    if (row.count == 1) {
        return first;
    }
    return first + "; " + std::to_string(row.count) + " times, the last " +
           spoken_time(row.last_at);
}

std::string whom_of(const DisclosureRow& row) {
    const std::string kind = text_at(row.first, "recipient_kind");
    return joined({text_at(row.first, "recipient") + " (" +
                       (kind == "staff" ? "your case management office" : kind) + ")",
                   text_at(row.first, "address")});
}

std::string note_of(const DisclosureRow& row) {
    const std::string exempt = text_at(row.first, "exempt");
    const bool is_owed = text_at(row.first, "left") == "owed";
    return joined({exempt.empty() ? "" : "not required to be listed: " + exempt,
                   is_owed ? "on its way: no answer yet" : ""},
                  "; ");
}

std::string law_of(const std::string& regime) {
    if (regime == "hipaa") {
        return "This is the accounting of disclosures of health information of 45 CFR 164.528 "
               "(HIPAA).";
    }
    if (regime == "part2") {
        return "This is the list of disclosures of substance use disorder treatment records made "
               "with your consent, 42 CFR 2.25 and 2.24 (Part 2).";
    }
    return "This list follows 45 CFR 164.528 (HIPAA) and 42 CFR 2.25 and 2.24 (Part 2), and tells "
           "also what neither of them covers.";
}

std::string left_out(const DisclosureRequest& request) {
    return request.with_exempt
               ? "It also tells what the law does not require to be listed, with the reason."
               : "The law does not require to list everything, such as what was told for treatment "
                 "or under an authorization. You may ask for those too.";
}

std::string period_of(const DisclosureRequest& request) {
    if (request.from.empty() && request.to.empty()) {
        return request.regime == "part2" ? "the last three years" : "the last six years";
    }
    return (request.from.empty() ? "" : "from " + request.from) +
           (request.to.empty() ? "" : (request.from.empty() ? "until " : " until ") + request.to);
}

// --- HTML ---

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            case '\'': out += "&#39;"; break;
            default: out += c;
        }
    }
    return out;
}

std::string cell(std::string_view text) { return "<td>" + escaped(text) + "</td>"; }

constexpr std::string_view kHead = R"(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Who received information about you</title>
<style>
@page { size: letter; margin: 2cm; }
body { font: 11pt/1.4 serif; max-width: 60em; margin: 2em auto; padding: 0 1em; }
h1 { font-size: 16pt; }
table { border-collapse: collapse; width: 100%; }
th, td { border: 1px solid #666; padding: 0.3em 0.5em; text-align: left; vertical-align: top; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
@media print { body { margin: 0; max-width: none; padding: 0; } }
</style>
</head>
<body>
<h1>Who received information about you</h1>
)";

}  // namespace

std::vector<DisclosureRow> roll_up(const std::vector<std::string>& lines) {
    std::vector<DisclosureRow> rows;
    std::map<std::string, std::size_t> places;
    for (const std::string& text : lines) {
        json::object line = parse_line(text);
        const auto [place, is_new] = places.try_emplace(key_of(line), rows.size());
        if (is_new) {
            rows.emplace_back();
        }
        DisclosureRow& row = rows[place->second];
        row.last_at = text_at(line, "at");
        row.kinds.insert(text_at(line, "kind"));
        row.forms.insert(text_at(line, "form"));
        ++row.count;
        if (is_new) {
            row.first = std::move(line);
        }
    }
    return rows;
}

std::vector<DisclosureRow> each_alone(const std::vector<std::string>& lines) {
    std::vector<DisclosureRow> rows;
    for (const std::string& line : lines) {
        rows.push_back(roll_up({line}).front());
    }
    return rows;
}

std::string row_to_json(const DisclosureRow& row) {
    json::object out{{"first", text_at(row.first, "at")},
                     {"last", row.last_at},
                     {"count", row.count},
                     {"kinds", json::array(row.kinds.begin(), row.kinds.end())},
                     {"forms", json::array(row.forms.begin(), row.forms.end())}};
    for (const char* key : {"recipient", "recipient_kind", "address", "disclosers", "purpose",
                            "consent", "agreement", "regimes", "exempt", "left", "event_id"}) {
        out[key] = row.first.at(key);
    }
    return json::serialize(out);
}

void print_disclosures(const DisclosureRequest& request, const std::vector<DisclosureRow>& rows) {
    print_paragraph("Who received information about " + request.client + ", " + period_of(request) +
                    ".");
    print_paragraph(law_of(request.regime) + " " + left_out(request));
    std::cout << "\n";
    if (rows.empty()) {
        std::cout << "Nobody.\n";
        return;
    }
    std::vector<std::vector<std::string>> cells;
    for (const DisclosureRow& row : rows) {
        cells.push_back({when_of(row), whom_of(row), text_at(row.first, "disclosers"), what_of(row),
                         why_of(row), note_of(row)});
    }
    print_table({"when", "to whom", "told by", "what", "why", "note"}, cells);
}

std::string disclosure_page(const DisclosureRequest& request,
                            const std::vector<DisclosureRow>& rows) {
    std::string page(kHead);
    page += "<p>Client: " + escaped(request.client) +
            "<br>Time asked about: " + escaped(period_of(request)) +
            "<br>Made: " + escaped(spoken_time(request.made_at)) + "</p>\n<p>" +
            escaped(law_of(request.regime)) + " " + escaped(left_out(request)) + "</p>\n";
    if (rows.empty()) {
        return page + "<p>Nobody received anything in that time.</p>\n</body>\n</html>\n";
    }
    page +=
        "<table>\n<thead><tr><th>When</th><th>Who received it</th><th>Who told it</th>"
        "<th>What</th><th>Why</th><th>Note</th></tr></thead>\n<tbody>\n";
    for (const DisclosureRow& row : rows) {
        page += "<tr>" + cell(when_of(row)) + cell(whom_of(row)) +
                cell(text_at(row.first, "disclosers")) + cell(what_of(row)) + cell(why_of(row)) +
                cell(note_of(row)) + "</tr>\n";
    }
    return page +
           "</tbody>\n</table>\n<p>If something here is wrong or you do not know why "
           "somebody received it, ask your case manager or the privacy officer of the "
           "office that gave you this list.</p>\n</body>\n</html>\n";
}

}  // namespace carehub::tool
