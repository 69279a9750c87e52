// The standard headers that half of all files read, precompiled once a configuration
// (carehub_room.cmake). A file still includes what it uses: preset `tidy` builds without this.
#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>
