// A folder that goes away again: of a model disk's journal only the lock is in it.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

#include "hub/base/check.hpp"

namespace carehub::simulation {

class ScratchFolder {
public:
    ScratchFolder() : path_((std::filesystem::temp_directory_path() / "carehub-XXXXXX").string()) {
        CAREHUB_CHECK(::mkdtemp(path_.data()) != nullptr, "a folder cannot be made");
    }
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    ~ScratchFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }

    [[nodiscard]] const std::string& path() const { return path_; }

private:
    std::string path_;
};

}  // namespace carehub::simulation
