// Model records to FlatBuffers tables, by the field lists of wire_table.hpp.
//
// Contract: the same record gives the same bytes. Empty texts and lists, zero hashes and default
// records are written as absence.
#pragma once

#include <algorithm>
#include <array>

#include "hub/codec/wire_table.hpp"

namespace carehub::codec {

class Writer {
public:
    explicit Writer(flatbuffers::FlatBufferBuilder& builder) : builder_(builder) {}

    template <HasTable Record>
    flatbuffers::Offset<typename Wire<Record>::Table> table(const Record& record) {
        return create(Wire<Record>::Table::Traits::Create, Wire<Record>::fields(record));
    }

private:
    /// A parameter of a generated Create function while its siblings are written.
    template <class P>
    struct Held {
        using Type = P;
        static P pass(const P& value) { return value; }
    };
    template <class S>
    struct Held<const S*> {
        using Type = std::optional<S>;
        static const S* pass(const Type& value) { return value ? &*value : nullptr; }
    };

    template <class Table, class... P, class Fields>
    flatbuffers::Offset<Table> create(
        flatbuffers::Offset<Table> (*make)(flatbuffers::FlatBufferBuilder&, P...),
        const Fields& fields) {
        static_assert(sizeof...(P) == std::tuple_size_v<Fields>, "the list names each field once");
        return create_in_order(make, fields, std::index_sequence_for<P...>{});
    }

    template <class Table, class... P, class Fields, std::size_t... I>
    flatbuffers::Offset<Table> create_in_order(
        flatbuffers::Offset<Table> (*make)(flatbuffers::FlatBufferBuilder&, P...),
        const Fields& fields, std::index_sequence<I...> /*indices*/) {
        // Braces fix the order of evaluation: children are written first, in the schema's order.
        const std::tuple<typename Held<P>::Type...> held{write<P>(std::get<I>(fields))...};
        return make(builder_, Held<P>::pass(std::get<I>(held))...);
    }

    template <class P, HasScalar T>
    P write(const T& value) {
        static_assert(std::is_same_v<typename RawOf<P>::Type, typename Scalar<T>::Raw>);
        return static_cast<P>(Scalar<T>::to_wire(value));
    }

    template <class P, HasScalar T>
    P write(const std::optional<T>& value) {
        return value ? P(Scalar<T>::to_wire(*value)) : P();
    }

    template <class P, HasTable T>
    P write(const std::optional<T>& value) {
        return value ? table(*value) : P();
    }

    template <class P, HasStruct T>
    std::optional<typename Struct<T>::Type> write(const T& value) {
        return value == T{} ? std::nullopt : std::optional(Struct<T>::to_wire(value));
    }

    template <class P>
    P write(const std::string& value) {
        return value.empty() ? P() : builder_.CreateString(value.data(), value.size());
    }

    template <class P, HasTable T>
    P write(const T& record) {
        static const T kUntold{};
        return record == kUntold ? P() : table(record);
    }

    template <class P, class T>
    P write(const std::vector<T>& values) {
        return values.empty() ? P() : vector(values);
    }

    template <class P, class T>
    P write(const Text<T>& field) {
        return write<P>(field.value);
    }
    template <class P, class T>
    P write(const List<T>& field) {
        return write<P>(field.value);
    }
    template <class P, class T>
    P write(const TextList<T>& field) {
        return write<P>(field.value);
    }

    template <class P, class Variant>
    P write(const UnionType<Variant>& field) {
        return static_cast<P>(field.value.index() + kUnionBase<Variant>);
    }

    template <class P, class Variant>
    P write(const UnionBody<Variant>& field) {
        return std::visit([this](const auto& body) { return this->union_table(body); },
                          field.value);
    }

    template <class T>
    flatbuffers::Offset<void> union_table(const T& body) {
        if constexpr (std::is_same_v<T, std::monostate>) {
            return {};
        } else {
            return table(body).Union();
        }
    }

    /// The values as the builder takes them; short lists, which most are, need no memory of their
    /// own.
    template <class W>
    class Mapped {
    public:
        template <class T, class Make>
        Mapped(const std::vector<T>& values, Make make)
            : long_(values.size() > short_.size() ? values.size() : 0), size_(values.size()) {
            std::ranges::transform(values, long_.empty() ? short_.data() : long_.data(), make);
        }
        [[nodiscard]] const W* data() const { return long_.empty() ? short_.data() : long_.data(); }
        [[nodiscard]] std::size_t size() const { return size_; }

    private:
        std::array<W, 8> short_{};
        std::vector<W> long_;
        std::size_t size_;
    };

    template <class T, class Make>
    static auto mapped(const std::vector<T>& values, Make make) {
        return Mapped<decltype(make(values.front()))>(values, make);
    }

    template <HasTable T>
    auto vector(const std::vector<T>& values) {
        const auto tables = mapped(values, [this](const T& value) { return table(value); });
        return builder_.CreateVector(tables.data(), tables.size());
    }

    template <HasStruct T>
    auto vector(const std::vector<T>& values) {
        const auto structs = mapped(values, &Struct<T>::to_wire);
        return builder_.CreateVectorOfStructs(structs.data(), structs.size());
    }

    template <HasScalar T>
    auto vector(const std::vector<T>& values) {
        const auto scalars = mapped(values, &Scalar<T>::to_wire);
        return builder_.CreateVector(scalars.data(), scalars.size());
    }

    auto vector(const std::vector<EventKind>& values) {
        const auto kinds =
            mapped(values, [](EventKind kind) { return static_cast<wire::EventKind>(kind); });
        return builder_.CreateVector(kinds.data(), kinds.size());
    }

    auto vector(const std::vector<std::uint8_t>& values) {
        return builder_.CreateVector(values.data(), values.size());
    }

    auto vector(const std::vector<std::string>& values) {
        const auto texts = mapped(values, [this](const std::string& value) {
            return builder_.CreateString(value.data(), value.size());
        });
        return builder_.CreateVector(texts.data(), texts.size());
    }

    flatbuffers::FlatBufferBuilder& builder_;
};

}  // namespace carehub::codec
