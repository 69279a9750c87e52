#include "tools/carehub/bench/shared_times.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <atomic>
#include <utility>

#include "hub/base/check.hpp"

namespace carehub::tool::bench {
namespace {

constexpr std::size_t kHeadWords = 8;  ///< the word to go, alone in its cache line
constexpr std::uint64_t kRowsBesideSubscribers = 2;

std::size_t words_of(const Options& options) {
    return kHeadWords + (kRowsBesideSubscribers + options.subscribers) * options.events;
}

}  // namespace

Result<SharedTimes> SharedTimes::create(const Options& options) {
    const int descriptor = ::memfd_create("carehub-bench", MFD_CLOEXEC);
    if (descriptor < 0) {
        return fail_errno(ErrorCode::Io, "cannot make shared memory");
    }
    const auto bytes = static_cast<off_t>(words_of(options) * sizeof(std::int64_t));
    if (::ftruncate(descriptor, bytes) != 0) {
        ::close(descriptor);
        return fail_errno(ErrorCode::Io, "cannot make shared memory");
    }
    return map(descriptor, options);
}

Result<SharedTimes> SharedTimes::open(const std::string& path, const Options& options) {
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
    if (descriptor < 0) {
        return fail_errno(ErrorCode::Io, "cannot open shared memory " + path);
    }
    return map(descriptor, options);
}

Result<SharedTimes> SharedTimes::map(int descriptor, const Options& options) {
    const std::size_t words = words_of(options);
    // Its pages are there before the run, not made by the first event that needs one.
    void* memory = ::mmap(nullptr, words * sizeof(std::int64_t), PROT_READ | PROT_WRITE,
                          MAP_SHARED | MAP_POPULATE, descriptor, 0);
    if (memory == MAP_FAILED) {  // NOLINT: the macro casts
        ::close(descriptor);
        return fail_errno(ErrorCode::Io, "cannot map shared memory");
    }
    return SharedTimes(descriptor, static_cast<std::int64_t*>(memory), options.events, words);
}

SharedTimes::SharedTimes(SharedTimes&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      memory_(std::exchange(other.memory_, nullptr)),
      events_(other.events_),
      words_(other.words_) {}

SharedTimes::~SharedTimes() {
    if (memory_ != nullptr) {
        ::munmap(memory_, words_ * sizeof(std::int64_t));
        ::close(descriptor_);
    }
}

std::string SharedTimes::path() const {
    return "/proc/" + std::to_string(::getpid()) + "/fd/" + std::to_string(descriptor_);
}

std::span<std::int64_t> SharedTimes::row(std::uint64_t number) const {
    const std::size_t begin = kHeadWords + number * events_;
    CAREHUB_CHECK(begin + events_ <= words_, "there is no such subscriber");
    return {memory_ + begin, events_};
}

void SharedTimes::go(std::int64_t begin_us) const { std::atomic_ref(*memory_).store(begin_us); }

std::int64_t SharedTimes::begin_us() const { return std::atomic_ref(*memory_).load(); }

}  // namespace carehub::tool::bench
