/* A peer for `carehub bench route --vs`: the same unit of work through NATS JetStream, one node, file
 * storage (which does not sync before it acknowledges), no encryption.
 *
 * It starts its own nats-server on a free port of the loopback with its files in a temporary folder,
 * and ends it. A message carries its index in its first eight bytes.
 *
 *   nats_peer [--events N] [--size B] [--window W] [--publishers P] [--subscribers S] [--batch K]
 *             [--rate R] [--ack explicit|all]
 *
 * --batch is understood and has no effect: JetStream's message is one event.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <errno.h>
#include <inttypes.h>
#include <nats/nats.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include "peer_run.h"

enum { NAME_BYTES_MAX = 64, PATH_BYTES_MAX = 600, ACK_ALL_EVENTS_MAX = 64, LONE_WINDOW_MAX = 16 };
static const int64_t ANSWER_US_MAX = 20000000;
static const int64_t STALL_MS_MAX = 20000;
static const int64_t LOOK_MS = 1000;
static const char* const STREAM = "BENCH";
static const char* const SUBJECT = "bench.events";

static char url[NAME_BYTES_MAX];

static void must(natsStatus status, const char* what) {
    if (status != NATS_OK) {
        die("%s: %s", what, natsStatus_GetText(status));
    }
}

/* A call for each receipt costs a tenth of the rate, so receipts are timed only where the rate is not
 * what is measured; there the client also sends at once instead of gathering for a moment. */
static bool is_about_latency(void) { return options.rate > 0 || options.window <= LONE_WINDOW_MAX; }

/* --- The server --- */

static uint16_t free_port(void) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    const int probe = socket(AF_INET, SOCK_STREAM, 0);
    if (probe < 0 || bind(probe, (struct sockaddr*)&address, length) != 0 ||
        getsockname(probe, (struct sockaddr*)&address, &length) != 0) {
        die("no free port: %s", strerror(errno));
    }
    close(probe);
    return ntohs(address.sin_port);
}

static void write_config(const char* path, const char* folder, uint16_t port) {
    FILE* file = fopen(path, "w");
    if (file == NULL) {
        die("cannot write %s: %s", path, strerror(errno));
    }
    fprintf(file,
            "listen: \"127.0.0.1:%u\"\n"
            "log_file: \"%s/nats.log\"\n"
            "jetstream { store_dir: \"%s/store\", max_file_store: 64GB }\n",
            port, folder, folder);
    fclose(file);
}

static void start_server(const char* folder) {
    char config[PATH_BYTES_MAX];
    const uint16_t port = free_port();
    const pid_t parent = getpid();
    snprintf(config, sizeof config, "%s/nats.conf", folder);
    snprintf(url, sizeof url, "nats://127.0.0.1:%u", port);
    write_config(config, folder, port);
    server = fork();
    if (server == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() == parent) {
            execlp("nats-server", "nats-server", "-c", config, (char*)NULL);
        }
        _exit(127);
    }
    if (server < 0) {
        die("cannot start nats-server: %s", strerror(errno));
    }
}

static natsStatus try_connect(natsConnection** connection) {
    natsOptions* connect_options = NULL;
    must(natsOptions_Create(&connect_options), "options");
    must(natsOptions_SetURL(connect_options, url), "address");
    must(natsOptions_SetSendAsap(connect_options, is_about_latency()), "send at once");
    const natsStatus status = natsConnection_Connect(connection, connect_options);
    natsOptions_Destroy(connect_options);
    return status;
}

static natsConnection* connect_when_up(void) {
    natsConnection* connection = NULL;
    const int64_t begin = now_us();
    while (try_connect(&connection) != NATS_OK) {
        if (now_us() - begin > ANSWER_US_MAX || waitpid(server, NULL, WNOHANG) == server) {
            die("nats-server does not answer; is it installed?");
        }
        nap();
    }
    return connection;
}

static natsConnection* connect_prepared(void) {
    natsConnection* connection = NULL;
    await_prepared();
    must(try_connect(&connection), "connect");
    return connection;
}

static void name_durable(char* name, uint64_t subscriber) {
    snprintf(name, NAME_BYTES_MAX, "READER%" PRIu64, subscriber);
}

static void make_consumer(jsCtx* js, uint64_t subscriber) {
    char name[NAME_BYTES_MAX], deliver[NAME_BYTES_MAX + 16];
    jsConsumerConfig config;
    jsConsumerConfig_Init(&config);
    name_durable(name, subscriber);
    snprintf(deliver, sizeof deliver, "deliver.%s", name);
    config.Durable = name;
    config.DeliverSubject = deliver; /* pushed: quicker than fetching */
    config.AckPolicy = options.ack_all ? js_AckAll : js_AckExplicit;
    config.DeliverPolicy = js_DeliverAll;
    config.MaxAckPending = -1; /* no bound: the quickest it can do */
    must(js_AddConsumer(NULL, js, STREAM, &config, NULL, NULL), "make a consumer");
}

