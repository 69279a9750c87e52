// Records that are borrowed and changed beside, against a plain map.
#include <map>
#include <random>

#include <catch2/catch.hpp>

#include "hub/core/keyed.hpp"

namespace carehub::core {
namespace {

ObligationId id_of(std::uint8_t number) {
    Hash128 value{};
    value[0] = number;
    return ObligationId{value};
}

Obligation obligation(std::uint8_t number, int minute) {
    Obligation record;
    record.id = id_of(number);
    record.start = UtcTime{std::chrono::minutes{minute}};
    return record;
}

using Model = std::map<ObligationId, Obligation>;

bool agree(const Records<Obligation>& records, const Model& model) {
    auto expected = model.begin();
    for (const Obligation& record : records) {
        if (expected == model.end() || !(record == expected->second)) {
            return false;
        }
        ++expected;
    }
    return expected == model.end() && records.size() == model.size() &&
           records.empty() == model.empty();
}

}  // namespace

TEST_CASE("borrowed records with changes beside read as a map would", "[core][records]") {
    std::mt19937 random(7);  // NOLINT(cert-msc51-cpp): the same histories each time
    for (int history = 0; history < 200; ++history) {
        Records<Obligation> owner;
        Model model;
        const auto any = [&] { return static_cast<std::uint8_t>(random() % 24); };
        for (std::uint32_t count = static_cast<std::uint32_t>(random() % 12); count > 0; --count) {
            const Obligation record = obligation(any(), 0);
            owner.put(record);
            model[record.id] = record;
        }
        const std::vector<Obligation> before = owner.base();
        Records<Obligation> borrower;
        borrower.borrow(owner);
        REQUIRE(agree(borrower, model));
        for (int step = 1; step < 30; ++step) {
            const std::uint8_t number = any();
            switch (random() % 8) {
                case 0:
                    if (random() % 8 == 0) {
                        borrower.erase_if(
                            [&](const Obligation& one) { return one.id == id_of(number); });
                        model.erase(id_of(number));
                    }
                    break;
                case 1:
                case 2:
                case 3:
                    if (Obligation* own = borrower.change(id_of(number))) {
                        own->start = UtcTime{std::chrono::minutes{step}};
                        model.at(id_of(number)).start = own->start;
                    } else {
                        REQUIRE(!model.contains(id_of(number)));
                    }
                    break;
                default:
                    borrower.put(obligation(number, step));
                    model[id_of(number)] = obligation(number, step);
            }
            REQUIRE(agree(borrower, model));
            const Obligation* found = borrower.find(id_of(number));
            REQUIRE((found != nullptr) == model.contains(id_of(number)));
        }
        REQUIRE(owner.base() == before);
        const Records<Obligation> copy = borrower;
        REQUIRE(agree(copy, model));
        REQUIRE(!copy.is_borrowed());
    }
}

}  // namespace carehub::core
