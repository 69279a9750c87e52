// The words of one line of a story, taken from the front.
#pragma once

#include <sstream>
#include <string>
#include <vector>

namespace carehub::test {

class Words {
public:
    explicit Words(const std::string& line) {
        std::istringstream in(line);
        for (std::string word; in >> word;) {
            words_.push_back(word);
        }
    }
    /// "" when there are no more.
    std::string next() { return done() ? std::string() : words_[at_++]; }
    bool take(const std::string& wanted) {
        const bool taken = !done() && words_[at_] == wanted;
        at_ += taken ? 1 : 0;
        return taken;
    }
    [[nodiscard]] bool done() const { return at_ == words_.size(); }

private:
    std::vector<std::string> words_;
    std::size_t at_ = 0;
};

}  // namespace carehub::test
