// What the kernel counted for a process: CPU time, bytes it caused to be written, memory.
//
// Contract: 0 for a process that is gone. CPU time of another process is counted in ticks of 10 ms.
// Threads: any thread.
#pragma once

#include <sys/types.h>

#include <cstdint>

namespace carehub::tool::bench {

[[nodiscard]] double own_cpu_s();
[[nodiscard]] double cpu_s_of(pid_t pid);
[[nodiscard]] std::uint64_t bytes_written_by(pid_t pid);
[[nodiscard]] std::uint64_t resident_bytes_of(pid_t pid);

}  // namespace carehub::tool::bench
