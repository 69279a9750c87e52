#include "adapters/kit/out/http_answer.hpp"

#include <algorithm>

#include "adapters/kit/out/words.hpp"

namespace carehub::adapters {
namespace {

constexpr unsigned kNotOfTheNotice[] = {401, 403, 407, 408, 425, 429, 502, 503, 504};

Taking taking_of(unsigned status) {
    const bool of_the_notice = std::find(std::begin(kNotOfTheNotice), std::end(kNotOfTheNotice),
                                         status) == std::end(kNotOfTheNotice);
    if (status >= 200 && status < 300) {
        return Taking::Taken;
    }
    if (!of_the_notice || status < 400) {
        return Taking::Away;
    }
    return status < 500 ? Taking::Refused : Taking::Undecided;
}

bool is_readable(std::string_view content_type) {
    return content_type.starts_with("text/plain") ||
           content_type.find("json") != std::string_view::npos;
}

}  // namespace

TargetAnswer judge_status(const HttpAnswer& answer) {
    TargetAnswer told;
    told.taking = taking_of(answer.status);
    told.what = "it answers " + std::to_string(answer.status);
    if (answer.status >= 300 && answer.status < 400) {
        told.what += ": give the address that it names in [out] endpoint";
    }
    if (told.taking == Taking::Refused || told.taking == Taking::Undecided) {
        std::string words = "HTTP " + std::to_string(answer.status);
        if (is_readable(answer.content_type) && !answer.body.empty()) {
            words += ": " + answer.body;
        }
        told.refusal = {RefusalReason::InvalidField, {}, words_of(words)};
    }
    return told;
}

}  // namespace carehub::adapters
