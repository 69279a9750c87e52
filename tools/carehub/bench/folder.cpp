#include "tools/carehub/bench/folder.hpp"

#include <array>

#include "hub/base/bytes.hpp"
#include "hub/base/random.hpp"

namespace carehub::tool::bench {

Folder::Folder() {
    std::array<std::uint8_t, 8> drawn{};
    SystemRandom random;
    random.fill(drawn);
    path_ = std::filesystem::temp_directory_path() / ("carehub-bench-" + to_hex(drawn));
}

Folder::~Folder() {
    std::error_code ignored;  // what is left behind is in the system's own temporary folder
    std::filesystem::remove_all(path_, ignored);
    if (!keeps_log_) {
        std::filesystem::remove(log(), ignored);
    }
}

}  // namespace carehub::tool::bench
