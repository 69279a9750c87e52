// Real messages against the events that the standard makes of them: samples/corpus_events.tsv.
#include "adapters/clinic/corpus_events.hpp"

#include <map>
#include <set>
#include <utility>

#include "adapters/clinic/corpus_walk.hpp"
#include "tests/support/catch.hpp"

using namespace carehub;
using namespace carehub::adapters::clinic;

namespace {

constexpr std::size_t kMessagesMin = 120;

std::filesystem::path table_path() {
    return std::filesystem::path(CAREHUB_SOURCE_DIR) / "adapters/clinic/samples/corpus_events.tsv";
}

/// The corpus by file and number, or nothing where there is none.
using Messages = std::map<std::pair<std::string, std::size_t>, std::string>;
Messages numbered_messages() {
    const auto corpus = find_corpus(CAREHUB_SOURCE_DIR);
    CHECK((corpus || !must_find_corpus()));
    Messages messages;
    if (!corpus) {
        return messages;
    }
    std::map<std::string, std::size_t> counts;
    for (CorpusMessage& message : corpus_messages(*corpus)) {
        messages[{message.path, ++counts[message.path]}] = std::move(message.text);
    }
    return messages;
}

}  // namespace

TEST_CASE("messages of the corpus become the events that the standard makes of them",
          "[clinic][corpus]") {
    const Messages messages = numbered_messages();
    if (messages.empty()) {
        return;
    }
    const Site site = corpus_site();
    const auto rows = expected_messages(table_path());
    CHECK(rows.size() >= kMessagesMin);
    for (const ExpectedMessage& row : rows) {
        INFO(row.path << " message " << row.number << ": " << row.shows);
        const auto message = messages.find({row.path, row.number});
        REQUIRE(message != messages.end());
        CHECK(outcome_of(read_message(as_bytes(message->second), site)) == row.outcome);
    }
}

TEST_CASE("every trigger that the corpus shows and every malformed file stands in the table",
          "[clinic][corpus]") {
    const Messages messages = numbered_messages();
    std::set<std::string> triggers;
    std::set<std::string> files;
    for (const ExpectedMessage& row : expected_messages(table_path())) {
        triggers.insert(row.shows.substr(0, row.shows.find(':')));
        files.insert(row.path);
    }
    for (const auto& [where, text] : messages) {
        INFO(where.first);
        const std::string trigger = listed_trigger(text);
        CHECK((trigger.empty() || triggers.count(trigger) != 0));
        CHECK((where.first.rfind("malformed/", 0) != 0 || files.count(where.first) != 0));
    }
}

TEST_CASE("no message stands twice in the table", "[clinic][corpus]") {
    std::set<std::pair<std::string, std::size_t>> seen;
    for (const ExpectedMessage& row : expected_messages(table_path())) {
        INFO(row.path << " message " << row.number);
        CHECK(seen.insert({row.path, row.number}).second);
        CHECK_FALSE(row.outcome.empty());
    }
}
