// The pieces of FHIR that more than one resource of ours is made of. Threads: any thread.
#pragma once

#include <string>
#include <string_view>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "hub/model/notice.hpp"

namespace carehub::adapters::clinic::out {

/// Systems of our own codes and keys.
inline constexpr std::string_view kKindSystem = "urn:carehub:event-kind";
inline constexpr std::string_view kClassSystem = "urn:carehub:obligation-class";
inline constexpr std::string_view kKeySystem = "urn:carehub:key";
inline constexpr std::string_view kDeliverySystem = "urn:carehub:delivery";

[[nodiscard]] boost::json::object coding(std::string_view system, std::string_view code);
/// A CodeableConcept of one coding.
[[nodiscard]] boost::json::object concept_of(std::string_view system, std::string_view code);
[[nodiscard]] boost::json::object identifier_of(const Identifier& identifier);
/// {"type":"Patient","identifier":{...}}; the notice names somebody.
[[nodiscard]] boost::json::object patient_reference(const Notice& notice);
/// meta.security of what the notice tells: sensitivity where it is told, and confidentiality.
[[nodiscard]] boost::json::object meta_of(const Notice& notice);
/// The statement that has to go along, as a narrative; adds nothing where there is none.
void add_statement(const Notice& notice, boost::json::object& resource);
/// An id of section 2.24.0.1: the key itself where it is one, else a digest of it.
[[nodiscard]] std::string resource_id(std::string_view key);
/// "urn:uuid:...": the same for the same type and id.
[[nodiscard]] std::string full_url(std::string_view type, std::string_view id);

}  // namespace carehub::adapters::clinic::out
