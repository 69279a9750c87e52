#include "adapters/kit/out/webhook.hpp"

#include <boost/json.hpp>

#include "adapters/kit/out/delivery_id.hpp"

namespace carehub::adapters {

namespace json = boost::json;

Rendered render_webhook(const Notice& notice, EventPrinter& printer) {
    if (notice.alert) {
        return std::nullopt;
    }
    if (const auto refusal = names_nobody(notice)) {
        return tl::unexpected<Refusal>(*refusal);
    }
    const std::string delivery = delivery_id(notice);
    json::object body{
        {"delivery", delivery}, {"kind", name_of(notice.kind)}, {"form", form_word(notice.form)}};
    if (!notice.discloser.empty()) {
        body["discloser"] = notice.discloser;
    }
    if (!notice.required_statement.empty()) {
        body["required_statement"] = notice.required_statement;
    }
    if (notice.history) {
        body["again"] = true;
    }
    body["event"] = printer.event_json(notice.event);
    return OutMessage{delivery, "application/json", json::serialize(body)};
}

}  // namespace carehub::adapters
