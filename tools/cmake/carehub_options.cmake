# What every target is built with. Presets (CMakePresets.json) choose among these options.
option(CAREHUB_TESTS "build the tests" ON)
option(CAREHUB_WERROR "warnings are errors" OFF)
set(CAREHUB_SANITIZE "" CACHE STRING "sanitizers, as for -fsanitize=")

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE RelWithDebInfo)
endif()

find_program(CAREHUB_CCACHE ccache)
if(CAREHUB_CCACHE)
    # Without these ccache remembers nothing that uses a precompiled header.
    set(CMAKE_CXX_COMPILER_LAUNCHER
        ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${CAREHUB_CCACHE})
endif()

add_library(carehub_flags INTERFACE)
target_include_directories(carehub_flags INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_options(carehub_flags INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast
    -Wnon-virtual-dtor -Woverloaded-virtual -Wswitch-enum
    # g++ 12 sees overlaps and overruns in the + of strings that are not there (GCC bug 105651).
    $<$<CXX_COMPILER_ID:GNU>:-Wduplicated-cond -Wlogical-op -Wno-restrict -Wno-array-bounds
                                -Wno-stringop-overflow>
    $<$<BOOL:${CAREHUB_WERROR}>:-Werror>
    $<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>
    $<$<CXX_COMPILER_ID:Clang>:SHELL:-Xclang -fno-pch-timestamp>
    -fno-omit-frame-pointer -fstack-protector-strong)
target_compile_definitions(carehub_flags INTERFACE _GLIBCXX_ASSERTIONS)
if(CAREHUB_SANITIZE)
    target_compile_options(carehub_flags INTERFACE
        -fsanitize=${CAREHUB_SANITIZE} -fno-sanitize-recover=all
        # g++ 12 reports std::regex and std::function as uninitialised under sanitizers.
        $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
    target_link_options(carehub_flags INTERFACE -fsanitize=${CAREHUB_SANITIZE})
endif()
