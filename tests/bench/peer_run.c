#include "peer_run.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <errno.h>
#include <ftw.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { PROCESSES_MAX = 128, PATH_BYTES_MAX = 512, FILES_OPEN_MAX = 16 };
enum phase { FORKED, PREPARED, GO };
static const int64_t READY_US_MAX = 20000000;

/* The arrays follow it in the same mapping. */
struct shared {
    atomic_int phase;
    atomic_int ready;
    atomic_int failed;
    _Atomic int64_t begin_us;
    int64_t publisher_end_us[PROCESSES_MAX];
    int64_t subscriber_end_us[PROCESSES_MAX];
};

struct peer_options options = {500000, 512, 1024, 1, 1, 0, false};
pid_t server = -1;
static struct shared* shared;
static int64_t *sent, *receipted, *arrived; /* arrived: one row a subscriber */
static char folder[PATH_BYTES_MAX];
static pid_t coordinator;

/* --- Small things --- */

int64_t now_us(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000000 + time.tv_nsec / 1000;
}

void nap(void) {
    const struct timespec pause = {0, 100000};
    nanosleep(&pause, NULL);
}

void die(const char* format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fputs("peer: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    if (shared != NULL) {
        shared->failed = 1;
    }
    exit(1);
}

bool has_failed(void) { return shared->failed != 0; }

static void await_phase(enum phase phase) {
    while (shared->phase < (int)phase) {
        if (has_failed()) {
            exit(1);
        }
        nap();
    }
}

void await_prepared(void) { await_phase(PREPARED); }

void await_go(void) {
    ++shared->ready;
    await_phase(GO);
}

/* --- Times --- */

static uint64_t checked(uint64_t index) {
    if (index >= options.events) {
        die("an event has an index that nobody gave");
    }
    return index;
}

void mark_sent(uint64_t index) {
    if (options.rate == 0) {
        sent[checked(index)] = now_us();
        return;
    }
    /* From when it was due: what waits because the sender is late counts. */
    const int64_t due = shared->begin_us + (int64_t)(index * 1000000 / options.rate);
    while (now_us() < due) {
        nap();
    }
    sent[checked(index)] = due;
}

void mark_receipt(uint64_t index) { receipted[checked(index)] = now_us(); }

bool mark_arrival(uint64_t subscriber, uint64_t index) {
    int64_t* at = &arrived[subscriber * options.events + checked(index)];
    const bool is_first = *at == 0;
    *at = is_first ? now_us() : *at;
    return is_first;
}

static void share_memory(void) {
    const uint64_t rows = 2 + options.subscribers;
    const size_t size = sizeof *shared + rows * options.events * sizeof(int64_t);
    const int flags = MAP_SHARED | MAP_ANONYMOUS | MAP_POPULATE;
    void* memory = mmap(NULL, size, PROT_READ | PROT_WRITE, flags, -1, 0);
    if (memory == MAP_FAILED) {
        die("no memory for %" PRIu64 " events", options.events);
    }
    shared = memory;
    sent = (int64_t*)(shared + 1);
    receipted = sent + options.events;
    arrived = receipted + options.events;
}

/* --- The kernel's accounts of the server --- */

static double server_cpu_s(void) {
    char path[64], text[1024] = {0};
    unsigned long user = 0, kernel = 0;
    snprintf(path, sizeof path, "/proc/%d/stat", (int)server);
    FILE* file = fopen(path, "r");
    if (file == NULL) {
        return 0;
    }
    const size_t size = fread(text, 1, sizeof text - 1, file);
    fclose(file);
    const char* rest = size == 0 ? NULL : strrchr(text, ')');
    const char* form = ") %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu";
    const bool is_read = rest != NULL && sscanf(rest, form, &user, &kernel) == 2;
    return is_read ? (double)(user + kernel) / (double)sysconf(_SC_CLK_TCK) : 0;
}

static uint64_t server_bytes_written(void) {
    char path[64], line[128];
    uint64_t bytes = 0;
    snprintf(path, sizeof path, "/proc/%d/io", (int)server);
    FILE* file = fopen(path, "r");
    if (file == NULL) {
        return 0;
    }
    while (fgets(line, sizeof line, file) != NULL) {
        (void)sscanf(line, "write_bytes: %" SCNu64, &bytes);
    }
    fclose(file);
    return bytes;
}

/* --- The report --- */

static int ascending(const void* left, const void* right) {
    const int64_t a = *(const int64_t*)left, b = *(const int64_t*)right;
    return (a > b) - (a < b);
}

static int64_t at_quantile(const int64_t* sorted, uint64_t count, double part) {
    return sorted[(uint64_t)(part * (double)(count - 1))];
}

static void print_quantiles(const char* name, int64_t* values, uint64_t count) {
    qsort(values, count, sizeof *values, ascending);
    printf("\"%s\":{\"p50\":%" PRId64 ",\"p99\":%" PRId64 ",\"p999\":%" PRId64 "},", name,
           at_quantile(values, count, 0.5), at_quantile(values, count, 0.99),
           at_quantile(values, count, 0.999));
}

static double per_second(const int64_t* ends, uint64_t count) {
    int64_t last = 0;
    for (uint64_t i = 0; i < count; ++i) {
        last = ends[i] > last ? ends[i] : last;
    }
    return (double)options.events * 1e6 / (double)(last - shared->begin_us);
}

static void print_latencies(bool times_receipts) {
    for (uint64_t i = 0; i < options.events; ++i) {
        receipted[i] -= sent[i];
        for (uint64_t s = 0; s < options.subscribers; ++s) {
            arrived[s * options.events + i] -= sent[i];
        }
    }
    print_quantiles("latency_us", arrived, options.events * options.subscribers);
    if (times_receipts) {
        print_quantiles("receipt_latency_us", receipted, options.events);
    }
}

