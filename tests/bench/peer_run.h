/* What every peer of `carehub bench route --vs` shares: options, processes, times in memory that all
 * of them see, and the JSON of `carehub bench route`. A peer fills in how its system is started and
 * what a publisher and a subscriber do.
 *
 * Contract: run_peer() forks every publisher and subscriber before `prepare` is called, so that no
 * library has threads yet. A failure anywhere is one line on standard error and exit code 1.
 * Threads: the marks of one event are each made by one thread; everything else by one thread.
 */
#pragma once

#include <sys/types.h>

#include <stdbool.h>
#include <stdint.h>

struct peer_options {
    uint64_t events, size, window, publishers, subscribers, rate;
    bool ack_all; /* acknowledge everything up to an event at once, not each */
};

struct peer {
    const char* name;
    void (*start_server)(const char* folder); /* first */
    void (*prepare)(void);                    /* the server answers, queues stand */
    void (*publish)(uint64_t number);         /* calls await_go(), returns after the last receipt */
    void (*subscribe)(uint64_t number);       /* the same, after the last acknowledgement */
    bool (*times_receipts)(void);             /* mark_receipt() is called for every event */
};

extern struct peer_options options;
extern pid_t server; /* killed at the end */

int run_peer(int count, char** words, const struct peer* peer);

/* --- For publishers and subscribers --- */
__attribute__((format(printf, 1, 2), noreturn)) void die(const char* format, ...);
int64_t now_us(void);
void nap(void);
bool has_failed(void); /* somebody else did: give up */
void await_prepared(void);
void await_go(void);
/* Waits until the event may be sent at the wanted rate, and marks it as sent. */
void mark_sent(uint64_t index);
void mark_receipt(uint64_t index);
/* False when the subscriber had it before. */
bool mark_arrival(uint64_t subscriber, uint64_t index);
