// How a model record and its FlatBuffers table correspond: one list of fields, used both ways.
//
// Contract: for each record with a table there is a specialisation of Wire that names the table and
// lists the record's members in the order of the schema's ids. Writer and Reader walk that list, so
// encoding and decoding cannot disagree, and a wrong type of a member does not compile. A member in
// a wrong place is found by the golden samples (tests/compat).
//
// Only sources of this room include this header: the generated code stays behind its doors.
#pragma once

#include <cstring>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include <flatbuffers/flatbuffers.h>

#include "hub/base/strong_id.hpp"
#include "hub/base/utc_time.hpp"
#include "hub/model/event_kind.hpp"
#include "hub/model/ids.hpp"
#include "hub/model/submission.hpp"
#include "schemas/vocabulary_generated.h"

namespace carehub::codec {

/// Specialised with `Table` and `static auto fields(auto& record)`.
template <class Record>
struct Wire;

template <class T>
concept HasTable = requires {
    typename Wire<T>::Table;
};

// --- Members that need more than their type tells -------------------------------------------

/// A text with a bound of its own.
template <class T>
struct Text {
    T& value;
    std::size_t bytes_max;
};

/// A list with a bound of its own on its length.
template <class T>
struct List {
    T& value;
    std::size_t items_max;
};

/// A list of texts with bounds of its own.
template <class T>
struct TextList {
    T& value;
    std::size_t items_max;
    std::size_t bytes_max;
};

/// A field that this reader leaves where it is.
struct Unread {};

/// The two fields of a FlatBuffers union: which table, and the table.
template <class Variant>
struct UnionType {
    Variant& value;
};
template <class Variant>
struct UnionBody {
    Variant& value;
};

template <class T>
Text<T> text(T& value, std::size_t bytes_max) {
    return {value, bytes_max};
}
template <class T>
List<T> list(T& value, std::size_t items_max) {
    return {value, items_max};
}
template <class T>
TextList<T> text_list(T& value, std::size_t items_max, std::size_t bytes_max) {
    return {value, items_max, bytes_max};
}
template <class Variant>
UnionType<Variant> union_type(Variant& value) {
    return {value};
}
template <class Variant>
UnionBody<Variant> union_body(Variant& value) {
    return {value};
}

/// Members by reference, the descriptions above by value.
template <class... Members>
std::tuple<Members...> fields_of(Members&&... members) {
    return std::tuple<Members...>(std::forward<Members>(members)...);
}

/// Number of a variant's first alternative in its union: 0 is NONE, for which monostate stands.
template <class Variant>
inline constexpr std::size_t kUnionBase =
    std::is_same_v<std::variant_alternative_t<0, std::remove_const_t<Variant>>, std::monostate> ? 0
                                                                                                : 1;

// --- Scalars --------------------------------------------------------------------------------

template <class T>
struct Scalar {};

template <class T>
requires std::is_arithmetic_v<T>
struct Scalar<T> {
    using Raw = T;
    static Raw to_wire(T value) { return value; }
    static T from_wire(Raw raw) { return raw; }
};

template <class T>
requires std::is_enum_v<T>
struct Scalar<T> {
    using Raw = std::underlying_type_t<T>;
    static Raw to_wire(T value) { return static_cast<Raw>(value); }
    static T from_wire(Raw raw) { return static_cast<T>(raw); }
};

template <>
struct Scalar<UtcTime> {
    using Raw = std::int64_t;
    static Raw to_wire(UtcTime value) { return value.time_since_epoch().count(); }
    static UtcTime from_wire(Raw raw) { return UtcTime(Micros(raw)); }
};

template <>
struct Scalar<Date> {
    using Raw = std::int32_t;
    static Raw to_wire(Date value) { return static_cast<Raw>(value.time_since_epoch().count()); }
    static Date from_wire(Raw raw) { return Date(std::chrono::days(raw)); }
};

template <class Tag, class Rep>
struct Scalar<StrongId<Tag, Rep>> {
    using Raw = Rep;
    static Raw to_wire(StrongId<Tag, Rep> id) { return id.value; }
    static StrongId<Tag, Rep> from_wire(Raw raw) { return {raw}; }
};

template <class E, class Rep>
struct Scalar<BitSet<E, Rep>> {
    using Raw = Rep;
    static Raw to_wire(BitSet<E, Rep> set) { return set.bits; }
    static BitSet<E, Rep> from_wire(Raw raw) { return {raw}; }
};

template <class T>
concept HasScalar = requires {
    typename Scalar<T>::Raw;
};

/// The number behind a generated scalar or enumeration.
template <class T>
struct RawOf {
    using Type = T;
};
template <class T>
requires std::is_enum_v<T>
struct RawOf<T> {
    using Type = std::underlying_type_t<T>;
};

// --- Values of fixed size (FlatBuffers structs) -----------------------------------------------

/// Specialised with `Type`, `to_wire` and `from_wire`; a default value is written as absence.
template <class T>
struct Struct {};

template <class Array, class Generated>
struct BytesStruct {
    using Type = Generated;
    static constexpr std::size_t kSize = std::tuple_size_v<Array>;
    static Type to_wire(const Array& bytes) {
        return Type(flatbuffers::span<const std::uint8_t, kSize>(bytes.data(), kSize));
    }
    static Array from_wire(const Type& value) {
        Array bytes;
        std::memcpy(bytes.data(), value.bytes()->Data(), kSize);
        return bytes;
    }
};

template <>
struct Struct<Hash128> : BytesStruct<Hash128, wire::Hash128> {};
template <>
struct Struct<Hash256> : BytesStruct<Hash256, wire::Hash256> {};

template <class Tag>
struct Struct<StrongHash<Tag>> {
    using Type = wire::Hash128;
    static Type to_wire(const StrongHash<Tag>& id) { return Struct<Hash128>::to_wire(id.value); }
    static StrongHash<Tag> from_wire(const Type& value) {
        return {Struct<Hash128>::from_wire(value)};
    }
};

template <>
struct Struct<AlertId> {
    using Type = wire::AlertId;
    static Type to_wire(const AlertId& id) { return {id.sequence.value, id.index}; }
    static AlertId from_wire(const Type& value) { return {{value.sequence()}, value.index()}; }
};

template <class T>
concept HasStruct = requires {
    typename Struct<T>::Type;
};

}  // namespace carehub::codec
