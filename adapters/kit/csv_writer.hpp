// Writes comma-separated values (RFC 4180): cells are quoted where they need it.
#pragma once

#include <span>
#include <string>

namespace carehub::adapters {

/// The cells as one record with its line end (CR LF).
[[nodiscard]] std::string csv_record(std::span<const std::string> cells);

}  // namespace carehub::adapters
