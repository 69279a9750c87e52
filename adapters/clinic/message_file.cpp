#include "adapters/clinic/message_file.hpp"

#include <fstream>
#include <iterator>
#include <limits>

#include "adapters/clinic/batch_file.hpp"
#include "hub/base/check.hpp"

namespace carehub::adapters::clinic {

std::vector<std::string> split_messages(std::string_view text) {
    auto batch = split_batch(text, std::numeric_limits<std::size_t>::max());
    CAREHUB_CHECK(batch.has_value(), "a text without bound on its messages is always cut apart");
    std::vector<std::string> messages;
    messages.reserve(batch->messages.size());
    for (BatchMessage& message : batch->messages) {
        messages.push_back(std::move(message.text));
    }
    return messages;
}

Result<std::vector<std::string>> read_message_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        return fail_errno(ErrorCode::Io, "cannot open the message file");
    }
    const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    if (file.bad()) {
        return fail(ErrorCode::Io, "cannot read the message file");
    }
    return split_messages(text);
}

}  // namespace carehub::adapters::clinic
