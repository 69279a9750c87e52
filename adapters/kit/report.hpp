// What a reading leaves beside its events: refusals of records and findings, with file and line.
//
// Contract: `why` and `fix` are sentences without any value read from the file.
// Lifetime: borrows the Parsed it writes to. Threads: confined to one thread.
#pragma once

#include <string>
#include <utility>

#include <tl/expected.hpp>

#include "adapters/kit/partner_kind.hpp"

namespace carehub::adapters {

/// Why one record cannot become an event.
struct Refused {
    RefusalReason reason = RefusalReason::None;
    std::string field;
    std::string why;
    std::string fix;
};

template <class T>
using Accepted = tl::expected<T, Refused>;

[[nodiscard]] inline tl::unexpected<Refused> refuse(RefusalReason reason, std::string field,
                                                    std::string why, std::string fix) {
    return tl::unexpected<Refused>(
        Refused{reason, std::move(field), std::move(why), std::move(fix)});
}

/// Of a file whose name ends in a way that the profile does not speak of.
[[nodiscard]] inline Refused unreadable_kind() {
    return {RefusalReason::FormatUnreadable, "file",
            "the profile does not say how to read a file of this kind",
            "Send a file that ends as one of the profile's sections is called: .csv, .json, .ics."};
}

class Report {
public:
    Report(Parsed& parsed, std::string file) : parsed_(parsed), file_(std::move(file)) {}

    void refuse(std::uint64_t line, Refused refused) {
        parsed_.refusals.push_back(
            {file_, line, Refusal{refused.reason, std::move(refused.field), std::move(refused.fix)},
             std::move(refused.why)});
    }
    void note(std::uint64_t line, std::string field, std::string what) {
        parsed_.findings.push_back({file_, line, std::move(field), std::move(what)});
    }

    [[nodiscard]] bool has_refusals() const { return !parsed_.refusals.empty(); }

private:
    Parsed& parsed_;
    std::string file_;
};

}  // namespace carehub::adapters
