// kill -9 of an adapter that reads exports: every event is in the spool once, and in order.
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <set>
#include <thread>

#include "adapters/housing/test_export.hpp"
#include "adapters/kit/file_feed.hpp"
#include "adapters/kit/spooled_event.hpp"
#include "hub/base/prng.hpp"
#include "hub/base/random.hpp"
#include "tests/support/catch.hpp"

using namespace carehub;
using namespace carehub::adapters;
using namespace carehub::adapters::housing;

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr int kExportsQuick = 3;
constexpr int kNights = 150;
constexpr int kKillsQuick = 4;

/// CAREHUB_KILLS for a longer run, CAREHUB_KILL_ROWS for larger exports, CAREHUB_KILL_EXPORTS for how
/// many of them, one after the other.
int from_environment(const char* name, int usual) {
    const char* told = std::getenv(name);
    return told == nullptr ? usual : std::atoi(told);
}

/// As long as HUD lets an id be, which makes rows of a usual size.
std::string id_of(char kind, int number) {
    const std::string digits = std::to_string(number);
    return std::string(1, kind) + std::string(31 - digits.size(), '0') + digits;
}

/// Each export changes a third of the rows of the one before, and brings some.
TestExport export_of_day(int day, int rows) {
    TestExport nights;
    const std::string client = id_of('c', 1);
    const std::string enrollment = id_of('e', 1);
    nights.client(client + ",Ann,Reed,1,1980-05-06,1,2026-06-01 10:00:00")
        .enrollment(enrollment + "," + client + ",S1,2020-01-05,h1,116,,,2026-02-02 09:00:00,");
    for (int night = 0; night < rows * (day + 2) / 2; ++night) {
        const Date date{std::chrono::days{18'300 + night}};
        const int changed = night % 3 == 0 ? day : 0;
        nights.service(id_of('n', night) + "," + enrollment + "," + client + "," + to_iso(date) +
                       ",200,2026-03-0" + std::to_string(changed + 1) + " 08:00:00,");
    }
    return nights.exported("2026-06-0" + std::to_string(day + 1));
}

/// The exports of some days, and what they tell: made once, since that takes longer than reading.
class Exports {
public:
    Exports(int exports, int rows) {
        KnownRows known;
        for (int day = 0; day < exports; ++day) {
            std::vector<std::pair<std::string, std::string>> files;
            const TestExport made = export_of_day(day, rows);
            for (const auto& [name, text] : made.files()) {
                files.emplace_back(name, text);
            }
            write_zip(folder_.path() / ("day" + std::to_string(day) + ".zip"), files);
            for (const Submission& event : read(made, known).events) {
                expected_.push_back(event.source_msg_id);
            }
        }
    }

    void put_into(const fs::path& folder) const {
        for (const auto& entry : fs::directory_iterator(folder_.path())) {
            fs::create_hard_link(entry.path(), folder / entry.path().filename());
        }
    }
    [[nodiscard]] const std::vector<std::string>& expected() const { return expected_; }

private:
    TemporaryFolder folder_;
    std::vector<std::string> expected_;
};

class Provider {
public:
    explicit Provider(const Exports& exports) {
        fs::create_directories(root_.path() / "in");
        exports.put_into(root_.path() / "in");
    }

    /// The adapter without its link: reads what lies in the folder, then ends.
    Status adapter() const {
        SystemRandom random;
        CAREHUB_TRY(Sealing sealing, Sealing::of_link({Hash256{7}, {}}, random));
        CAREHUB_TRY(const auto spool, Spool::open(root_.path() / "spool", sealing));
        Counts counts;
        FileFeedOptions options;
        const fs::path in = root_.path() / "in";
        options.folders = {in, in / "done", in / "refused"};
        options.takes = Takes::FilesAndSets;
        options.state_folder = root_.path() / "state";
        options.read_large = [](const fs::path& file, std::string& state, const FeedDesk& desk) {
            return read_export(file, test_site(), state, &desk);
        };
        options.encode = [](const Submission& event) -> Result<Bytes> {
            const ByteView id = as_bytes(event.source_msg_id);
            return Bytes(id.begin(), id.end());
        };
        CAREHUB_TRY(const auto feed, FileFeed::open(options, *spool, sealing, counts));
        while (!feed->is_idle()) {
            CAREHUB_TRY_DONE(feed->step());
        }
        return {};
    }

    [[nodiscard]] std::vector<std::string> spooled() const {
        SystemRandom random;
        Sealing sealing = Sealing::of_link({Hash256{7}, {}}, random).value();
        const auto spool = Spool::open(root_.path() / "spool", sealing).value();
        std::vector<std::string> ids;
        for (std::uint64_t number = spool->first_pending(); number < spool->next(); ++number) {
            ids.emplace_back(as_text(unpack(spool->read(number).value()).value().submission));
        }
        return ids;
    }

private:
    TemporaryFolder root_;
};

pid_t start_adapter(const Provider& provider) {
    const pid_t child = ::fork();
    if (child == 0) {
        ::_exit(provider.adapter() ? 0 : 1);
    }
    return child;
}

}  // namespace

TEST_CASE("an adapter killed at any moment of its reading tells everything, once", "[housing]") {
    const int rows = from_environment("CAREHUB_KILL_ROWS", kNights);
    const int kills = from_environment("CAREHUB_KILLS", kKillsQuick);
    Prng prng(static_cast<std::uint64_t>(from_environment("CAREHUB_KILL_SEED", 20'261'122)));
    const Exports exports(from_environment("CAREHUB_KILL_EXPORTS", kExportsQuick), rows);
    const auto begin = Clock::now();
    REQUIRE(Provider(exports).adapter());
    const auto undisturbed = std::chrono::duration_cast<Micros>(Clock::now() - begin);

    for (int killed = 0; killed < kills;) {
        const Provider provider(exports);
        bool is_done = false;
        while (!is_done) {
            const pid_t child = start_adapter(provider);
            REQUIRE(child > 0);
            if (killed < kills) {
                const auto most = static_cast<std::uint64_t>(undisturbed.count());
                std::this_thread::sleep_for(Micros{static_cast<std::int64_t>(prng.below(most))});
                ::kill(child, SIGKILL);
            }
            int status = 0;
            REQUIRE(::waitpid(child, &status, 0) == child);
            killed += WIFSIGNALED(status) ? 1 : 0;
            is_done = WIFEXITED(status);
            CHECK((!is_done || WEXITSTATUS(status) == 0));
        }
        CHECK(provider.spooled() == exports.expected());
    }
}
