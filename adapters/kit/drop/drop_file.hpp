// Files for a partner to pick up: whole or not there at all, also after a crash.
//
// Contract: who reads the folder sees a file under its name only when it is complete. What a
// partner sees is written beside it first, under a name that begins with a dot, and never into a
// file or through a link that somebody put there. The file belongs to the adapter's user; with
// Readers::Group the group of the folder's files may read it, others never.
// Errors: NotFound without the folder; AnotherWriter; Io; SyncFailed. Threads: confined to one.
#pragma once

#include <filesystem>
#include <optional>

#include "adapters/kit/file.hpp"
#include "adapters/kit/out/out_config.hpp"

namespace carehub::adapters {

class DropFolder {
public:
    DropFolder(std::filesystem::path folder, Readers readers)
        : folder_(std::move(folder)), readers_(readers) {}

    /// The folder is there, and nobody else writes to it for as long as this object lives.
    [[nodiscard]] Status open();
    /// Writes `bytes` aside and makes them durable; nobody is shown anything yet.
    [[nodiscard]] Status put_aside(ByteView bytes);
    /// Shows what was put aside under `name`, in place of what was there. NotFound: it is gone, and
    /// nothing is shown.
    [[nodiscard]] Status show_as(const std::string& name);
    /// What was put aside was not shown.
    [[nodiscard]] bool has_aside() const;
    [[nodiscard]] Status drop_aside();
    [[nodiscard]] bool has(const std::string& name) const;
    [[nodiscard]] Status write(const std::string& name, ByteView bytes);

private:
    [[nodiscard]] std::filesystem::path aside() const { return folder_ / ".carehub.tmp"; }

    std::filesystem::path folder_;
    Readers readers_;
    std::optional<File> lock_;
};

}  // namespace carehub::adapters
