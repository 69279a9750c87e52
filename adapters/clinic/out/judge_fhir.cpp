#include "adapters/clinic/out/judge_fhir.hpp"

#include <boost/json/value.hpp>

#include "adapters/clinic/fhir/json_text.hpp"
#include "adapters/kit/out/words.hpp"

namespace carehub::adapters::clinic::out {
namespace {

namespace json = boost::json;

/// The member of that name; null where there is none.
const json::value* member(const json::value* value, std::string_view name) {
    const json::object* object = value == nullptr ? nullptr : value->if_object();
    return object == nullptr ? nullptr : object->if_contains(name);
}

const json::value* first(const json::value* value) {
    const json::array* array = value == nullptr ? nullptr : value->if_array();
    return array == nullptr || array->empty() ? nullptr : &array->front();
}

std::string text_of(const json::value* value) {
    const json::string* text = value == nullptr ? nullptr : value->if_string();
    return text == nullptr ? std::string{} : adapters::words_of(std::string_view(*text));
}

/// The resource of that type: the document itself, or of the bundle's entries.
const json::value* find_resource(const json::value& document, std::string_view type) {
    if (text_of(member(&document, "resourceType")) == type) {
        return &document;
    }
    const json::value* entries = member(&document, "entry");
    if (entries == nullptr || !entries->is_array()) {
        return nullptr;
    }
    for (const json::value& entry : entries->get_array()) {
        const json::value* resource = member(&entry, "resource");
        if (text_of(member(resource, "resourceType")) == type) {
            return resource;
        }
    }
    return nullptr;
}

/// An error in a message that was taken in itself, as HTTP sees it.
void judge_response(const json::value& document, TargetAnswer& told) {
    const json::value* header = find_resource(document, "MessageHeader");
    const std::string code = text_of(member(member(header, "response"), "code"));
    if (code == "transient-error" || code == "fatal-error") {
        told.taking = code == "fatal-error" ? Taking::Refused : Taking::Undecided;
        told.what = "it answers " + code;
        told.refusal = {RefusalReason::InvalidField, {}, code};
    }
}

void add_issue(const json::value& document, Refusal& refusal) {
    const json::value* issue = first(member(find_resource(document, "OperationOutcome"), "issue"));
    const std::string diagnostics = text_of(member(issue, "diagnostics"));
    const std::string details = text_of(member(member(issue, "details"), "text"));
    const std::string code = text_of(member(issue, "code"));
    const std::string& words = !diagnostics.empty() ? diagnostics
                               : !details.empty()   ? details
                                                    : code;
    refusal.field = text_of(first(member(issue, "expression")));
    refusal.fix = words.empty() ? refusal.fix : words;
}

}  // namespace

TargetAnswer judge_fhir(const HttpAnswer& answer) {
    TargetAnswer told = judge_status(answer);
    const auto document = fhir::read_json(as_bytes(answer.body));
    if (!document || told.taking == Taking::Away) {
        return told;
    }
    if (told.taking == Taking::Taken) {
        judge_response(*document, told);
    }
    if (told.taking != Taking::Taken) {
        add_issue(*document, told.refusal);
    }
    return told;
}

}  // namespace carehub::adapters::clinic::out
