#include "adapters/court/text.hpp"

#include <algorithm>

namespace carehub::adapters::court {

std::string normalise_case(std::string_view text) {
    std::string number = normalise_word(text);
    std::erase(number, ' ');
    return number;
}

}  // namespace carehub::adapters::court
