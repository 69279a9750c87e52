#include "adapters/kit/csv_writer.hpp"

#include <csv.h>

namespace carehub::adapters {
namespace {

void append_quoted(std::string& record, const std::string& cell) {
    const std::size_t begin = record.size();
    const std::size_t room = 2 * cell.size() + 2;  // every character a quote, and the two around
    record.resize(begin + room);
    record.resize(begin + csv_write(record.data() + begin, room, cell.data(), cell.size()));
}

}  // namespace

std::string csv_record(std::span<const std::string> cells) {
    std::string record;
    for (const std::string& cell : cells) {
        record += &cell == cells.data() ? "" : ",";
        if (cell.find_first_of(",\"\r\n") == std::string::npos) {
            record += cell;
        } else {
            append_quoted(record, cell);
        }
    }
    return record + "\r\n";
}

}  // namespace carehub::adapters
