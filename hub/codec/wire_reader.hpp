// FlatBuffers tables to model records, by the field lists of wire_table.hpp.
//
// Contract: the buffer has been verified (wire_buffer.hpp), so every offset lies within it. Reader
// checks what the verifier does not: enumerators, bits, ranges of time, UTF-8, bounds of texts,
// lists and of everything decoded. It stops at the first fault and tells it as a Refusal with the
// field's path and without its value.
#pragma once

#include <string_view>

#include "hub/base/limits.hpp"
#include "hub/codec/utf8.hpp"
#include "hub/codec/wire_table.hpp"
#include "hub/codec/wire_values.hpp"
#include "hub/model/refusal.hpp"

namespace carehub::codec {

/// What a buffer may hold: tight for what comes over the wire, wide for what the hub wrote itself.
struct ReadBounds {
    std::size_t text_bytes_max;
    std::size_t items_max;
    std::size_t decoded_bytes_max;
    UtcTime last_time;  ///< kNever where "never" is an answer
};

class Reader {
public:
    explicit Reader(const ReadBounds& bounds) : bounds_(bounds) {}

    /// Fills `record`, which must be freshly made; false when refusal() says why not.
    template <HasTable Record>
    bool table(const typename Wire<Record>::Table& source, Record& record) {
        auto fields = Wire<Record>::fields(record);
        constexpr auto kCount = std::tuple_size_v<decltype(fields)>;
        static_assert(kCount == Wire<Record>::Table::Traits::fields_number,
                      "the list names each field once");
        return spend(sizeof(Record)) &&
               all_fields(source, fields, std::make_index_sequence<kCount>{});
    }

    [[nodiscard]] Refusal refusal() && { return std::move(refusal_); }

private:
    static constexpr const char* kNumberFix =
        "use a number the schema lists, a time of the years 1 to 9999";

    template <class Table, class Fields, std::size_t... I>
    bool all_fields(const Table& source, Fields& fields, std::index_sequence<I...> /*indices*/) {
        return (one_field<I>(source, std::get<I>(fields)) && ...);
    }

    template <std::size_t I, class Table, class Field>
    bool one_field(const Table& source, Field& field) {
        if (read(source.template get_field<I>(), field)) [[likely]] {
            return true;
        }
        within(Table::Traits::field_names[I]);
        return false;
    }

    template <class W, HasScalar T>
    bool read(W wire_value, T& value) {
        using Raw = typename Scalar<T>::Raw;
        static_assert(std::is_same_v<typename RawOf<W>::Type, Raw>);
        value = Scalar<T>::from_wire(static_cast<Raw>(wire_value));
        if constexpr (std::is_same_v<T, UtcTime>) {
            if (value > bounds_.last_time) {
                return refuse(RefusalReason::InvalidField, kNumberFix);
            }
        }
        return is_acceptable(value) || refuse(RefusalReason::InvalidField, kNumberFix);
    }

    template <class W, HasScalar T>
    bool read(const flatbuffers::Optional<W>& source, std::optional<T>& value) {
        return !source.has_value() || read(*source, value.emplace());
    }

    template <HasTable T>
    bool read(const typename Wire<T>::Table* source, std::optional<T>& value) {
        return source == nullptr || table(*source, value.emplace());
    }

    template <HasStruct T>
    bool read(const typename Struct<T>::Type* source, T& value) {
        if (source != nullptr) {
            value = Struct<T>::from_wire(*source);
        }
        return true;
    }

    template <HasTable T>
    bool read(const typename Wire<T>::Table* source, T& record) {
        return source == nullptr || table(*source, record);
    }

    bool read(const flatbuffers::String* source, std::string& value) {
        return source == nullptr || read_text(*source, value, bounds_.text_bytes_max);
    }
    bool read(const flatbuffers::String* source, Text<std::string>& field) {
        return source == nullptr || read_text(*source, field.value, field.bytes_max);
    }

    template <class V, class T>
    bool read(const flatbuffers::Vector<V>* source, std::vector<T>& values) {
        return source == nullptr || read_list(*source, values, bounds_.items_max);
    }
    template <class V, class T>
    bool read(const flatbuffers::Vector<V>* source, List<std::vector<T>>& field) {
        return source == nullptr || read_list(*source, field.value, field.items_max);
    }

