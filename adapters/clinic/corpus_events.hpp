// What a message of the corpus is expected to become, as one line of text for each event.
//
// The table samples/corpus_events.tsv comes from a reading of the messages and of the rules that is
// independent of the adapter. It holds nothing of a message: identifiers, keys and names stand as a
// count and the first eight digits of a SHA-256, of lines "authority|type|value", of the key, of
// lines "family|given|kind".
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "adapters/clinic/read_message.hpp"

namespace carehub::adapters::clinic {

struct ExpectedMessage {
    std::string path;                  ///< inside the corpus
    std::size_t number = 0;            ///< in that file, from 1, in the order of corpus_messages()
    std::string shows;                 ///< "ADT A01", and what is odd about the message
    std::vector<std::string> outcome;  ///< as outcome_of() writes it
};

/// "refused 101 PID-3", "not acted on", or each event in order.
[[nodiscard]] std::vector<std::string> outcome_of(const Reading& reading);
[[nodiscard]] std::vector<ExpectedMessage> expected_messages(const std::filesystem::path& table);

}  // namespace carehub::adapters::clinic
