// A folder of a benchmark's own in the system's temporary folder.
//
// Contract: only the name is made; what is made there, and the log beside it, goes with the object.
// When the run failed, keep_log() leaves the log for the person who reads the error.
// Threads: any one thread.
#pragma once

#include <filesystem>

namespace carehub::tool::bench {

class Folder {
public:
    Folder();
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder();

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    [[nodiscard]] std::filesystem::path log() const { return path_.string() + ".log"; }
    void keep_log() { keeps_log_ = true; }

private:
    std::filesystem::path path_;
    bool keeps_log_ = false;
};

}  // namespace carehub::tool::bench
