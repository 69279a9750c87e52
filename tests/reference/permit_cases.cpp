// carehub_permit_cases COUNT SEED: random rights, and what `permit` answers under them, as JSON
// lines for permit_compare.py. A line that is an object is a world: zone, partners, consents,
// agreements, who treats the client. Lines that are arrays are cases in the last world:
//   [event kind, labels, discloser, recipient, occurred at, now, form, rule, consent, agreement]
// Times are seconds of UTC, dates days since 1970, a consent its place in the world, from 1.
#include <cstdlib>
#include <iostream>

#include <boost/json.hpp>

#include "hub/base/prng.hpp"
#include "hub/base/zone_database.hpp"
#include "hub/core/permit.hpp"
#include "hub/model/kind_word.hpp"

namespace carehub::reference {
namespace {

namespace json = boost::json;
using std::chrono::days;

struct Named {
    const char* name;
    PartnerKind kind;
};
/// One is called like a kind of partner that it is not; two are of one kind.
constexpr Named kPartners[] = {{"north", PartnerKind::Clinic},
                               {"south", PartnerKind::Clinic},
                               {"general", PartnerKind::Hospital},
                               {"court", PartnerKind::HousingProvider},
                               {"home", PartnerKind::HousingProvider},
                               {"greene", PartnerKind::Court},
                               {"probation", PartnerKind::SupervisionAgency},
                               {"county-jail", PartnerKind::Jail},
                               {"ana", PartnerKind::Staff}};
constexpr std::size_t kDisclosers = 4;  ///< the first of them tell
constexpr const char* kZones[] = {"America/New_York", "America/Los_Angeles", "UTC", ""};
constexpr EventKind kKinds[] = {EventKind::AppointmentBooked, EventKind::EncounterEnded,
                                EventKind::HearingScheduled};
constexpr PurposeOfUse kPurposes[] = {
    PurposeOfUse::CareCoordination, PurposeOfUse::CareCoordination, PurposeOfUse::Treatment,
    PurposeOfUse::Payment,          PurposeOfUse::ClientRequest,    PurposeOfUse::Legal};
constexpr std::uint64_t kCasesPerWorld = 40;
constexpr auto kMiddle = std::chrono::sys_days{std::chrono::year{2026} / 3 / 8};  ///< clocks change

class Worlds {
public:
    explicit Worlds(std::uint64_t seed) : prng_(seed) {}

    void print_world();
    void print_case();

private:
    template <class Items>
    const auto& one_of(const Items& items) {
        return *std::next(std::begin(items),
                          static_cast<std::ptrdiff_t>(prng_.below(std::size(items))));
    }
    Symbol symbol(const std::string& text) {
        const auto [at, is_new] = state_.symbol_ids.try_emplace(
            text, Symbol{static_cast<std::uint32_t>(state_.symbol_texts.size() + 1)});
        if (is_new) {
            state_.symbol_texts.push_back(text);
        }
        return at->second;
    }
    /// Often a midnight somewhere, or a second beside it.
    UtcTime time() {
        const auto near = kMiddle + days{prng_.between(-4, 4)};
        const std::int64_t minute = prng_.chance(60)
                                        ? std::int64_t{60} * one_of(std::array{0, 4, 5, 7, 8})
                                        : prng_.between(0, 24 * 60 - 1);
        return near + std::chrono::minutes{minute} + std::chrono::seconds{prng_.between(-1, 1)};
    }
    Date date(std::int64_t before, std::int64_t after) {
        return kMiddle + days{prng_.between(-before, after)};
    }
    std::optional<Date> perhaps(unsigned percent, std::int64_t before, std::int64_t after) {
        return prng_.chance(percent) ? std::optional(date(before, after)) : std::nullopt;
    }
    std::vector<EventKind> kinds() {
        std::vector<EventKind> some;
        if (prng_.chance(30)) {
            some.push_back(one_of(kKinds));
        }
        return some;
    }
    std::string discloser() {
        const Named& named = kPartners[prng_.below(kDisclosers)];
        return prng_.chance(60) ? named.name : std::string(kind_word(named.kind));
    }
    std::string recipient() {
        const Named& named = one_of(kPartners);
        const bool by_name = prng_.chance(60);
        return by_name                            ? named.name
               : named.kind == PartnerKind::Staff ? "owner"
                                                  : std::string(kind_word(named.kind));
    }
    /// One of the disclosers, or of the recipients, that satisfies it; else any.
    template <class Meant>
    const Named& partner_where(std::size_t among, const Meant& meant) {
        std::vector<const Named*> found;
        for (std::size_t i = 0; i < among; ++i) {
            if (meant(*state_.partner_named(symbol(kPartners[i].name)))) {
                found.push_back(&kPartners[i]);
            }
        }
        return found.empty() ? kPartners[prng_.below(among)] : *one_of(found);
    }
    void add_partners();
    void add_consents();
    void add_agreements();
    [[nodiscard]] json::object told(const Consent& consent) const;
    [[nodiscard]] json::object told(const Agreement& agreement) const;