static void prepare(void) {
    jsCtx* js = NULL;
    jsStreamConfig config;
    const char* subjects[] = {SUBJECT};
    must(natsConnection_JetStream(&js, connect_when_up(), NULL), "JetStream");
    jsStreamConfig_Init(&config);
    config.Name = STREAM;
    config.Subjects = subjects;
    config.SubjectsLen = 1;
    config.Storage = js_FileStorage;
    config.Replicas = 1;
    must(js_AddStream(NULL, js, &config, NULL, NULL), "make a stream");
    for (uint64_t subscriber = 0; subscriber < options.subscribers; ++subscriber) {
        make_consumer(js, subscriber);
    }
    jsCtx_Destroy(js);
}

/* --- A publisher --- */

static atomic_ullong receipts;

static uint64_t index_of(natsMsg* message) {
    uint64_t index = 0;
    if (natsMsg_GetDataLength(message) != (int)options.size) {
        die("a message has another size than was sent");
    }
    memcpy(&index, natsMsg_GetData(message), sizeof index);
    return index;
}

static void take_receipt(jsCtx* js, natsMsg* message, jsPubAck* receipt, jsPubAckErr* error,
                         void* closure) {
    (void)js;
    (void)closure;
    if (receipt == NULL || error != NULL) {
        die("an event was not accepted: %s", error != NULL ? error->ErrText : "no receipt");
    }
    mark_receipt(index_of(message));
    ++receipts;
    natsMsg_Destroy(message);
}

static void refuse(jsCtx* js, jsPubAckErr* error, void* closure) {
    (void)js;
    (void)closure;
    die("an event was not accepted: %s", error->ErrText);
}

static void publish(uint64_t number) {
    jsOptions js_options;
    jsCtx* js = NULL;
    unsigned long long mine = 0;
    char* data = calloc(1, options.size);
    natsConnection* connection = connect_prepared();
    jsOptions_Init(&js_options);
    js_options.PublishAsync.MaxPending = (int64_t)options.window;
    js_options.PublishAsync.StallWait = STALL_MS_MAX;
    js_options.PublishAsync.ErrHandler = refuse;
    js_options.PublishAsync.AckHandler = is_about_latency() ? take_receipt : NULL;
    must(natsConnection_JetStream(&js, connection, &js_options), "JetStream");
    await_go();
    for (uint64_t index = number; index < options.events; index += options.publishers, ++mine) {
        mark_sent(index);
        memcpy(data, &index, sizeof index);
        must(js_PublishAsync(js, SUBJECT, data, (int)options.size, NULL), "publish");
    }
    must(js_PublishAsyncComplete(js, NULL), "wait for receipts");
    while (is_about_latency() && receipts < mine) {
        nap();
    }
}

/* --- A subscriber --- */

static natsSubscription* follow(natsConnection* connection, uint64_t number) {
    char durable[NAME_BYTES_MAX];
    jsCtx* js = NULL;
    jsSubOptions sub_options;
    natsSubscription* subscription = NULL;
    must(natsConnection_JetStream(&js, connection, NULL), "JetStream");
    name_durable(durable, number);
    jsSubOptions_Init(&sub_options);
    sub_options.Stream = STREAM;
    sub_options.Consumer = durable;
    sub_options.ManualAck = true;
    must(js_SubscribeSync(&subscription, js, SUBJECT, NULL, &sub_options, NULL), "subscribe");
    must(natsSubscription_SetPendingLimits(subscription, -1, -1), "set limits");
    must(natsConnection_Flush(connection), "flush");
    return subscription;
}

/* All at once: whenever nothing waits, at the latest after so many. */
static bool must_acknowledge(natsSubscription* subscription, uint64_t taken) {
    uint64_t waiting = 0;
    if (!options.ack_all || taken % ACK_ALL_EVENTS_MAX == 0 || taken == options.events) {
        return true;
    }
    return natsSubscription_QueuedMsgs(subscription, &waiting) == NATS_OK && waiting == 0;
}

static void subscribe(uint64_t number) {
    natsConnection* connection = connect_prepared();
    natsSubscription* subscription = follow(connection, number);
    uint64_t taken = 0;
    await_go();
    while (taken < options.events && !has_failed()) {
        natsMsg* message = NULL;
        const natsStatus status = natsSubscription_NextMsg(&message, subscription, LOOK_MS);
        if (status == NATS_TIMEOUT) {
            continue;
        }
        must(status, "receive");
        taken += mark_arrival(number, index_of(message)) ? 1 : 0;
        if (must_acknowledge(subscription, taken)) {
            must(natsMsg_Ack(message, NULL), "acknowledge");
        }
        natsMsg_Destroy(message);
    }
    must(natsConnection_Flush(connection), "flush"); /* the server has the last acknowledgement */
}

int main(int count, char** words) {
    const struct peer peer = {"nats-server, JetStream R1, file storage",
                              start_server,
                              prepare,
                              publish,
                              subscribe,
                              is_about_latency};
    return run_peer(count, words, &peer);
}
