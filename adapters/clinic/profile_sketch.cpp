#include "adapters/clinic/profile_sketch.hpp"

#include <algorithm>
#include <map>
#include <vector>

#include "adapters/clinic/batch_file.hpp"
#include "adapters/clinic/hl7/header.hpp"

namespace carehub::adapters::clinic {
namespace {

/// Codes of one field that are listed, the most frequent first.
constexpr std::size_t kListedMax = 20;
/// A longer text is no code.
constexpr std::size_t kCodeBytesMax = 64;

/// How often each code of one field came.
class Tally {
public:
    void add(const std::string& code) {
        if (!code.empty() && code.size() <= kCodeBytesMax) {
            ++times_[code];
        }
    }

    [[nodiscard]] bool empty() const { return times_.empty(); }

    [[nodiscard]] bool has(const std::string& code) const { return times_.contains(code); }

    [[nodiscard]] std::string first() const { return empty() ? "" : in_order().front().first; }

    /// "MR (12), SS (3)"
    [[nodiscard]] std::string text() const {
        std::string text;
        std::size_t listed = 0;
        for (const auto& [code, times] : in_order()) {
            if (++listed > kListedMax) {
                return text + ", ...";
            }
            text += (text.empty() ? "" : ", ") + code + " (" + std::to_string(times) + ")";
        }
        return text;
    }

    [[nodiscard]] std::vector<std::pair<std::string, std::uint64_t>> in_order() const {
        std::vector<std::pair<std::string, std::uint64_t>> order(times_.begin(), times_.end());
        std::ranges::stable_sort(order, std::ranges::greater{},
                                 &std::pair<std::string, std::uint64_t>::second);
        return order;
    }

private:
    std::map<std::string, std::uint64_t> times_;
};

struct Look {
    std::uint64_t messages = 0;
    Tally triggers, applications, facilities, character_sets, processing_ids;
    Tally authorities, identifier_types, places, visit_types;
    bool without_authority = false;
};

void look_at_patient(const hl7::Message& message, Look& look) {
    for (const hl7::Element& identifier : message.first("PID").field(3).repetitions()) {
        const hl7::Element authority = identifier.component(4);
        const std::string universal = authority.subcomponent(2).value();
        const std::string name = universal.empty() ? authority.subcomponent(1).value() : universal;
        look.authorities.add(name);
        look.without_authority = look.without_authority || name.empty();
        look.identifier_types.add(identifier.component(5).value());
    }
}

void look_at(const hl7::Message& message, Look& look) {
    const hl7::Segment msh = message.first("MSH");
    const hl7::Header header = hl7::read_header(msh);
    ++look.messages;
    look.triggers.add(header.message_type + "^" + header.trigger);
    look.applications.add(msh.field(3).component(1).value());
    look.facilities.add(msh.field(4).component(1).value());
    look.character_sets.add(msh.field(18).component(1).value());
    look.processing_ids.add(msh.field(11).component(1).value());
    look.places.add(message.first("PV1").field(3).component(1).value());
    look.visit_types.add(message.first("SCH").field(8).component(1).value());
    look_at_patient(message, look);
}

Result<Look> look_through(std::string_view sample) {
    CAREHUB_TRY(const BatchFile batch, split_batch(sample));
    Look look;
    for (const BatchMessage& message : batch.messages) {
        if (const auto read = hl7::Message::read(as_bytes(message.text), {})) {
            look_at(*read, look);
        }
    }
    if (look.messages == 0) {
        return fail(ErrorCode::Invalid, "the sample holds no HL7 v2 message that can be read");
    }
    return look;
}

/// A TOML text. Values of messages hold no control characters.
std::string toml_text(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        out += (c == '"' || c == '\\') ? std::string("\\") + c : std::string(1, c);
    }
    return out + '"';
}

/// Lower case, with a dash for everything but letters and digits.
std::string feed_name(const Look& look) {
    std::string name;
    const bool has_facility = !look.facilities.empty();
    for (const char c : has_facility ? look.facilities.first() : look.applications.first()) {
        const bool upper = c >= 'A' && c <= 'Z';
        const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        name += upper ? static_cast<char>(c - 'A' + 'a') : plain ? c : '-';
    }
    return name.empty() ? "clinic" : name;
}

std::string entry(std::string_view key, const std::string& value, const std::string& comment) {
    return std::string(key) + " = " + value + "   # " + comment + "\n";
}

std::string feed_part(const Look& look) {
    const bool tests = look.processing_ids.has("T") || look.processing_ids.has("D");
    std::string text = "[feed]\n";
    text += entry("name", toml_text(feed_name(look)), "names the feed in every event");
    text += entry("zone", "\"\"",
                  "FILL IN, such as \"America/New_York\": of times printed without offset");
    text += entry("authority", toml_text(look.authorities.first()),
                  look.authorities.empty()
                      ? "FILL IN: whose numbers these are; PID-3.4 tells none"
                      : "of identifiers that name none; PID-3.4 tells " + look.authorities.text() +
                            (look.without_authority ? ", and now and then none" : ""));
    text += entry("identifier_type",
                  toml_text(look.identifier_types.empty() ? "MR" : look.identifier_types.first()),
                  look.identifier_types.empty() ? "PID-3.5 tells none"
                                                : "PID-3.5 tells " + look.identifier_types.text());
    text += entry("# character_set", "\"UNICODE UTF-8\"",
                  look.character_sets.empty() ? "MSH-18 tells none: guessed unless you say"
                                              : "MSH-18 tells " + look.character_sets.text());
    text +=
        entry(tests ? "allow_test" : "# allow_test", "true",
              "MSH-11 tells " +
                  (look.processing_ids.empty() ? std::string("none") : look.processing_ids.text()) +
                  "; without this T and D are refused");
    return text;
}

std::string lists_part(const Look& look) {
    std::string text = "\n# What a code of SCH-8, AIS-3 or the location means; else ClinicVisit.\n";
    text += "[obligation_class]\n";
    for (const auto& [code, times] : look.visit_types.in_order()) {
        text += "# " + toml_text(code) + " = \"ClinicVisit\"\n";
    }
    text +=
        "\n# Labels by point of care; \"*\" for the whole feed. Substance use treatment is "
        "Part2.\n[labels]\n";
    for (const auto& [place, times] : look.places.in_order()) {
        text += "# " + toml_text(place) + " = [\"Part2\"]\n";
    }
    return text;
}

}  // namespace

Result<std::string> sketch_profile(std::string_view sample) {
    CAREHUB_TRY(const Look look, look_through(sample));
    std::string text = "# Sketched from " + std::to_string(look.messages) +
                       " messages: " + look.triggers.text() + "\n";
    text += "# of " + look.applications.text() + " at " + look.facilities.text() + ".\n";
    text += "# Fill in what says FILL IN, then: carehub adapter check PROFILE FILE\n\n";
    text += feed_part(look);
    text += "\n[listen]\naddress = \"127.0.0.1\"\nport = 2575\n";
    return text + lists_part(look);
}

}  // namespace carehub::adapters::clinic
