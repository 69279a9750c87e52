#include "adapters/clinic/corpus_events.hpp"

#include <chrono>
#include <fstream>
#include <variant>

#include "adapters/clinic/hl7/problem.hpp"
#include "adapters/kit/sha256.hpp"
#include "hub/base/check.hpp"

namespace carehub::adapters::clinic {
namespace {

constexpr std::size_t kDigestDigits = 8;

std::string digest(std::string_view text) {
    return to_hex(sha256(as_bytes(text))).substr(0, kDigestDigits);
}

/// How many and which, without telling which.
std::string counted(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) {
        text += (text.empty() ? "" : "\n") + line;
    }
    return std::to_string(lines.size()) + (lines.empty() ? "" : ":" + digest(text));
}

std::string counted(const std::vector<Identifier>& identifiers) {
    std::vector<std::string> lines;
    for (const Identifier& identifier : identifiers) {
        lines.push_back(identifier.authority + "|" + identifier.type + "|" + identifier.value);
    }
    return counted(lines);
}

std::string told(std::string_view key, UtcTime time) {
    return time == kUnknownTime ? "" : " " + std::string(key) + "=" + to_iso(time);
}

template <class Enum>
std::string told(std::string_view key, Enum value) {
    return value == Enum::Unset ? "" : " " + std::string(key) + "=" + std::string(name_of(value));
}

std::string flags_of(TimeFlags flags) {
    static constexpr std::pair<TimeFlag, const char*> kNames[] = {
        {TimeFlag::Ambiguous, "Ambiguous"},        {TimeFlag::Skipped, "Skipped"},
        {TimeFlag::AssumedZone, "AssumedZone"},    {TimeFlag::AssumedDuration, "AssumedDuration"},
        {TimeFlag::DateOnly, "DateOnly"},          {TimeFlag::CallList, "CallList"},
        {TimeFlag::TimeUncertain, "TimeUncertain"}};
    std::string text;
    for (const auto& [flag, name] : kNames) {
        if (flags.has(flag)) {
            text += (text.empty() ? " flags=" : ",") + std::string(name);
        }
    }
    return text;
}

/// The payload behind the fields that every event has.
struct PayloadLine {
    std::string operator()(const EncounterClaim& claim) const {
        return told("class", claim.encounter_class) + told("disposition", claim.disposition) +
               told("start", claim.start) + told("end", claim.end) + told("planned", claim.planned);
    }
    std::string operator()(const ObligationClaim& claim) const {
        using Minutes = std::chrono::minutes;
        std::string text = told("class", claim.obligation_class) + told("status", claim.status);
        if (claim.date) {
            return text + " date=" + to_iso(*claim.date);
        }
        text += told("start", claim.start);
        if (claim.end != kUnknownTime) {
            const auto length = std::chrono::duration_cast<Minutes>(claim.end - claim.start);
            text += " minutes=" + std::to_string(length.count());
        }
        return text;
    }
    std::string operator()(const PersonClaim& claim) const {
        std::vector<std::string> names;
        for (const PersonName& name : claim.names) {
            names.push_back(name.family + "|" + name.given + "|" + name.kind);
        }
        return " names=" + counted(names) + (claim.birth ? " birth=told" : "") +
               told("deceased", claim.deceased_at);
    }
    std::string operator()(const IdentityClaim& claim) const {
        return told("level", claim.level) + " survivor=" + counted(claim.survivor) +
               " prior=" + counted(claim.prior) + " trigger=" + claim.trigger;
    }
    std::string operator()(const ResourceClaim& claim) const {
        return " schedule=" + digest(claim.schedule_id) + told("from", claim.from) +
               told("to", claim.to);
    }
    template <class Other>
    std::string operator()(const Other& /*not of this adapter*/) const {
        return " unexpected payload";
    }
};

std::string line_of(const Submission& event) {
    return std::string(name_of(event.kind)) + " at=" + to_iso(event.occurred_at) + "/" +
           std::string(name_of(event.occurred_precision)) + " ids=" + counted(event.identifiers) +
           " key=" + digest(event.business_key) + flags_of(event.time_flags) +
           (event.correction ? " correction" : "") + std::visit(PayloadLine{}, event.payload);
}

}  // namespace

std::vector<std::string> outcome_of(const Reading& reading) {
    if (reading.problem) {
        return {"refused " + std::to_string(static_cast<unsigned>(reading.problem->condition)) +
                " " + hl7::path_of(reading.problem->where)};
    }
    if (reading.parsed.events.empty()) {
        return {"not acted on"};
    }
    std::vector<std::string> lines;
    for (const Submission& event : reading.parsed.events) {
        lines.push_back(line_of(event));
    }
    return lines;
}

std::vector<ExpectedMessage> expected_messages(const std::filesystem::path& table) {
    std::ifstream file(table);
    std::vector<ExpectedMessage> rows;
    for (std::string line; std::getline(file, line);) {
        if (line.empty() || line.front() == '#') {
            continue;
        }
        std::vector<std::string> cells(1);
        for (const char c : line) {
            if (c == '\t') {
                cells.emplace_back();
            } else {
                cells.back() += c;
            }
        }
        CAREHUB_CHECK(cells.size() > 3, "a row has a path, a number, a trigger and an outcome");
        rows.push_back(
            {cells[0], std::stoul(cells[1]), cells[2], {cells.begin() + 3, cells.end()}});
    }
    return rows;
}

}  // namespace carehub::adapters::clinic
