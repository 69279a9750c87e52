// The public sample messages of the corpus, for the test and for the table of refusals.
//
// The corpus is found through $CAREHUB_CORPUS, else beside the source tree. Whether a message is
// well-formed is judged here by plain splitting, on purpose without the adapter's own reader.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "adapters/clinic/read_message.hpp"

namespace carehub::adapters::clinic {

struct CorpusMessage {
    std::string path;  ///< inside the corpus
    std::string text;
};

[[nodiscard]] std::optional<std::filesystem::path> find_corpus(
    const std::filesystem::path& source_dir);
/// In CI=true a corpus that is not there is a failure, elsewhere its tests do not run.
[[nodiscard]] bool must_find_corpus();
/// Every message of every file under hl7v2/ and malformed/hl7v2-*, in order of path.
[[nodiscard]] std::vector<CorpusMessage> corpus_messages(const std::filesystem::path& corpus);
/// "ADT A01" where MSH-9 names a trigger that is read, else nothing.
[[nodiscard]] std::string listed_trigger(const std::string& message);
/// MSH readable, trigger in the list, and what the event requires is there.
[[nodiscard]] bool is_well_formed(const std::string& message);
/// A feed that takes test messages, as the corpus mostly is.
[[nodiscard]] Site corpus_site();

}  // namespace carehub::adapters::clinic