static void report(const struct peer* peer, double cpu_s, uint64_t bytes) {
    struct rusage usage;
    getrusage(RUSAGE_CHILDREN, &usage); /* the peers alone: the server still runs */
    const double peers_s = (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
                           (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
    printf("{\"system\":\"%s\",\"events\":%" PRIu64 ",\"size_bytes\":%" PRIu64
           ",\"window\":%" PRIu64 ",\"publishers\":%" PRIu64 ",\"subscribers\":%" PRIu64 ",",
           peer->name, options.events, options.size, options.window, options.publishers,
           options.subscribers);
    printf(
        "\"publish_acknowledged_per_s\":%.0f,\"end_to_end_per_s\":%.0f,"
        "\"events_per_message\":1,",
        per_second(shared->publisher_end_us, options.publishers),
        per_second(shared->subscriber_end_us, options.subscribers));
    print_latencies(peer->times_receipts());
    printf(
        "\"cpu_s\":{\"hub\":%.2f,\"peers\":%.2f},\"bytes_written_per_event\":%.0f,"
        "\"projection_lag_events\":0,\"catch_up_s\":0}\n",
        cpu_s, peers_s, (double)bytes / (double)options.events);
}

/* --- The run --- */

static int remove_one(const char* path, const struct stat* status, int flag, struct FTW* walk) {
    (void)status;
    (void)flag;
    (void)walk;
    return remove(path);
}

static void clean_up(void) {
    if (getpid() != coordinator) {
        return;
    }
    if (server > 0) {
        kill(server, SIGKILL); /* its files go anyway */
        waitpid(server, NULL, 0);
    }
    if (folder[0] != '\0') {
        nftw(folder, remove_one, FILES_OPEN_MAX, FTW_DEPTH | FTW_PHYS);
    }
}

static void make_folder(void) {
    const char* base = getenv("TMPDIR");
    snprintf(folder, sizeof folder, "%s/bench-peer-XXXXXX", base != NULL ? base : "/tmp");
    if (mkdtemp(folder) == NULL) {
        folder[0] = '\0';
        die("cannot make a temporary folder: %s", strerror(errno));
    }
}

static pid_t start(void (*work)(uint64_t), uint64_t number, int64_t* end_us) {
    const pid_t child = fork();
    if (child == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != coordinator) {
            exit(1);
        }
        work(number);
        *end_us = now_us();
        exit(0);
    }
    if (child < 0) {
        die("cannot fork: %s", strerror(errno));
    }
    return child;
}

static int fork_all(const struct peer* peer, pid_t* children) {
    int count = 0;
    for (uint64_t s = 0; s < options.subscribers; ++s) {
        children[count++] = start(peer->subscribe, s, &shared->subscriber_end_us[s]);
    }
    for (uint64_t p = 0; p < options.publishers; ++p) {
        children[count++] = start(peer->publish, p, &shared->publisher_end_us[p]);
    }
    return count;
}

static void await_ready(int processes) {
    const int64_t begin = now_us();
    while (shared->ready < processes) {
        if (has_failed() || now_us() - begin > READY_US_MAX) {
            die("a publisher or subscriber did not get ready");
        }
        nap();
    }
}

static void await_end(const pid_t* children, int count) {
    for (int i = 0; i < count; ++i) {
        int status = 0;
        if (waitpid(children[i], &status, 0) < 0 || status != 0) {
            die("a publisher or subscriber failed");
        }
    }
}

static bool read_option(const char* name, const char* value) {
    const struct {
        const char* name;
        uint64_t* value;
    } numbers[] = {{"--events", &options.events},           {"--size", &options.size},
                   {"--window", &options.window},           {"--publishers", &options.publishers},
                   {"--subscribers", &options.subscribers}, {"--rate", &options.rate}};
    for (size_t n = 0; n < sizeof numbers / sizeof *numbers; ++n) {
        if (strcmp(name, numbers[n].name) == 0) {
            *numbers[n].value = strtoull(value, NULL, 10);
            return true;
        }
    }
    options.ack_all = options.ack_all || (strcmp(name, "--ack") == 0 && strcmp(value, "all") == 0);
    return strcmp(name, "--ack") == 0 || strcmp(name, "--batch") == 0;
}

static void read_options(int count, char** words) {
    for (int i = 1; i < count; i += 2) {
        if (i + 1 == count || !read_option(words[i], words[i + 1])) {
            die("%s is not an option with a value", words[i]);
        }
    }
    if (options.events == 0 || options.size < sizeof(uint64_t) || options.window == 0 ||
        options.publishers == 0 || options.subscribers == 0 ||
        options.publishers + options.subscribers > PROCESSES_MAX) {
        die("an option is out of range");
    }
}

int run_peer(int count, char** words, const struct peer* peer) {
    pid_t children[PROCESSES_MAX];
    read_options(count, words);
    coordinator = getpid();
    atexit(clean_up);
    make_folder();
    share_memory();
    peer->start_server(folder);
    const int processes = fork_all(peer, children);
    peer->prepare();
    shared->phase = PREPARED;
    await_ready(processes);
    const double cpu_s = server_cpu_s();
    const uint64_t bytes = server_bytes_written();
    shared->begin_us = now_us();
    shared->phase = GO;
    await_end(children, processes);
    report(peer, server_cpu_s() - cpu_s, server_bytes_written() - bytes);
    return 0;
}
