// A notice as a partner's system reads it.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include <tl/expected.hpp>

#include "adapters/kit/out/notice_target.hpp"

namespace carehub::adapters {

struct OutMessage {
    std::string delivery;      ///< as delivery_id.hpp says
    std::string content_type;  ///< of HTTP
    std::string body;
};

/// Nothing when the format has nothing to say of it; a refusal when the notice lacks what the format
/// cannot do without. Pure.
using Rendered = tl::expected<std::optional<OutMessage>, Refusal>;
using RenderNotice = std::function<Rendered(const Notice& notice)>;

/// Of a notice about nobody whom the recipient knows: no format can do without.
[[nodiscard]] inline std::optional<Refusal> names_nobody(const Notice& notice) {
    if (!notice.event.identifiers.empty()) {
        return std::nullopt;
    }
    return Refusal{
        RefusalReason::UnknownClient, "identifiers",
        "The hub knows no identifier that the recipient itself uses for this client: add "
        "it to the roster, have the recipient send an event with it, then replay."};
}

/// The answer to a notice that did not become a message.
[[nodiscard]] inline TargetAnswer without_message(const Rendered& rendered) {
    return rendered ? TargetAnswer{Taking::Nothing, {}, {}}
                    : TargetAnswer{Taking::Refused, rendered.error(), {}};
}

}  // namespace carehub::adapters
