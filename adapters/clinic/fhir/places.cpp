#include "adapters/clinic/fhir/places.hpp"

namespace carehub::adapters::clinic::fhir {
namespace {

void add_word(std::vector<std::string>& words, std::string word) {
    if (!word.empty()) {
        words.push_back(std::move(word));
    }
}

/// Codes it goes by, best first: identifiers of the resource, of the reference, then ids.
std::vector<std::string> codes_by(const Target& target, const Element& reference) {
    std::vector<std::string> codes;
    add_word(codes, main_identifier(target.element, {}).text_of("value"));
    for (const Element& identifier : target.element.items("identifier", kFhirNamesMax)) {
        add_word(codes, identifier.text_of("value"));
    }
    if (reference.has("identifier")) {
        add_word(codes, reference.child("identifier").text_of("value"));
    }
    add_word(codes, target.id);
    return codes;
}

}  // namespace

ReadPlace read_place(const Document& document, const Element& reference, const Resource& within) {
    const Target target = document.references.resolve(reference, within);
    ReadPlace read;
    read.words = codes_by(target, reference);
    if (!read.words.empty()) {
        read.place.id = read.words.front();
    }
    add_word(read.words, reference.text_of("display"));
    add_word(read.words, target.element.text_of("name"));
    return read;
}

std::string read_code(const Document& document, const Element& reference, const Resource& within) {
    const auto codes = codes_by(document.references.resolve(reference, within), reference);
    return codes.empty() ? std::string{} : codes.front();
}

std::string read_organisation(const Document& document, const Element& reference,
                              const Resource& within) {
    if (!reference.exists()) {
        return {};
    }
    const Target target = document.references.resolve(reference, within);
    if (std::string name = target.element.text_of("name"); !name.empty()) {
        return name;
    }
    if (std::string display = reference.text_of("display"); !display.empty()) {
        return display;
    }
    const auto codes = codes_by(target, reference);
    return codes.empty() ? std::string{} : codes.front();
}

std::vector<std::string> codes_of(const Element& concept_element) {
    std::vector<std::string> codes;
    for (const Element& coding : concept_element.items("coding")) {
        add_word(codes, coding.text_of("code"));
    }
    return codes;
}

const TimeZone& zone_of(const Site& site, const std::vector<std::string>& words) {
    const TimeZone* own = look_up(site.zones, words);
    return own == nullptr ? site.zone : *own;
}

Labels labels_of(const Site& site, const std::vector<std::string>& words) {
    Labels all;
    for (const std::string& word : words) {
        if (const Labels* known = look_up(site.labels, {word})) {
            all.add(*known);
        }
    }
    return all;
}

}  // namespace carehub::adapters::clinic::fhir
