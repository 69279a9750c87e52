// Random records for the codec's laws: fills every member that a record's field list names.
#pragma once

#include <algorithm>
#include <string>
#include <tuple>

#include "hub/base/prng.hpp"
#include "hub/codec/command_tables.hpp"
#include "hub/codec/control_tables.hpp"
#include "hub/codec/entry_tables.hpp"
#include "hub/codec/notice_tables.hpp"
#include "hub/codec/wire_values.hpp"

namespace carehub::codec {

class Filler {
public:
    /// `may_be_untold`: members may keep empty, zero and Unset values.
    Filler(Prng& prng, bool may_be_untold) : prng_(prng), may_be_untold_(may_be_untold) {}

    template <HasTable Record>
    void fill(Record& record) {
        auto fields = Wire<Record>::fields(record);
        std::apply([this](auto&... field) { (this->value(field), ...); }, fields);
    }

private:
    [[nodiscard]] bool leave() { return may_be_untold_ && prng_.chance(30); }

    template <class E>
    requires std::is_enum_v<E>
    void value(E& out) {
        do {
            out = static_cast<E>(prng_.below(160));
        } while (!is_acceptable(out) || (!may_be_untold_ && out == E{}));
    }
    template <class T>
    requires std::is_arithmetic_v<T>
    void value(T& out) { out = static_cast<T>(prng_.next()); }
    void value(bool& out) { out = prng_.chance(50); }
    void value(UtcTime& out) {
        out = leave() ? kUnknownTime : UtcTime(Micros(prng_.between(1, 4'000'000'000'000'000)));
    }
    void value(Date& out) {
        out = leave() ? Date{} : Date(std::chrono::days(prng_.between(1, 40'000)));
    }
    void value(TimeFlags& out) { out.bits = static_cast<std::uint16_t>(prng_.below(128)); }
    void value(Labels& out) { out.bits = static_cast<std::uint32_t>(prng_.below(512)); }
    template <class Tag, class Rep>
    void value(StrongId<Tag, Rep>& out) {
        out.value = static_cast<Rep>(prng_.next());
    }
    template <class Tag>
    void value(StrongHash<Tag>& out) {
        value(out.value);
    }
    template <std::size_t N>
    void value(std::array<std::uint8_t, N>& out) {
        if (!leave()) {
            std::ranges::generate(out, [this] { return static_cast<std::uint8_t>(prng_.next()); });
        }
    }
    void value(AlertId& out) { out = {{prng_.next()}, static_cast<std::uint16_t>(prng_.next())}; }
    void value(Version& out) {
        value(out.asserted_at);
        value(out.session);
    }
    void value(ZoneTransition& out) {
        value(out.from);
        out.offset = std::chrono::seconds(prng_.between(-50'000, 50'000));
    }
    void value(std::string& out) {
        static constexpr std::string_view kPieces[] = {"a",  "Z", "0",  " ", "\"",
                                                       "\n", "é", "中", "😀"};
        const std::uint64_t length = may_be_untold_ ? prng_.below(12) : 1 + prng_.below(12);
        for (std::uint64_t i = 0; i < length; ++i) {
            out += kPieces[prng_.below(std::size(kPieces))];
        }
    }
    template <class T>
    void value(std::optional<T>& out) {
        if (prng_.chance(60)) {
            value(out.emplace());
        }
    }
    template <class T>
    void value(std::vector<T>& out) {
        out.resize(may_be_untold_ ? prng_.below(4) : 1 + prng_.below(3));
        for (T& item : out) {
            value(item);
        }
    }
    template <HasTable T>
    void value(T& out) {
        fill(out);
    }
    template <class T>
    void value(Text<T>& out) {
        value(out.value);
    }
    template <class T>
    void value(List<T>& out) {
        value(out.value);
    }
    template <class T>
    void value(TextList<T>& out) {
        value(out.value);
    }
    template <class Variant>
    void value(UnionType<Variant>& out) {
        choose(prng_.below(std::variant_size_v<Variant>), out.value,
               std::make_index_sequence<std::variant_size_v<Variant>>{});
    }
    template <class Variant>
    void value(UnionBody<Variant>& out) {
        std::visit([this](auto& body) { this->fill_alternative(body); }, out.value);
    }
    void fill_alternative(std::monostate& /*none*/) {}
    template <HasTable T>
    void fill_alternative(T& body) {
        fill(body);
    }
    template <class Variant, std::size_t... I>
    static void choose(std::uint64_t index, Variant& out, std::index_sequence<I...> /*indices*/) {
        ((index == I ? static_cast<void>(out.template emplace<I>()) : void()), ...);
    }

    Prng& prng_;
    bool may_be_untold_;
};

/// A record with anything in it.
template <class Record>
Record random_record(Prng& prng) {
    Record record;
    Filler(prng, true).fill(record);
    return record;
}

/// A submission that check_submission accepts.
inline Submission random_submission(Prng& prng) {
    Submission submission;
    Filler filler(prng, false);
    filler.fill(submission);
    submission.schema = 1;
    std::vector<EventKind> kinds;
    for (const EventKindName& named : kEventKinds) {
        if (static_cast<std::size_t>(payload_of(named.kind)) == submission.payload.index()) {
            kinds.push_back(named.kind);
        }
    }
    submission.kind = kinds[prng.below(kinds.size())];
    return submission;
}

inline CommandBody random_command(Prng& prng) {
    CommandMessage message;
    Filler(prng, false).fill(message);
    return message.body;
}

}  // namespace carehub::codec
