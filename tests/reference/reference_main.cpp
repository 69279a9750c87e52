// carehub_reference: reads histories on standard input, a line each step, and answers every `show`
// with one line of JSON: the alerts as the machine holds them. compare.py asks it.
#include <exception>
#include <iostream>
#include <string>

#include "hub/base/log.hpp"
#include "tests/reference/history_player.hpp"

int main() {
    std::ios::sync_with_stdio(false);
    carehub::log::set_level(carehub::log::Level::Error);
    carehub::reference::HistoryPlayer player;
    std::string line;
    try {
        while (std::getline(std::cin, line)) {
            if (line.empty()) {
                continue;
            }
            const std::string answer = player.play(line);
            if (!answer.empty()) {
                std::cout << answer << '\n' << std::flush;
            }
        }
    } catch (const std::exception& problem) {
        std::cerr << "carehub_reference: " << problem.what() << " in: " << line << '\n';
        return 1;
    }
    return 0;
}