    template <class V, class T>
    bool read(const flatbuffers::Vector<V>* source, TextList<std::vector<T>>& field) {
        const auto bound = std::exchange(bounds_.text_bytes_max, field.bytes_max);
        const bool done = source == nullptr || read_list(*source, field.value, field.items_max);
        bounds_.text_bytes_max = bound;
        return done;
    }

    template <class W>
    bool read(const W& /*source*/, Unread& /*field*/) {
        return true;
    }

    template <class W, class Variant>
    bool read(W which, UnionType<Variant>& field) {
        const auto number = static_cast<std::size_t>(which);
        if (number < kUnionBase<Variant>) {
            return refuse(RefusalReason::MissingField, "give one of the tables of this union");
        }
        return choose(number - kUnionBase<Variant>, field.value,
                      std::make_index_sequence<std::variant_size_v<Variant>>{}) ||
               refuse(RefusalReason::InvalidField, "use a table that the schema lists");
    }

    template <class Variant>
    bool read(const void* source, UnionBody<Variant>& field) {
        return std::visit([this, source](auto& body) { return this->union_table(source, body); },
                          field.value);
    }

    template <class Variant, std::size_t... I>
    static bool choose(std::size_t index, Variant& value, std::index_sequence<I...> /*indices*/) {
        return ((index == I && (value.template emplace<I>(), true)) || ...);
    }

    template <class T>
    bool union_table(const void* source, T& body) {
        if constexpr (std::is_same_v<T, std::monostate>) {
            return true;
        } else if (source == nullptr) {
            return refuse(RefusalReason::MissingField,
                          "give the table that the union's type names");
        } else {
            return table(*static_cast<const typename Wire<T>::Table*>(source), body);
        }
    }

    bool read_text(const flatbuffers::String& source, std::string& value, std::size_t bytes_max) {
        if (source.size() > bytes_max) {
            return refuse(RefusalReason::FieldTooLong,
                          "send at most " + std::to_string(bytes_max) + " bytes");
        }
        const std::string_view view(source.c_str(), source.size());
        if (!is_plain_utf8(view)) {
            return refuse(RefusalReason::InvalidField, "send UTF-8 without the character NUL");
        }
        value.assign(view);
        return spend(view.size());
    }

    template <class V, class T>
    bool read_list(const flatbuffers::Vector<V>& source, std::vector<T>& values,
                   std::size_t items_max) {
        if (source.size() > items_max) {
            return refuse(RefusalReason::TooManyItems,
                          "send at most " + std::to_string(items_max) + " items");
        }
        if (!spend(source.size() * sizeof(T)) || !is_aligned(source)) {
            return false;
        }
        values.resize(source.size());
        for (flatbuffers::uoffset_t i = 0; i < source.size(); ++i) {
            if (!read(source.Get(i), values[i])) {
                within("[" + std::to_string(i) + "]");
                return false;
            }
        }
        return true;
    }

    /// Bytes: one copy instead of a walk.
    bool read_list(const flatbuffers::Vector<std::uint8_t>& source, Bytes& values,
                   std::size_t /*items_max*/) {
        values.assign(source.begin(), source.end());
        return spend(values.size());
    }

    /// The verifier sees that a list's length is aligned, not that its items are.
    template <class V>
    bool is_aligned(const flatbuffers::Vector<V>& source) {
        using Item = std::remove_pointer_t<V>;  // a struct stands in the list itself
        constexpr std::size_t kAlignment = alignof(Item);
        return source.size() == 0 ||
               reinterpret_cast<std::uintptr_t>(source.Data()) % kAlignment == 0 ||
               refuse(RefusalReason::InvalidField,
                      "align items to " + std::to_string(kAlignment) + " bytes");
    }

    bool spend(std::size_t bytes) {
        decoded_bytes_ += bytes;
        return decoded_bytes_ <= bounds_.decoded_bytes_max ||
               refuse(RefusalReason::TooLarge, "do not let fields share their contents");
    }

    /// Always false, for the caller to return.
    bool refuse(RefusalReason reason, std::string fix) {
        refusal_ = Refusal{reason, {}, std::move(fix)};
        return false;
    }

    /// The fault lies in this part of what encloses it.
    void within(std::string_view part) {
        const bool joined = refusal_.field.empty() || refusal_.field.front() == '[';
        refusal_.field = std::string(part) + (joined ? "" : ".") + refusal_.field;
    }

    ReadBounds bounds_;
    std::size_t decoded_bytes_ = 0;
    Refusal refusal_;
};

}  // namespace carehub::codec
