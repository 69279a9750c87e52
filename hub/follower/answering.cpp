#include "hub/follower/answering.hpp"

#include <algorithm>
#include <charconv>

#include "hub/core/addressee.hpp"
#include "hub/core/keyed.hpp"
#include "hub/core/rehearsal.hpp"

namespace carehub::follower {
namespace {

/// Small letters, nothing between the words.
std::string bare(std::string_view word) {
    std::string letters;
    for (const char c : word) {
        if (c != '-' && c != '_') {
            letters += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        }
    }
    return letters;
}

/// 42 CFR 2.51 opens part 2 records to medical personnel; what victims told (VAWA), psychotherapy notes
/// (45 CFR 164.508(a)(2)) and what a court sealed no emergency of an office opens.
bool stays_closed(Labels labels) {
    return labels.has(SecurityLabel::Part2) || labels.has(SecurityLabel::DvProtected) ||
           labels.has(SecurityLabel::Psychotherapy) || labels.has(SecurityLabel::SealedCase);
}

}  // namespace

std::string Answering::argument(const std::string& name) const {
    const auto found = asked.arguments.find(name);
    return found == asked.arguments.end() ? "" : found->second;
}

std::optional<Sequence> Answering::event() const {
    if (const std::string named = argument("event"); !named.empty()) {
        return parse_event_id(named);
    }
    const bool is_staff = asked.reader.role != StaffRole::Unset;
    const Partner* partner = is_staff && !argument("partner").empty()
                                 ? state.partner_named(state.symbol(argument("partner")))
                                 : state.partner(asked.reader.id);
    const std::string id = argument("id");
    if (partner == nullptr || id.empty()) {
        return std::nullopt;
    }
    const std::string feed = argument("feed");
    const std::string_view told = feed.empty() ? state.text(partner->name) : std::string_view(feed);
    const auto* mark = state.inbox.find(hashes.source(partner->id, told, id));
    return mark == nullptr ? std::nullopt : std::optional(mark->sequence);
}

Sight Answering::sight(const core::Case& subject) const {
    const Why why = breaks_glass(asked)        ? Why::Emergency
                    : reason_of(asked).empty() ? Why::Unsaid
                                               : Why::Reason;
    return sight_of(asked.reader.role, bond_of(state, asked.reader, subject), why);
}

bool Answering::may_read(const core::Case& subject) const { return sight(subject) > Sight::Fates; }

bool Answering::tells(const core::Case& subject) const { return sight(subject) > Sight::Metadata; }

bool Answering::tells(const core::Case& subject, const Alert& alert) const {
    const Sight told = sight(subject);
    if (told != Sight::Metadata || alert.state == AlertState::Suppressed) {
        return told > Sight::Metadata;
    }
    const Symbol name = state.symbol(asked.reader.name);
    return core::goes_to(state, subject.client, alert, name, state.now) &&
           core::staff_may_see(state, subject, alert.finding, name, state.now);
}

bool Answering::may_ask_fate(const core::Case& subject) const {
    return asked.reader.role == StaffRole::Integration ||
           asked.reader.role == StaffRole::Operator || may_read(subject);
}

tl::expected<const core::Case*, Answer> Answering::readable_case() const {
    auto found = known_case();
    if (found && (*found)->client.erased.value != 0) {
        return tl::unexpected(refuse(RefusalReason::ClientErased, "client",
                                     "what was told of this client was erased by entry " +
                                         std::to_string((*found)->client.erased.value) +
                                         ": `carehub trail client` tells by whom"));
    }
    return found;
}

tl::expected<const core::Case*, Answer> Answering::known_case() const {
    const core::Case* subject = state.find_case(state.effective(client));
    if (subject == nullptr) {
        return tl::unexpected(
            refuse(RefusalReason::UnknownClient, "client", "name a client of the roster"));
    }
    if (!may_read(*subject)) {
        return tl::unexpected(refuse(RefusalReason::NotAllowed, "client",
                                     "ask the client's own case manager, or its supervisor; in an "
                                     "emergency a case manager reads the client's page "
                                     "(--break-glass --reason WORDS)"));
    }
    return subject;
}

tl::expected<const core::Case*, Answer> Answering::told_case() const {
    auto subject = readable_case();
    if (subject && !tells(**subject)) {
        return tl::unexpected(ask_reason());
    }
    return subject;
}

bool Answering::reader_sees(const core::Case& subject, const core::Disclosed& disclosed) const {
    const Sight told = sight(subject);
    if (told == Sight::Emergency) {
        return !stays_closed(disclosed.labels) &&
               core::owner_may_see(state, subject, disclosed, state.now);
    }
    return told == Sight::Whole || told == Sight::Metadata ||
           (told == Sight::Own && core::staff_may_see(state, subject, disclosed,
                                                      state.symbol(asked.reader.name), state.now));
}

bool Answering::reader_sees(const core::Case& subject, const Obligation& obligation) const {
    return !core::is_rehearsing(state, obligation.partner) &&
           reader_sees(subject, core::disclosed_of(state, obligation));
}

bool Answering::reader_sees(const core::Case& subject, const Alert& alert) const {
    const Sight told = sight(subject);
    return told == Sight::Whole || told == Sight::Metadata ||
           (told == Sight::Own && alert.state != AlertState::Suppressed &&
            core::staff_may_see(state, subject, alert.finding, state.symbol(asked.reader.name),
                                state.now));
}

bool Answering::reader_sees(const core::Case& subject, const Duty& duty) const {
    if (const Sight told = sight(subject); told != Sight::Own && told != Sight::Emergency) {
        return told == Sight::Whole || told == Sight::Metadata;
    }
    const auto sees = [&](const auto& record) {
        return reader_sees(subject, core::disclosed_of(state, record));
    };
    // A duty that is withdrawn is shown while what opened it is known: it may have been another's.
    bool is_known = duty.state != DutyState::Withdrawn;
    for (const Stay& stay : subject.stays) {
        if (stay.id == duty.stay) {
            is_known = true;
            if (!sees(stay)) {
                return false;
            }
        }
    }
    for (const Matter& matter : subject.matters) {
        if (matter.id.value == duty.stay.value || matter.first == duty.trigger) {
            is_known = true;
            if (!sees(matter)) {
                return false;
            }
        }
    }
    return is_known;
}

/// What was withheld from the one case manager is withheld from who stands in.
bool Answering::reader_sees(const Entry& entry) const {
    return !by_case_manager() ||
           (!is_anothers(entry) &&
            std::ranges::none_of(entry.decisions.routes, [this](const Route& route) {
                const Partner* recipient = state.partner_named(route.recipient);
                const bool to_staff =
                    state.staff.contains(route.recipient) ||
                    (recipient != nullptr && recipient->kind == PartnerKind::Staff);
                return route.withheld != Withheld::Unset && to_staff;
            }));
}

bool Answering::is_anothers(const Entry& entry) const {
    const Link* link =
        entry.input_kind == InputKind::Submission ? state.links.find(entry.subject) : nullptr;
    return link != nullptr && (!link->holds() || state.effective(link->client) !=
                                                     state.effective(entry.decisions.client));
}

std::string event_id_of(Sequence sequence) { return "h-" + std::to_string(sequence.value); }

std::optional<Sequence> parse_event_id(std::string_view text) {
    Sequence sequence;
    if (!text.starts_with("h-")) {
        return std::nullopt;
    }
    const char* const end = text.data() + text.size();
    const auto read = std::from_chars(text.data() + 2, end, sequence.value);
    return read.ec == std::errc{} && read.ptr == end ? std::optional(sequence) : std::nullopt;
}

std::string_view shown_word(Sight sight) {
    return sight == Sight::Emergency ? "emergency" : sight > Sight::Emergency ? "all" : "metadata";
}

std::string form_word(Form form) {
    switch (form) {
        case Form::Full: return "full";
        case Form::Reduced: return "reduced";
        case Form::BusyOnly: return "busy_only";
        case Form::Unset: break;
    }
    return "";
}

Answer ask_reason() {
    return refuse(RefusalReason::NotAllowed, kReason,
                  "say why you read about this client: the trail keeps it (--reason WORDS)");
}

Answer refuse(RefusalReason reason, std::string field, std::string fix) {
    return {{}, {reason, std::move(field), std::move(fix)}};
}

std::string text_of(const json::object& object) { return json::serialize(object); }

bool is_current(AlertState state) {
    return state != AlertState::Closed && state != AlertState::Suppressed;
}

bool is_same_word(std::string_view a, std::string_view b) { return bare(a) == bare(b); }

}  // namespace carehub::follower
