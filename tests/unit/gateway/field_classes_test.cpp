// Minimum necessary: every field has a class, and what a form does not grant is not in its bytes.
#include "hub/gateway/reduce_event.hpp"
#include "tests/unit/codec/filler.hpp"
#include "tests/unit/gateway/door.hpp"

namespace carehub::gateway {
namespace {

template <class Record>
constexpr std::size_t kClassed = std::tuple_size_v<std::remove_cvref_t<decltype(kFields<Record>)>>;

template <class... Records>
constexpr bool every_field_has_a_class() {
    return ((kClassed<Records> == codec::Wire<Records>::Table::Traits::fields_number) && ...);
}
static_assert(every_field_has_a_class<ObligationClaim, ResourceClaim, SnapshotClaim, EncounterClaim,
                                      PersonClaim, IdentityClaim, HousingClaim, JusticeClaim,
                                      CaseworkClaim, ConsentClaim>(),
              "give the new field a class in field_classes.hpp");
static_assert(kClassed<Submission> + 2 == codec::Wire<Submission>::Table::Traits::fields_number,
              "give the new field a class; the payload is two fields of its own");

constexpr std::string_view kStem = "QXCAN";
constexpr Reader kEveryReader[] = {
    Reader::Clinic, Reader::Hospital,          Reader::HousingProvider,
    Reader::Court,  Reader::SupervisionAgency, Reader::Jail,
    Reader::Staff,  Reader::ReducedForm,       Reader::BusyOnlyForm};

/// An event of each payload, every member told.
template <class Take>
void for_each_payload(std::uint64_t seed, const Take& take) {
    Prng prng(seed);
    codec::Filler filler(prng, false);
    const auto with = [&](auto claim) {
        Submission event = make_submission("e1");
        filler.fill(event);
        filler.fill(claim);
        event.payload = std::move(claim);
        take(event);
    };
    with(ObligationClaim{});
    with(ResourceClaim{});
    with(SnapshotClaim{});
    with(EncounterClaim{});
    with(PersonClaim{});
    with(IdentityClaim{});
    with(HousingClaim{});
    with(JusticeClaim{});
    with(CaseworkClaim{});
    with(ConsentClaim{});
}

/// Writes a canary into every text.
class Planter {
public:
    template <class Record>
    void plant(Record& record) {
        std::apply([&](const auto&... field) { (value(record.*(field.member)), ...); },
                   kFields<Record>);
    }

private:
    template <class Value>
    void value(Value&) {}
    void value(std::string& text) { text = std::string(kStem) + std::to_string(++planted_); }
    template <class Item>
    void value(std::vector<Item>& items) {
        for (Item& item : items) {
            value(item);
        }
    }
    void value(Place& place) {
        value(place.id);
        value(place.name);
    }
    void value(Party& party) {
        value(party.id);
        value(party.name);
        value(party.role);
    }
    void value(PersonName& name) {
        value(name.family);
        value(name.given);
        value(name.kind);
    }
    void value(Identifier& identifier) {
        value(identifier.authority);
        value(identifier.type);
        value(identifier.value);
    }
    int planted_ = 0;
};

/// What reduced form grants as it was told: a zone, the case manager and the team, a place's code.
void spare_granted(Submission& event, bool also_place) {
    event.zone = "America/New_York";
    const auto spare = [also_place](Place& place) { place.id = also_place ? "MAIN" : place.id; };
    if (auto* claim = std::get_if<CaseworkClaim>(&event.payload)) {
        claim->owner = "ana";
        claim->team = "east";
    }
    if (auto* claim = std::get_if<ObligationClaim>(&event.payload)) {
        spare(claim->location);
    }
    if (auto* claim = std::get_if<ResourceClaim>(&event.payload)) {
        spare(claim->location);
    }
    if (auto* claim = std::get_if<EncounterClaim>(&event.payload)) {
        spare(claim->location);
    }
    if (auto* claim = std::get_if<JusticeClaim>(&event.payload)) {
        spare(claim->custody_place);
    }
}

bool has_canary(const Submission& event) {
    const auto bytes = codec::encode_submission(event);
    REQUIRE(bytes);
    return as_text(*bytes).find(kStem) != std::string_view::npos;
}

TEST_CASE("Every member of every payload is classed once: staff read all of it", "[gateway]") {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        for_each_payload(seed, [](const Submission& event) {
            CHECK(reduce_event(event, event.labels, Reader::Staff) == event);
        });
    }
}

/// Nothing is left of a field that the table calls absent.
template <class Record>
bool leaves_nothing_absent(const Record& left, Reader reader) {
    const Record untold;
    return std::apply(
        [&](const auto&... field) {
            return ((degree_of(field.tells, reader) != Degree::Absent ||
                     left.*(field.member) == untold.*(field.member)) &&
                    ...);
        },
        kFields<Record>);
}

TEST_CASE("What the table calls absent is not there, for any reader and any payload", "[gateway]") {
    for_each_payload(7, [](const Submission& event) {
        for (const Reader reader : kEveryReader) {
            const Submission left = reduce_event(event, {}, reader);
            CHECK(leaves_nothing_absent(left, reader));
            CHECK(
                std::visit([&](const auto& claim) { return leaves_nothing_absent(claim, reader); },
                           left.payload));
        }
    });
}

TEST_CASE("No canary in what is told in reduced or busy-only form", "[gateway]") {
    Labels hidden;
    hidden.add(SecurityLabel::LocationProtected);
    for_each_payload(11, [&](Submission event) {
        Planter planter;
        planter.plant(event);
        std::visit([&](auto& claim) { planter.plant(claim); }, event.payload);
        CHECK(has_canary(event));
        CHECK_FALSE(has_canary(busy_event(event)));
        spare_granted(event, false);
        CHECK_FALSE(has_canary(reduce_event(event, hidden, Reader::ReducedForm)));
        spare_granted(event, true);
        CHECK_FALSE(has_canary(reduce_event(event, {}, Reader::ReducedForm)));
    });
}

TEST_CASE("No canary in the bytes of a notice, told or not told by the sender's keys",
          "[gateway]") {
    Door door;
    for_each_payload(17, [&](Submission event) {
        Planter planter;
        planter.plant(event);
        std::visit([&](auto& claim) { planter.plant(claim); }, event.payload);
        event.labels.bits = static_cast<std::uint32_t>(SecurityLabel::DvProtected);
        spare_granted(event, false);
        for (const Form form : {Form::Reduced, Form::BusyOnly}) {
            const Released released = door.release_of(event, 10, Door::kCourt, 1, form);
            const auto notice = render_notice(*released.entries[0], &event, released.deliveries[0],
                                              Door::court(), {door.names, door.alerts});
            REQUIRE(notice);
            const auto bytes = codec::encode_notice(*notice);
            REQUIRE(bytes);
            CHECK(as_text(*bytes).find(kStem) == std::string_view::npos);
        }
    });
}

TEST_CASE("A busy block tells rounded times and no place, whatever it was made from", "[gateway]") {
    for_each_payload(13, [](const Submission& event) {
        const Submission busy = busy_event(event);
        const auto& claim = std::get<ResourceClaim>(busy.payload);
        ResourceClaim times;
        times.from = claim.from;
        times.to = claim.to;
        CHECK(claim == times);
        for (const UtcTime time : {claim.from, claim.to}) {
            CHECK(time.time_since_epoch() % std::chrono::minutes{15} == Micros{0});
        }
        Submission nothing_else;
        nothing_else.kind = busy.kind;
        nothing_else.schema = event.schema;
        nothing_else.payload = busy.payload;
        CHECK(busy == nothing_else);
    });
}

TEST_CASE("A court reads no reason and no result of care, even in full form", "[gateway]") {
    Submission event = make_submission("e1");
    std::get<ObligationClaim>(event.payload).reason_code = "F11.20";
    const auto told = [&](Reader reader) {
        return std::get<ObligationClaim>(reduce_event(event, {}, reader).payload).reason_code;
    };
    CHECK(told(Reader::Hospital) == "F11.20");
    CHECK(told(Reader::Court).empty());
    CHECK(told(Reader::HousingProvider).empty());
}

}  // namespace
}  // namespace carehub::gateway
