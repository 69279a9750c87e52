#include "adapters/clinic/mapping/identity.hpp"

#include <algorithm>
#include <optional>

#include "adapters/clinic/mapping/patient.hpp"
#include "hub/base/check.hpp"

namespace carehub::adapters::clinic {
namespace {

using hl7::Segment;

struct Trigger {
    std::string_view code;
    EventKind kind;
};

constexpr Trigger kTriggers[] = {
    {"A18", EventKind::IdentifiersMerged},   {"A34", EventKind::IdentifiersMerged},
    {"A40", EventKind::IdentifiersMerged},   {"A24", EventKind::IdentifiersLinked},
    {"A37", EventKind::IdentifiersUnlinked},
};

const Trigger* find_trigger(std::string_view code) {
    const auto* found = std::find_if(std::begin(kTriggers), std::end(kTriggers),
                                     [&](const Trigger& t) { return t.code == code; });
    return found == std::end(kTriggers) ? nullptr : found;
}

/// Two records that the message speaks of together.
struct Pair {
    std::vector<Identifier> survivor;
    std::vector<Identifier> prior;
    IdentityLevel level = IdentityLevel::Patient;
};

bool is_complete(const Pair& pair) { return !pair.survivor.empty() && !pair.prior.empty(); }

class IdentityMapper {
public:
    explicit IdentityMapper(Context& context)
        : context_(context), trigger_(*find_trigger(context.header().trigger)) {}

    tl::expected<std::vector<Submission>, hl7::Problem> map();

private:
    [[nodiscard]] std::vector<Pair> merges();
    [[nodiscard]] Pair link();
    [[nodiscard]] std::vector<Identifier> visit_number(const Segment& pv1);
    [[nodiscard]] hl7::Problem incomplete(const std::vector<Pair>& pairs) const;
    [[nodiscard]] Submission event(Pair pair, const hl7::Instant& occurred);

    Context& context_;
    const Trigger& trigger_;
};

tl::expected<std::vector<Submission>, hl7::Problem> IdentityMapper::map() {
    const bool merge = trigger_.kind == EventKind::IdentifiersMerged;
    std::vector<Pair> pairs = merge ? merges() : std::vector<Pair>{link()};
    if (pairs.size() > kPatientsMax) {
        return tl::unexpected<hl7::Problem>(hl7::Problem{hl7::Condition::ValueTooLong,
                                                         {"MRG"},
                                                         RefusalReason::TooManyItems,
                                                         "send at most 64 merges in a message"});
    }
    const auto broken = std::stable_partition(pairs.begin(), pairs.end(), is_complete);
    if (broken == pairs.begin()) {
        return tl::unexpected<hl7::Problem>(incomplete(pairs));
    }
    if (broken != pairs.end()) {
        context_.note({"MRG", 1}, "a pair without identifiers on both sides: left out");
        pairs.erase(broken, pairs.end());
    }
    const auto occurred = context_.event_time();
    if (!occurred) {
        return tl::unexpected<hl7::Problem>(no_event_time());
    }
    if (!context_.site().may_link) {
        context_.note({"MSH", 9, 2},
                      "this feed is not trusted with merges and links: not acted on");
        return std::vector<Submission>{};
    }
    std::vector<Submission> events;
    for (Pair& pair : pairs) {
        events.push_back(event(std::move(pair), *occurred));
    }
    return events;
}

std::vector<Pair> IdentityMapper::merges() {
    std::vector<Pair> pairs;
    std::vector<Identifier> survivor;
    for (const Segment& segment : context_.message().segments()) {
        if (segment.name() == "PID") {
            survivor = read_identifiers(context_, segment);
        } else if (segment.name() == "MRG") {
            pairs.push_back({survivor, read_identifiers(context_, segment, {1})});
        }
    }
    return pairs;
}

Pair IdentityMapper::link() {
    std::vector<Segment> persons;
    std::vector<Segment> visits;
    for (const Segment& segment : context_.message().segments()) {
        if (segment.name() == "PID") {
            persons.push_back(segment);
        } else if (segment.name() == "PV1") {
            visits.push_back(segment);
        }
    }
    if (persons.size() < 2) {
        return {};
    }
    Pair pair{read_identifiers(context_, persons[0]), read_identifiers(context_, persons[1])};
    if (pair.survivor != pair.prior) {
        return pair;
    }
    if (visits.size() < 2) {
        return {};  // one record, linked with itself
    }
    return {visit_number(visits[0]), visit_number(visits[1]), IdentityLevel::Visit};
}

/// Table 0203 calls a visit number VN.
std::vector<Identifier> IdentityMapper::visit_number(const Segment& pv1) {
    const hl7::Element cx = pv1.field(19);
    std::string value = context_.code(cx.component(1), {"PV1", 19});
    if (value.empty()) {
        return {};
    }
    return {{context_.authority(cx.component(4)), "VN", std::move(value)}};
}

hl7::Problem IdentityMapper::incomplete(const std::vector<Pair>& pairs) const {
    const bool merge = trigger_.kind == EventKind::IdentifiersMerged;
    const bool survives = pairs.empty() || !pairs.front().survivor.empty();
    return {hl7::Condition::RequiredFieldMissing,
            merge && survives ? hl7::Location{"MRG", 1} : hl7::Location{"PID", 3},
            RefusalReason::MissingField,
            merge ? "tell the surviving identifier in PID-3 and the prior one in MRG-1"
                  : "send two PID segments, each with an identifier in PID-3"};
}

Submission IdentityMapper::event(Pair pair, const hl7::Instant& occurred) {
    Submission event = context_.submission(trigger_.kind);
    event.identifiers = pair.level == IdentityLevel::Patient
                            ? pair.survivor
                            : read_identifiers(context_, context_.message().first("PID"));
    const Identifier& named = pair.survivor.front();
    event.business_key = business_key(event.feed, named.authority, named.value);
    event.occurred_at = occurred.time;
    event.occurred_precision = occurred.precision;
    event.time_flags = occurred.flags;
    if (const auto recorded = context_.time(context_.message().first("EVN"), 2)) {
        event.recorded_at = recorded->time;
    }
    event.payload = IdentityClaim{std::move(pair.survivor), std::move(pair.prior), pair.level,
                                  std::string(trigger_.code)};
    return event;
}

}  // namespace

bool is_identity_trigger(std::string_view trigger) { return find_trigger(trigger) != nullptr; }

tl::expected<std::vector<Submission>, hl7::Problem> map_identity(Context& context) {
    CAREHUB_CHECK(is_identity_trigger(context.header().trigger),
                  "only triggers of the list are mapped");
    return IdentityMapper(context).map();
}

}  // namespace carehub::adapters::clinic
