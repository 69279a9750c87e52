#include "adapters/clinic/read_message.hpp"

#include <algorithm>

#include "adapters/clinic/limits.hpp"
#include "adapters/clinic/mapping/adt.hpp"
#include "adapters/clinic/mapping/identity.hpp"
#include "adapters/clinic/mapping/siu.hpp"
#include "adapters/kit/sha256.hpp"

namespace carehub::adapters::clinic {
namespace {

using hl7::Condition;
using hl7::Problem;

constexpr std::size_t kDigestBytesInId = 8;

/// Processing id and continuation: may this message be read at all?
std::optional<Problem> find_obstacle(const hl7::Message& message, const Site& site) {
    const hl7::Segment msh = message.first("MSH");
    const std::string processing = hl7::to_upper(msh.field(11).component(1).value());
    if (!site.allow_test && (processing == "T" || processing == "D")) {
        return Problem{
            Condition::UnsupportedProcessingId,
            {"MSH", 11},
            RefusalReason::ProcessingIdNotAllowed,
            "this feed takes production messages only: send P, or allow tests for the feed"};
    }
    if (!msh.field(14).value().empty()) {
        return Problem{Condition::OtherError,
                       {"MSH", 14},
                       RefusalReason::FormatUnreadable,
                       "send whole messages: fragments are not put together"};
    }
    if (message.first("DSC").exists()) {
        return Problem{Condition::OtherError,
                       {"DSC"},
                       RefusalReason::FormatUnreadable,
                       "send whole messages: what this one goes on with is not put together"};
    }
    return std::nullopt;
}

std::optional<Problem> unknown_trigger(const hl7::Header& header, const Site& site) {
    if (header.message_type.empty()) {
        return Problem{Condition::RequiredFieldMissing,
                       {"MSH", 9},
                       RefusalReason::MissingField,
                       "tell the message type and trigger in MSH-9"};
    }
    if (site.unknown == UnknownTrigger::Accept) {
        return std::nullopt;
    }
    const bool type_known = header.message_type == "ADT" || header.message_type == "SIU";
    return Problem{type_known ? Condition::UnsupportedEvent : Condition::UnsupportedMessageType,
                   {"MSH", 9, type_known ? 2U : 1U},
                   RefusalReason::KindNotInCapability,
                   "this feed reads ADT and SIU triggers of the adapter's list only"};
}

/// As the sender wrote it, within the bound; what no id may hold becomes a question mark.
std::string id_part(std::string_view raw) {
    std::size_t size = std::min(raw.size(), kSourceIdPartBytesMax);
    const auto continues = [&](std::size_t at) {
        return at < raw.size() && (static_cast<unsigned char>(raw[at]) & 0xC0U) == 0x80U;
    };
    while (size > 0 && continues(size)) {
        --size;  // not within a character of UTF-8
    }
    std::string part(raw.substr(0, size));
    std::replace_if(
        part.begin(), part.end(),
        [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, '?');
    return part;
}

/// Glossary section 3: the sender's own id of each event, told apart by the body where ids repeat.
void stamp(std::vector<Submission>& events, const hl7::Header& header, const Hash256& digest) {
    const std::string source = id_part(header.sending_application) + "|" +
                               id_part(header.sending_facility) + "|" + id_part(header.control_id) +
                               "|" + to_hex(ByteView(digest).first(kDigestBytesInId));
    for (std::size_t i = 0; i < events.size(); ++i) {
        events[i].source_msg_id = source + "/" + std::to_string(i + 1);
        events[i].raw_sha256 = digest;
    }
}

void refuse(Reading& reading, Problem problem) {
    reading.disposal = Disposal::Refused;
    reading.parsed.refusals.push_back({{}, 0, hl7::refusal_of(problem), problem.fix});
    reading.problem = std::move(problem);
}

using Map = tl::expected<std::vector<Submission>, Problem> (*)(Context&);

/// Null when nothing of the message becomes an event.
Map find_map(const hl7::Header& header) {
    if (header.message_type == "SIU") {
        return is_siu_trigger(header.trigger) ? map_siu : nullptr;
    }
    if (header.message_type != "ADT") {
        return nullptr;
    }
    return is_adt_trigger(header.trigger)        ? map_adt
           : is_identity_trigger(header.trigger) ? map_identity
                                                 : nullptr;
}

/// ADT triggers that people may look for: A23 is housekeeping, A41 to A51 change accounts, visits
/// and spellings of identifiers.
bool is_kept_without_meaning(const hl7::Header& header) {
    const std::string_view trigger = header.trigger;
    return header.message_type == "ADT" &&
           (trigger == "A23" || (trigger >= "A41" && trigger <= "A51"));
}

/// An ADT message is about one patient and one visit, but for merges and links.
void note_second_visit(Context& context) {
    if (!is_adt_trigger(context.header().trigger) || context.header().message_type != "ADT") {
        return;
    }
    const auto segments = context.message().segments();
    for (const char* name : {"PID", "PV1"}) {
        const auto count = std::count_if(segments.begin(), segments.end(),
                                         [&](const auto& s) { return s.name() == name; });
        if (count > 1) {
            context.note({name}, "more than one: the first alone is read, send a message for each");
        }
    }
}

void map(const hl7::Message& message, const Site& site, Reading& reading) {
    const hl7::Header& header = reading.header;
    Context context(message, header, site);
    const Map map_events = find_map(header);
    if (map_events == nullptr) {
        const bool kept = is_kept_without_meaning(header);
        if (kept) {
            context.note({"MSH", 9, 2}, "kept, and not acted on");
        }
        reading.parsed.findings = context.take_findings();
        if (auto problem = kept ? std::nullopt : unknown_trigger(header, site)) {
            refuse(reading, *std::move(problem));
        } else {
            reading.disposal = Disposal::NotActedOn;
        }
        return;
    }
    note_second_visit(context);
    auto events = map_events(context);
    reading.parsed.findings = context.take_findings();
    if (const auto created = context.time(message.first("MSH"), 7)) {
        reading.made = created->time;
    }
    if (!events) {
        refuse(reading, context.precise(std::move(events).error()));
        return;
    }
    reading.parsed.events = *std::move(events);
    reading.disposal = reading.parsed.events.empty() ? Disposal::NotActedOn : Disposal::Events;
}

}  // namespace

Reading read_message(ByteView bytes, const Site& site) {
    Reading reading;
    const auto message = hl7::Message::read(bytes, {site.character_set});
    if (!message) {
        reading.header = hl7::salvage_header(bytes);
        refuse(reading, message.error());
        return reading;
    }
    reading.header = hl7::read_header(message->first("MSH"));
    reading.header.delimiters = message->delimiters();
    if (auto obstacle = find_obstacle(*message, site)) {
        refuse(reading, *std::move(obstacle));
        return reading;
    }
    map(*message, site, reading);
    if (!reading.parsed.events.empty()) {
        stamp(reading.parsed.events, reading.header, sha256(bytes));
    }
    return reading;
}

}  // namespace carehub::adapters::clinic
