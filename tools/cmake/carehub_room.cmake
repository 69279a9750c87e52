# Every room's standard headers, precompiled once. Its own definitions would bind the rooms to them: it has none.
add_library(carehub_standard STATIC ${CMAKE_CURRENT_LIST_DIR}/standard/empty.cpp)
target_link_libraries(carehub_standard PRIVATE carehub_flags)
target_precompile_headers(carehub_standard PRIVATE ${CMAKE_CURRENT_LIST_DIR}/standard/standard.hpp)

# carehub_room(NAME SOURCES a.cpp ... [USES room ...] [LIBRARIES target ...])
# One static library a room, named carehub_NAME. USES names the rooms it may include; the layer test
# (tools/house/check_layers.py) holds the includes to the same table.
function(carehub_room name)
    cmake_parse_arguments(ROOM "" "" "SOURCES;USES;LIBRARIES" ${ARGN})
    add_library(carehub_${name} STATIC ${ROOM_SOURCES})
    list(TRANSFORM ROOM_USES PREPEND carehub_)
    target_link_libraries(carehub_${name} PUBLIC carehub_flags ${ROOM_USES} PRIVATE ${ROOM_LIBRARIES})
    target_precompile_headers(carehub_${name} REUSE_FROM carehub_standard)
endfunction()

# carehub_test(NAME SOURCES ... USES room ...): a Catch2 program, registered with ctest.
function(carehub_test name)
    cmake_parse_arguments(TEST "" "" "SOURCES;USES;LIBRARIES" ${ARGN})
    add_executable(carehub_${name} ${TEST_SOURCES})
    list(TRANSFORM TEST_USES PREPEND carehub_)
    target_link_libraries(carehub_${name} PRIVATE carehub_flags ${TEST_USES} carehub_test_support ${TEST_LIBRARIES})
    # One precompiled header serves all test programs only if all are compiled the same way.
    set_target_properties(carehub_${name} PROPERTIES POSITION_INDEPENDENT_CODE OFF)
    target_precompile_headers(carehub_${name} REUSE_FROM carehub_test_support)
    target_compile_definitions(carehub_${name} PRIVATE CAREHUB_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
    add_test(NAME ${name} COMMAND carehub_${name})
endfunction()
