#include "adapters/supervision/file_records.hpp"

#include <algorithm>

namespace carehub::adapters::supervision {

std::string FileRecords::key_of(const std::string& shared, const std::string& mark) {
    std::vector<std::string>& marks = marks_[shared];
    auto at = std::ranges::find(marks, mark);
    if (at == marks.end()) {
        at = marks.insert(marks.end(), mark);
    }
    const auto number = at - marks.begin() + 1;
    return number == 1 ? shared : shared + " " + std::to_string(number);
}

bool FileRecords::contradicts(const std::string& key, const std::string& says, UtcTime told) {
    const auto [at, is_first] = words_.try_emplace(key, Word{says, told});
    Word& word = at->second;
    if (is_first || told < word.told) {
        return false;
    }
    if (told == word.told) {
        return says != word.says;
    }
    word = {says, told};
    return false;
}

}  // namespace carehub::adapters::supervision
