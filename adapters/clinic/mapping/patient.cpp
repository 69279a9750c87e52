#include "adapters/clinic/mapping/patient.hpp"

#include <algorithm>

#include "hub/base/limits.hpp"

namespace carehub::adapters::clinic {
namespace {

void add_identifier(Context& context, const hl7::Element& cx, const hl7::Location& where,
                    std::vector<Identifier>& all) {
    std::string value = cx.component(1).value();
    if (value.empty()) {
        return;
    }
    if (is_placeholder(value)) {
        context.note(where, "a filler is no identifier: ignored");
        return;
    }
    if (value.size() > kIdentifierBytesMax || all.size() == kIdentifiersMax) {
        context.note(where, "an identifier too long or too many: ignored");
        return;
    }
    std::string type = context.code(cx.component(5), where);
    const hl7::Element authority = cx.component(4);
    if (authority.value().empty() && authority.subcomponent(2).value().empty()) {
        context.note({where.segment, where.field, 4},
                     "no assigning authority: the feed's own is taken");
    }
    Identifier identifier{context.authority(authority),
                          type.empty() ? context.site().identifier_type : std::move(type),
                          std::move(value)};
    if (std::find(all.begin(), all.end(), identifier) == all.end()) {
        all.push_back(std::move(identifier));
    }
}

std::vector<PersonName> read_names(Context& context, const hl7::Segment& pid) {
    std::vector<PersonName> names;
    for (const hl7::Element& name : pid.field(5).repetitions()) {
        PersonName read{context.code(name.component(1), {"PID", 5, 1}),
                        context.code(name.component(2), {"PID", 5, 2}),
                        context.code(name.component(7), {"PID", 5, 7})};
        if ((!read.family.empty() || !read.given.empty()) && names.size() < kListMax) {
            names.push_back(std::move(read));
        }
    }
    return names;
}

/// XTN: the number as printed, else as its parts; electronic mail is no telephone.
std::string read_phone(Context& context, const hl7::Element& xtn, unsigned field) {
    std::string number = context.code(xtn.component(1), {"PID", field, 1});
    if (number.empty()) {
        number = context.code(xtn.component(12), {"PID", field, 12});
    }
    if (number.empty()) {
        number = context.code(xtn.component(6), {"PID", field, 6}) +
                 context.code(xtn.component(7), {"PID", field, 7});
    }
    return number.find('@') == std::string::npos ? number : std::string{};
}

std::vector<std::string> read_phones(Context& context, const hl7::Segment& pid) {
    std::vector<std::string> phones;
    for (const unsigned field : {13U, 14U}) {
        for (const hl7::Element& xtn : pid.field(field).repetitions()) {
            std::string phone = read_phone(context, xtn, field);
            if (!phone.empty() && phones.size() < kListMax) {
                phones.push_back(std::move(phone));
            }
        }
    }
    return phones;
}

Sex sex_of(std::string_view code) {
    if (code == "F") {
        return Sex::Female;
    }
    if (code == "M") {
        return Sex::Male;
    }
    if (code == "O" || code == "A") {
        return Sex::Other;
    }
    return code.empty() ? Sex::Unset : Sex::Unknown;
}

/// Table 0445: what of the demographics is made up.
std::uint32_t read_reliability(const hl7::Segment& pid) {
    std::uint32_t bits = 0;
    for (const hl7::Element& code : pid.field(32).repetitions()) {
        const std::string text = hl7::to_upper(code.value());
        bits |= text == "AL" ? 1U : text == "UA" ? 2U : text == "UD" ? 4U : text == "US" ? 8U : 0U;
    }
    return bits;
}

}  // namespace

bool is_placeholder(std::string_view value) {
    constexpr std::string_view kWords[] = {"NULL", "NONE", "N/A", "NA", "UNKNOWN", "UNK", "-"};
    const bool zero = !value.empty() && value.find_first_not_of('0') == std::string_view::npos;
    return zero || std::ranges::find(kWords, hl7::to_upper(value)) != std::end(kWords);
}

std::vector<Identifier> read_identifiers(Context& context, const hl7::Segment& segment,
                                         std::initializer_list<unsigned> fields) {
    std::vector<Identifier> all;
    for (const unsigned field : fields) {
        for (const hl7::Element& cx : segment.field(field).repetitions()) {
            add_identifier(context, cx, {std::string(segment.name()), field}, all);
        }
    }
    return all;
}

std::vector<Identifier> read_identifiers(Context& context, const hl7::Segment& pid) {
    return read_identifiers(context, pid, {3, 2, 4});
}

std::optional<Date> read_birth(Context& context, const hl7::Segment& pid) {
    const auto born = context.printed_time(pid, 7);
    if (!born) {
        return std::nullopt;
    }
    if (born->precision == Precision::Year || born->precision == Precision::Month) {
        context.note({"PID", 7}, "a year or month alone is no birth date: ignored");
        return std::nullopt;
    }
    return hl7::date_of(*born);
}

PersonClaim read_person(Context& context, const hl7::Segment& pid) {
    PersonClaim person;
    person.names = read_names(context, pid);
    person.birth = read_birth(context, pid);
    person.sex = sex_of(hl7::to_upper(pid.field(8).value()));
    person.phones = read_phones(context, pid);
    person.reliability = read_reliability(pid);
    if (const auto died = is_deceased(pid) ? context.time(pid, 29) : std::nullopt) {
        person.deceased_at = died->time;
    }
    return person;
}

bool is_deceased(const hl7::Segment& pid) { return hl7::to_upper(pid.field(30).value()) == "Y"; }

Submission death_event(Context& context, const hl7::Segment& pid,
                       const std::vector<Identifier>& identifiers, const hl7::Instant& otherwise) {
    const auto told = context.time(pid, 29);
    const hl7::Instant died = told.value_or(otherwise);
    PersonClaim person;
    person.deceased_at = died.time;
    Submission event = context.submission(EventKind::ClientDeceased);
    event.identifiers = identifiers;
    event.business_key =
        business_key(event.feed, identifiers.front().authority, identifiers.front().value);
    event.occurred_at = died.time;
    event.occurred_precision = died.precision;
    event.time_flags = died.flags;
    event.payload = std::move(person);
    return event;
}

Submission survival_event(const Context& context, const std::vector<Identifier>& identifiers,
                          const hl7::Instant& occurred) {
    Submission event = context.submission(EventKind::ClientDeceased);
    event.identifiers = identifiers;
    event.business_key =
        business_key(event.feed, identifiers.front().authority, identifiers.front().value);
    event.occurred_at = occurred.time;
    event.occurred_precision = occurred.precision;
    event.time_flags = occurred.flags;
    event.correction = true;
    event.payload = PersonClaim{};
    return event;
}

hl7::Problem no_identifier() {
    return {hl7::Condition::RequiredFieldMissing,
            {"PID", 3},
            RefusalReason::MissingField,
            "tell at least one patient identifier in PID-3"};
}

}  // namespace carehub::adapters::clinic
