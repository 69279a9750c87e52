#include "adapters/clinic/corpus_walk.hpp"

#include <algorithm>
#include <cstdlib>
#include <set>

#include "adapters/clinic/message_file.hpp"

namespace carehub::adapters::clinic {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> split(const std::string& text, char separator) {
    std::vector<std::string> parts(1);
    for (const char c : text) {
        if (c == separator) {
            parts.emplace_back();
        } else {
            parts.back() += c;
        }
    }
    return parts;
}

std::string part(const std::vector<std::string>& parts, std::size_t index) {
    return index < parts.size() ? parts[index] : std::string{};
}

bool says_something(const std::string& text) {
    return text.find_first_not_of(" \t\"") != std::string::npos;
}

bool is_date(const std::string& text) {
    const std::size_t at = text.find_first_not_of(' ');
    const std::string head = at == std::string::npos ? "" : text.substr(at, 8);
    return head.size() == 8 &&
           std::all_of(head.begin(), head.end(), [](char c) { return c >= '0' && c <= '9'; });
}

struct Fields {
    std::vector<std::vector<std::string>> segments;
    char component = '^';

    [[nodiscard]] std::string component_of(const std::vector<std::string>& segment,
                                           std::size_t field, std::size_t number) const {
        return part(split(part(segment, field), component), number - 1);
    }
};

/// Splitting MSH on its own separator leaves MSH-9 at index 8.
constexpr std::size_t kTypeField = 8;

std::optional<Fields> split_fields(const std::string& message) {
    const std::string text = message.rfind("\xEF\xBB\xBF", 0) == 0 ? message.substr(3) : message;
    if (text.rfind("MSH", 0) != 0 || text.size() < 5) {
        return std::nullopt;
    }
    Fields fields;
    fields.component = text[4];
    for (const std::string& line : split(text, '\r')) {
        if (!line.empty()) {
            fields.segments.push_back(split(line, text[3]));
        }
    }
    return fields;
}

bool has_identifier(const Fields& fields) {
    for (const auto& segment : fields.segments) {
        if (segment.front() == "PID") {
            return says_something(fields.component_of(segment, 2, 1)) ||
                   says_something(fields.component_of(segment, 3, 1)) ||
                   says_something(fields.component_of(segment, 4, 1));
        }
    }
    return false;
}

bool has_start(const Fields& fields, const std::vector<std::string>& segment) {
    const std::string& name = segment.front();
    return (name == "TQ1" && is_date(fields.component_of(segment, 7, 1))) ||
           (name == "SCH" && is_date(fields.component_of(segment, 11, 4))) ||
           (name == "AIS" && is_date(fields.component_of(segment, 4, 1))) ||
           ((name == "AIP" || name == "AIL") && is_date(fields.component_of(segment, 6, 1))) ||
           (name == "AIG" && is_date(fields.component_of(segment, 8, 1)));
}

bool is_appointment(const Fields& fields) {
    bool named = false;
    bool dated = false;
    for (const auto& segment : fields.segments) {
        named = named ||
                (segment.front() == "SCH" && (says_something(fields.component_of(segment, 1, 1)) ||
                                              says_something(fields.component_of(segment, 2, 1))));
        dated = dated || has_start(fields, segment);
    }
    return named && dated;
}

/// A merge names what was before, a link a second patient.
bool names_both_records(const Fields& fields, const std::string& trigger) {
    std::size_t persons = 0;
    bool prior = false;
    for (const auto& segment : fields.segments) {
        persons += segment.front() == "PID" ? 1U : 0U;
        prior = prior ||
                (segment.front() == "MRG" && says_something(fields.component_of(segment, 1, 1)));
    }
    if (trigger == "A24" || trigger == "A37") {
        return persons >= 2;
    }
    return prior || (trigger != "A18" && trigger != "A34" && trigger != "A40");
}

bool is_listed(const std::string& type, const std::string& trigger) {
    static const std::set<std::string> kAdt = {
        "A01", "A02", "A03", "A04", "A05", "A06", "A07", "A08", "A09", "A10", "A11",
        "A12", "A13", "A14", "A16", "A18", "A21", "A22", "A23", "A24", "A25", "A27",
        "A28", "A29", "A31", "A34", "A37", "A38", "A40", "A52", "A53"};
    static const std::set<std::string> kSiu = {"S12", "S13", "S14", "S15", "S16", "S17", "S18",
                                               "S19", "S20", "S21", "S22", "S26", "S27"};
    return (type == "ADT" && kAdt.count(trigger) != 0) ||
           (type == "SIU" && kSiu.count(trigger) != 0);
}

}  // namespace

std::optional<fs::path> find_corpus(const fs::path& source_dir) {
    const char* told = std::getenv("CAREHUB_CORPUS");
    const fs::path corpus =
        told != nullptr ? fs::path(told) : source_dir / ".." / "shared" / "corpus";
    std::error_code error;
    return fs::is_directory(corpus / "hl7v2", error) ? std::optional(corpus) : std::nullopt;
}

bool must_find_corpus() {
    const char* ci = std::getenv("CI");
    return ci != nullptr && std::string(ci) == "true";
}

std::vector<CorpusMessage> corpus_messages(const fs::path& corpus) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(corpus)) {
        const std::string path = fs::relative(entry.path(), corpus).generic_string();
        if (entry.is_regular_file() &&
            (path.rfind("hl7v2/", 0) == 0 || path.rfind("malformed/hl7v2-", 0) == 0)) {
            files.push_back(entry.path());
        }
    }
    std::sort(files.begin(), files.end());
    std::vector<CorpusMessage> messages;
    for (const fs::path& file : files) {
        const std::string path = fs::relative(file, corpus).generic_string();
        auto texts = read_message_file(file);
        if (!texts || texts->empty()) {
            messages.push_back({path, ""});
            continue;
        }
        for (std::string& text : *texts) {
            messages.push_back({path, std::move(text)});
        }
    }
    return messages;
}

std::string listed_trigger(const std::string& message) {
    const auto fields = split_fields(message);
    if (!fields) {
        return "";
    }
    const std::string type = fields->component_of(fields->segments.front(), kTypeField, 1);
    const std::string trigger = fields->component_of(fields->segments.front(), kTypeField, 2);
    return is_listed(type, trigger) ? type + " " + trigger : "";
}

bool is_well_formed(const std::string& message) {
    const auto fields = split_fields(message);
    if (!fields) {
        return false;
    }
    const std::string type = fields->component_of(fields->segments.front(), kTypeField, 1);
    const std::string trigger = fields->component_of(fields->segments.front(), kTypeField, 2);
    if (!is_listed(type, trigger)) {
        return false;
    }
    if (type != "ADT") {
        return is_appointment(*fields);
    }
    return has_identifier(*fields) && names_both_records(*fields, trigger);
}

Site corpus_site() {
    Site site;
    site.feed = "corpus";
    site.zone = {"Etc/UTC", {{UtcTime{}, std::chrono::seconds{0}}}};
    site.authority = "CORPUS";
    site.allow_test = true;
    return site;
}

}  // namespace carehub::adapters::clinic
