// The one door to Catch2; precompiled (tests/CMakeLists.txt).
#pragma once

#include <catch2/catch.hpp>

#include "tools/cmake/standard/standard.hpp"
