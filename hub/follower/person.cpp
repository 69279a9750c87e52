#include "hub/follower/person.hpp"

#include "hub/base/log.hpp"
#include "hub/snapshot/byte_reader.hpp"

namespace carehub::follower {
namespace {

using journal::put;
using snapshot::ByteReader;
using snapshot::put_bytes;
using snapshot::put_varint;

constexpr std::uint8_t kVersion = 2;
/// Beside the kinds of inputs (model/input.hpp), so that neither opens as the other.
constexpr std::uint16_t kPersonKind = 0xFF01;
constexpr std::size_t kIdentifierBytesMin = 3;
constexpr std::size_t kRowBytes = 8;
constexpr std::size_t kSeenBytesMin = 5;

void put_identifiers(Bytes& out, const std::vector<Identifier>& identifiers) {
    put_varint(out, identifiers.size());
    for (const Identifier& identifier : identifiers) {
        put_bytes(out, as_bytes(identifier.authority));
        put_bytes(out, as_bytes(identifier.type));
        put_bytes(out, as_bytes(identifier.value));
    }
}

std::vector<Identifier> take_identifiers(ByteReader& bytes) {
    std::vector<Identifier> identifiers(bytes.count(kIdentifierBytesMin));
    for (Identifier& identifier : identifiers) {
        identifier.authority = bytes.text();
        identifier.type = bytes.text();
        identifier.value = bytes.text();
    }
    return identifiers;
}

void put_profile(Bytes& out, const match::Profile& profile) {
    put_bytes(out, as_bytes(profile.family));
    put_bytes(out, as_bytes(profile.given));
    put(out, static_cast<std::uint8_t>(profile.birth ? 1 : 0));
    put(out, static_cast<std::uint32_t>(profile.birth.value_or(Date{}).time_since_epoch().count()));
    put(out, static_cast<std::uint8_t>(profile.sex));
}

match::Profile take_profile(ByteReader& bytes) {
    match::Profile profile;
    profile.family = bytes.text();
    profile.given = bytes.text();
    const bool has_birth = bytes.number<std::uint8_t>() != 0;
    const std::chrono::days day{static_cast<std::int32_t>(bytes.number<std::uint32_t>())};
    profile.birth = has_birth ? std::optional(Date{day}) : std::nullopt;
    profile.sex = static_cast<Sex>(bytes.number<std::uint8_t>());
    return profile;
}

bool is_known(Sex sex) { return sex <= Sex::Unknown; }

}  // namespace

Bytes encode_person(const Person& person) {
    Bytes out;
    put(out, kVersion);
    put_bytes(out, as_bytes(person.name));
    put_identifiers(out, person.roster);
    put_varint(out, person.rows.size());
    for (const Sequence row : person.rows) {
        put(out, row.value);
    }
    put_varint(out, person.seen.size());
    for (const Person::Seen& seen : person.seen) {
        put(out, seen.partner.value);
        put_identifiers(out, seen.identifiers);
    }
    put(out, static_cast<std::uint8_t>(person.is_protected ? 1 : 0));
    put_profile(out, person.known);
    put_profile(out, person.told);
    return out;
}

Result<Person> decode_person(ByteView from) {
    ByteReader bytes(from);
    const auto version = bytes.number<std::uint8_t>();
    Person person;
    person.name = bytes.text();
    person.roster = take_identifiers(bytes);
    person.rows.resize(bytes.count(kRowBytes));
    for (Sequence& row : person.rows) {
        row.value = bytes.number<std::uint64_t>();
    }
    person.seen.resize(bytes.count(kSeenBytesMin));
    for (Person::Seen& seen : person.seen) {
        seen.partner.value = bytes.number<std::uint32_t>();
        seen.identifiers = take_identifiers(bytes);
    }
    person.is_protected = bytes.number<std::uint8_t>() != 0;
    person.known = take_profile(bytes);
    person.told = take_profile(bytes);
    if (version != kVersion || !is_known(person.known.sex) || !is_known(person.told.sex) ||
        !bytes.is_good() || !bytes.is_at_end()) {
        return fail(ErrorCode::Damaged, "the bytes of a person are not what was written");
    }
    return person;
}

vault::SealContext context_of(const ClientId& client, std::uint64_t sealed_at) {
    return {client.value, sealed_at, kPersonKind};
}

PersonPtr open_person(const ClientId& client, const SealedPerson& person,
                      vault::Unsealer& unsealer) {
    const auto clear = unsealer.unseal(context_of(client, person.sealed_at), person.sealed);
    if (!clear) {
        if (clear.error().code != ErrorCode::NotFound) {
            log::warning("follower",
                         "a person of the snapshot cannot be read: " + clear.error().context);
        }
        return nobody();
    }
    auto decoded = decode_person(*clear);
    if (!decoded) {
        log::warning("follower", decoded.error().context);
        return nobody();
    }
    return std::make_shared<const Person>(std::move(*decoded));
}

const PersonPtr& nobody() {
    static const PersonPtr kNobody = std::make_shared<const Person>();
    return kNobody;
}

}  // namespace carehub::follower
