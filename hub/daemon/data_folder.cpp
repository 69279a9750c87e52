#include "hub/daemon/data_folder.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <sstream>

#include "hub/base/random.hpp"
#include "hub/daemon/config.hpp"
#include "hub/daemon/local_hub.hpp"
#include "hub/daemon/vault_files.hpp"

namespace carehub::daemon {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kAdmin = "admin";

Status write_all(int file, std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = ::write(file, text.data(), text.size());
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written < 0) {
            return fail_errno(ErrorCode::Io, "cannot write a file of the data folder");
        }
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return ::fsync(file) == 0
               ? Status{}
               : fail_errno(ErrorCode::SyncFailed, "cannot sync a file of the data folder");
}

Status make_empty_folder(const fs::path& path) {
    std::error_code error;
    if (fs::exists(path) && !fs::is_empty(path, error)) {
        return fail(ErrorCode::AnotherWriter,
                    "the folder is not empty: `carehub init` never overwrites; name a new one");
    }
    fs::create_directories(path, error);
    if (error) {
        return fail(ErrorCode::Io, "cannot make the folder: " + error.message());
    }
    fs::permissions(path, fs::perms::owner_all, error);
    return {};
}

Status add_operator(const DataFolder& folder, const Hash256& public_key) {
    CAREHUB_TRY(const auto hub, LocalHub::open(folder));
    PartnerCommand command;
    command.name = kAdmin;
    command.kind = PartnerKind::Staff;
    command.role = StaffRole::Operator;
    command.public_key = public_key;
    CAREHUB_TRY(const Receipt receipt, hub->command(command));
    if (receipt.status != ReceiptStatus::Accepted) {
        return fail(ErrorCode::Invalid, "the operator could not be added");
    }
    return {};
}

}  // namespace

Status write_private(const fs::path& path, std::string_view text) {
    const fs::path next = path.string() + ".new";
    const int file = ::open(next.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0) {
        return fail_errno(ErrorCode::Io, "cannot create a file of the data folder");
    }
    const Status status = write_all(file, text);
    ::close(file);
    CAREHUB_TRY_DONE(status);
    std::error_code error;
    fs::rename(next, path, error);
    return error ? Status(fail(ErrorCode::Io,
                               "cannot put a file of the data folder in place: " + error.message()))
                 : Status{};
}

Result<std::string> read_text(const fs::path& path) {
    std::ifstream in(path);
    if (!in) {
        return fail(ErrorCode::NotFound, "cannot read " + path.filename().string());
    }
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

Result<transport::CurveKeys> init_folder(const DataFolder& folder, const InitOptions& options) {
    CAREHUB_TRY_DONE(make_empty_folder(folder.path));
    Config config;
    config.simulation = options.simulation;
    config.start = options.start;
    CAREHUB_TRY_DONE(write_private(folder.settings(), to_toml(config)));
    CAREHUB_TRY(const transport::CurveKeys hub, transport::make_curve_keys());
    CAREHUB_TRY_DONE(write_private(folder.hub_key(), to_hex(hub.secret_key) + "\n"));
    SystemRandom random;
    SystemDisk disk;
    CAREHUB_TRY([[maybe_unused]] const auto vault,
                vault::Vault::create(disk, vault_files(folder, config), random));
    CAREHUB_TRY(const transport::CurveKeys admin, transport::make_curve_keys());
    CAREHUB_TRY_DONE(add_operator(folder, admin.public_key));
    return admin;
}

Result<transport::CurveKeys> read_hub_keys(const DataFolder& folder) {
    CAREHUB_TRY(const std::string text, read_text(folder.hub_key()));
    transport::CurveKeys keys;
    if (text.size() < 64 || !from_hex(text.substr(0, 64), keys.secret_key)) {
        return fail(ErrorCode::Invalid, "hub.key does not hold 64 hexadecimal digits");
    }
    CAREHUB_TRY(keys.public_key, transport::public_key_of(keys.secret_key));
    return keys;
}

}  // namespace carehub::daemon