    Prng prng_;
    core::State state_;
    core::Case subject_;
    json::array treating_;
};

json::value day_of(const std::optional<Date>& date) {
    return date ? json::value(date->time_since_epoch().count()) : json::value();
}

std::int64_t seconds(UtcTime time) {
    return std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
}

template <class Kinds>
json::array names_of(const Kinds& kinds) {
    json::array out;
    for (const EventKind kind : kinds) {
        out.emplace_back(name_of(kind));
    }
    return out;
}

void Worlds::add_partners() {
    std::uint32_t id = 0;
    for (const Named& named : kPartners) {
        Partner partner;
        partner.id = {++id};
        partner.name = symbol(named.name);
        partner.kind = named.kind;
        state_.partners[partner.id] = partner;
        const bool is_provider =
            named.kind == PartnerKind::Clinic || named.kind == PartnerKind::Hospital;
        if (is_provider && prng_.chance(50)) {
            Stay stay;
            stay.id.value[0] = static_cast<std::uint8_t>(id);
            stay.partner = partner.id;
            subject_.stays.edit().push_back(stay);
            treating_.emplace_back(named.name);
        }
    }
}

void Worlds::add_consents() {
    const std::uint64_t count = prng_.below(5);
    for (std::uint64_t i = 0; i < count; ++i) {
        Consent consent;
        consent.id.value[0] = static_cast<std::uint8_t>(i + 1);
        consent.kind =
            static_cast<ConsentKind>(prng_.between(1, std::int64_t{enum_count<ConsentKind>()} - 1));
        consent.discloser = symbol(discloser());
        for (std::uint64_t named = prng_.below(2) + 1; named > 0; --named) {
            consent.recipients.push_back(symbol(recipient()));
        }
        consent.purpose = one_of(kPurposes);
        consent.kinds = kinds();
        consent.scope_from = perhaps(15, 6, 2);
        consent.scope_to = perhaps(15, 2, 6);
        consent.signed_on = prng_.chance(30) ? date(33, 27) : date(40, 0);
        consent.expires = perhaps(50, 4, 8);
        consent.ends_upon_event = prng_.chance(70);
        consent.revoked_at = prng_.chance(20) ? time() : kUnknownTime;
        consent.general_designation = prng_.chance(25);
        subject_.consents.edit().push_back(consent);
    }
}

void Worlds::add_agreements() {
    const std::uint64_t count = prng_.below(5);
    for (std::uint64_t i = 1; i <= count; ++i) {
        Agreement agreement;
        agreement.number = static_cast<std::uint32_t>(i);
        agreement.discloser = symbol(discloser());
        agreement.recipient = symbol(recipient());
        if (!subject_.consents.empty() && prng_.chance(60)) {  // between the same two
            const Consent& consent = one_of(subject_.consents);
            agreement.discloser = consent.discloser;
            agreement.recipient = consent.recipients.front();
        }
        agreement.purpose = one_of(kPurposes);
        agreement.kinds = kinds();
        agreement.form = static_cast<Form>(prng_.between(1, 3));
        agreement.valid_from = date(10, 2);
        agreement.valid_until = date(2, 10);
        state_.agreements[agreement.number] = agreement;
    }
}

json::object Worlds::told(const Consent& consent) const {
    json::array recipients;
    for (const Symbol named : consent.recipients) {
        recipients.emplace_back(state_.text(named));
    }
    return {
        {"kind", name_of(consent.kind)},
        {"discloser", state_.text(consent.discloser)},
        {"recipients", recipients},
        {"purpose", name_of(consent.purpose)},
        {"kinds", names_of(consent.kinds)},
        {"scope_from", day_of(consent.scope_from)},
        {"scope_to", day_of(consent.scope_to)},
        {"signed", day_of(consent.signed_on)},
        {"expires", day_of(consent.expires)},
        {"ends_upon_event", consent.ends_upon_event},
        {"revoked", consent.revoked_at == kUnknownTime ? json::value()
                                                       : json::value(seconds(consent.revoked_at))},
        {"general", consent.general_designation}};
}

json::object Worlds::told(const Agreement& agreement) const {
    return {{"number", agreement.number},
            {"discloser", state_.text(agreement.discloser)},
            {"recipient", state_.text(agreement.recipient)},
            {"purpose", name_of(agreement.purpose)},
            {"kinds", names_of(agreement.kinds)},
            {"form", name_of(agreement.form)},
            {"from", day_of(agreement.valid_from)},
            {"until", day_of(agreement.valid_until)}};
}

void Worlds::print_world() {
    state_ = {};
    subject_ = {};
    treating_ = {};
    const std::string zone = one_of(kZones);
    if (!zone.empty()) {
        subject_.client.zone = symbol(zone);
        state_.zones[subject_.client.zone] = load_zone(zone).value();
    }
    subject_.client.owner = symbol("ana");
    add_partners();
    add_consents();
    add_agreements();
    json::object partners;
    for (const auto& [id, partner] : state_.partners) {
        partners[state_.text(partner.name)] = kind_word(partner.kind);
    }
    json::array consents;
    for (const Consent& consent : subject_.consents) {
        consents.push_back(told(consent));
    }
    json::array agreements;
    for (const auto& [number, agreement] : state_.agreements) {
        agreements.push_back(told(agreement));
    }
    std::cout << json::object{{"zone", zone},
                              {"partners", partners},
                              {"treating", treating_},
                              {"consents", consents},
                              {"agreements", agreements}}
              << '\n';
}

/// Mostly between two that some consent names, about what its kind is for.
void Worlds::print_case() {
    const bool aims = !subject_.consents.empty() && prng_.chance(70);
    const Consent* aimed = aims ? &one_of(subject_.consents) : nullptr;
    const Named& discloser = partner_where(kDisclosers, [&](const Partner& partner) {
        return aimed == nullptr || core::names_discloser(state_, aimed->discloser, partner);
    });
    const Named& recipient = partner_where(std::size(kPartners), [&](const Partner& partner) {
        return aimed == nullptr || core::names_recipient(state_, aimed->recipients.front(),
                                                         {partner.name, partner.kind});
    });
    const bool is_release = aimed != nullptr && aimed->kind == ConsentKind::VawaRelease;
    core::Disclosed disclosed;
    disclosed.discloser = state_.partner_named(symbol(discloser.name))->id;
    disclosed.kind = one_of(kKinds);
    disclosed.occurred_at = time();
    for (const auto& [label, percent] : {std::pair{SecurityLabel::Part2, 45U},
                                         {SecurityLabel::DvProtected, is_release ? 80U : 8U},
                                         {SecurityLabel::LocationProtected, 15U},
                                         {SecurityLabel::Hiv, 10U},
                                         {SecurityLabel::SealedCase, 5U}}) {
        if (prng_.chance(percent)) {
            disclosed.labels.add(label);
        }
    }
    const UtcTime now = time();
    const Route route =
        core::permit(state_, subject_, disclosed, {symbol(recipient.name), recipient.kind}, now);
    std::cout << json::array{name_of(disclosed.kind),
                             disclosed.labels.bits,
                             discloser.name,
                             recipient.name,
                             seconds(disclosed.occurred_at),
                             seconds(now),
                             name_of(route.form),
                             name_of(route.rule),
                             route.consent.value[0],
                             route.agreement}
              << '\n';
}

}  // namespace

/// Prints that many cases in worlds of forty.
void print_cases(std::uint64_t count, std::uint64_t seed) {
    Worlds worlds(seed);
    for (std::uint64_t i = 0; i < count; ++i) {
        if (i % kCasesPerWorld == 0) {
            worlds.print_world();
        }
        worlds.print_case();
    }
}

}  // namespace carehub::reference

int main(int argc, char** argv) {
    if (argc != 3) {
        std::cerr << "usage: carehub_permit_cases COUNT SEED\n";
        return 64;
    }
    std::ios::sync_with_stdio(false);
    carehub::reference::print_cases(std::strtoull(argv[1], nullptr, 10),
                                    std::strtoull(argv[2], nullptr, 10));
    return 0;
}
