#include "hub/daemon/poison_page.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <csignal>
#include <cstring>

namespace carehub::daemon {
namespace {

constexpr std::size_t kPageBytes = 4'096;
constexpr std::size_t kLaneOffset = sizeof(Hash128);
constexpr std::size_t kFellOffset = 2 * sizeof(Hash128);

/// The page of the running hub, for the signal handler alone.
volatile std::uint8_t* witnessed_page = nullptr;

/// Only what a signal handler may do: one write to memory, then the signal's own course.
void write_fall(int signal) {
    if (witnessed_page != nullptr) {
        witnessed_page[kFellOffset] = 1;
    }
    std::signal(signal, SIG_DFL);
    std::raise(signal);
}

}  // namespace

void PoisonPage::Unmap::operator()(std::uint8_t* page) const noexcept {
    ::munmap(page, kPageBytes);
}

PoisonPage::PoisonPage(std::uint8_t* page) : page_(page) {
    if (page[kFellOffset] == 1) {
        std::memcpy(found_.fingerprint.data(), page, sizeof(Hash128));
        std::memcpy(found_.lane.data(), page + kLaneOffset, sizeof(Hash128));
    }
    page[kFellOffset] = 0;
}

Result<PoisonPage> PoisonPage::open(const std::filesystem::path& path) {
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0) {
        return fail_errno(ErrorCode::Io, "cannot open the page of the input in progress");
    }
    void* page = MAP_FAILED;
    if (::posix_fallocate(file, 0, kPageBytes) == 0) {
        page = ::mmap(nullptr, kPageBytes, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    }
    ::close(file);
    if (page == MAP_FAILED) {
        return fail_errno(ErrorCode::Io, "cannot map the page of the input in progress");
    }
    return PoisonPage(static_cast<std::uint8_t*>(page));
}

void PoisonPage::witness_falls() const {
    witnessed_page = page_.get();
    for (const int signal : {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL}) {
        std::signal(signal, write_fall);
    }
}

void PoisonPage::enter(const InProgress& input) {
    std::memcpy(page_.get(), input.fingerprint.data(), sizeof(Hash128));
    std::memcpy(page_.get() + kLaneOffset, input.lane.data(), sizeof(Hash128));
}

}  // namespace carehub::daemon
