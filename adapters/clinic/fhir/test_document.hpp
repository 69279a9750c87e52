// What the tests of FHIR share: documents written with single quotes, and questions to a reading.
#pragma once

#include <string>
#include <string_view>

#include "adapters/clinic/fhir/read_resource.hpp"
#include "adapters/clinic/test_site.hpp"

namespace carehub::adapters::clinic::fhir {

// What a test of FHIR needs of the room around it, without its other Reading.
using clinic::Disposal;
using clinic::Site;
using clinic::test_site;
using clinic::UnknownTrigger;
using clinic::utc;

/// The text with every ' made a ", so that JSON stays readable in a test.
[[nodiscard]] std::string in_quotes(std::string_view text);
/// Reads the quoted text with the test site.
[[nodiscard]] Reading read_text(std::string_view text);
[[nodiscard]] Reading read_text(std::string_view text, const Site& site);
/// The only event; a failed check when there is another number of them.
[[nodiscard]] Submission only_event(const Reading& reading);
[[nodiscard]] bool has_finding_at(const Reading& reading, std::string_view expression);
/// True when any refusal or finding holds the word.
[[nodiscard]] bool tells(const Reading& reading, std::string_view word);
/// Events or refusals or neither, as the disposal says; every event fit for the hub.
void check_ending(const Reading& reading);

/// A booked appointment of MRN 7 on 9 July 2026, 14:00-14:30 UTC, with more members in front.
[[nodiscard]] std::string appointment(std::string_view status, std::string_view more = {});
/// An encounter of MRN 7 of class IMP with that status and more members in front.
[[nodiscard]] std::string encounter(std::string_view status, std::string_view more = {});
/// A bundle of that type with these resources, each with a fullUrl of its type and id.
[[nodiscard]] std::string bundle(std::string_view type, std::string_view entries);

}  // namespace carehub::adapters::clinic::fhir
