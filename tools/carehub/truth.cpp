#include "tools/carehub/truth.hpp"

#include <algorithm>
#include <fstream>

#include <boost/json.hpp>

namespace carehub::tool {
namespace {

namespace json = boost::json;

std::string text_at(const json::object& line, std::string_view key) {
    const json::value* text = line.if_contains(key);
    return text != nullptr && text->is_string() ? std::string(text->get_string()) : "";
}

std::vector<std::string> texts_at(const json::object& line, std::string_view key) {
    std::vector<std::string> texts;
    const json::value* list = line.if_contains(key);
    if (list != nullptr && list->is_array()) {
        for (const json::value& text : list->get_array()) {
            texts.emplace_back(text.is_string() ? std::string(text.get_string()) : "");
        }
    }
    return texts;
}

std::int64_t number_at(const json::object& line, std::string_view key) {
    const json::value* number = line.if_contains(key);
    return number != nullptr && number->is_int64() ? number->get_int64() : 0;
}

Disclosure disclosure_of(const json::object& line) {
    return {text_at(line, "client"), text_at(line, "partner"), text_at(line, "recipient"),
            texts_at(line, "ids"), text_at(line, "why")};
}

bool add_line(const json::object& line, Truth& truth) {
    const std::string type = text_at(line, "type");
    if (type == "alert") {
        truth.alerts.push_back({text_at(line, "rule"), text_at(line, "client"),
                                texts_at(line, "ids"), number_at(line, "day"),
                                text_at(line, "expect"), text_at(line, "why")});
    } else if (type == "trap") {
        truth.traps.push_back(
            {text_at(line, "rule"), text_at(line, "client"), text_at(line, "why")});
    } else if (type == "withheld") {
        truth.withheld.push_back(disclosure_of(line));
    } else if (type == "delivered") {
        truth.delivered.push_back(disclosure_of(line));
    } else if (type == "event") {
        truth.events.push_back({text_at(line, "kind"), text_at(line, "client"),
                                text_at(line, "partner"), texts_at(line, "ids"),
                                number_at(line, "count"), text_at(line, "why")});
    } else if (type == "summary") {
        const std::vector<std::string> judges = texts_at(line, "judges");
        truth.judges = {judges.begin(), judges.end()};
    } else {
        return false;
    }
    return true;
}

/// A rule that is planted, or tempted by a trap, without being judged; empty when there is none.
std::string unjudged_rule(const Truth& truth) {
    for (const PlantedAlert& planted : truth.alerts) {
        if (!truth.judges.contains(planted.rule)) {
            return planted.rule;
        }
    }
    for (const Trap& trap : truth.traps) {
        if (!truth.judges.contains(trap.rule)) {
            return trap.rule;
        }
    }
    return "";
}

}  // namespace

Result<Truth> read_truth(const std::filesystem::path& file) {
    std::ifstream input(file);
    if (!input) {
        return fail(ErrorCode::Io, "cannot read " + file.string());
    }
    Truth truth;
    std::string text;
    for (std::uint64_t number = 1; std::getline(input, text); ++number) {
        json::error_code error;
        const json::value line = json::parse(text, error);
        if (error || !line.is_object() || !add_line(line.get_object(), truth)) {
            return fail(ErrorCode::Invalid, file.string() + " line " + std::to_string(number) +
                                                " is no line of a truth");
        }
    }
    if (const std::string rule = unjudged_rule(truth); !rule.empty()) {
        return fail(ErrorCode::Invalid, file.string() + " plants " + rule +
                                            ", but its last line does not say that it judges it");
    }
    return truth;
}

bool names_id(const std::vector<std::string>& keys, std::string_view id) {
    return std::ranges::any_of(
        keys, [id](const std::string& key) { return key.find(id) != std::string::npos; });
}

}  // namespace carehub::tool
