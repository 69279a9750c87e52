// The JSON of one FHIR document, read within bounds before anything of it is believed.
//
// Contract: RFC 8259 and FHIR R4 2.6.2 (JSON): one object, UTF-8, property names unique, at most
// kFhirDocumentBytesMax bytes and kFhirDepthMax levels. A byte order mark is skipped.
// Errors: a refusal whose field is the place as far as the standard's names go ("" when not
// known) and never a word of the document. Threads: any thread.
#pragma once

#include <string_view>

#include <boost/json/value.hpp>
#include <tl/expected.hpp>

#include "hub/base/bytes.hpp"
#include "hub/model/refusal.hpp"

namespace carehub::adapters::clinic::fhir {

/// A name that a place may spell: of the standard, and on the way to what is read.
[[nodiscard]] bool is_spelled(std::string_view name);

[[nodiscard]] tl::expected<boost::json::value, Refusal> read_json(ByteView document);

}  // namespace carehub::adapters::clinic::fhir
