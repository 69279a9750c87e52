#include "adapters/clinic/hl7/header.hpp"

#include "adapters/clinic/hl7/charset.hpp"

namespace carehub::adapters::clinic::hl7 {

Header read_header(const Segment& msh) {
    const auto raw = [&](unsigned number) { return std::string(trim(msh.field(number).raw())); };
    Header header;
    header.encoding_characters = raw(2);
    header.sending_application = raw(3);
    header.sending_facility = raw(4);
    header.receiving_application = raw(5);
    header.receiving_facility = raw(6);
    header.message_type = to_upper(msh.field(9).component(1).value());
    header.trigger = to_upper(msh.field(9).component(2).value());
    header.control_id = raw(10);
    header.processing_id = raw(11);
    header.version = raw(12);
    header.accept_ack = to_upper(msh.field(15).value());
    header.application_ack = to_upper(msh.field(16).value());
    return header;
}

Header salvage_header(ByteView bytes) {
    const std::string_view raw = find_msh(carehub::as_text(bytes));
    const auto delimiters = read_delimiters(raw);
    if (!delimiters) {
        Header blank;
        blank.encoding_characters = "^~\\&";
        return blank;
    }
    const std::string text = is_utf8(raw) ? std::string(raw) : latin1_to_utf8(raw);
    Header header = read_header(Segment(text, *delimiters));
    header.delimiters = *delimiters;
    return header;
}

}  // namespace carehub::adapters::clinic::hl7
