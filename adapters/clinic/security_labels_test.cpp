// Markings of HL7 v2 messages and what they guard (domain/01, domain/09).
#include "adapters/clinic/mapping/security_labels.hpp"

#include "adapters/clinic/test_site.hpp"
#include "tests/support/catch.hpp"

using namespace carehub;
using namespace carehub::adapters::clinic;

namespace {

const std::string kSch = "SCH|P1|F7|||||||||^^^202607101000^202607101045";
const std::string kPid = "PID|1||7001^^^NORTH^MR";

std::string msh(std::initializer_list<std::pair<unsigned, std::string_view>> marked = {}) {
    std::string fields[] = {"NORTH", "", "", ""};
    for (const auto& [number, text] : marked) {
        fields[number == 4 ? 0 : number == 8 ? 1 : number - 24] = text;
    }
    return "MSH|^~\\&|SCHED|" + fields[0] + "|HUB|COUNTY|20260701090000|" + fields[1] +
           "|SIU^S12|S1|P|2.9||||||||||||||" + fields[2] + "|" + fields[3];
}

Reading booked(const std::string& header, const std::string& more, const Site& site = test_site()) {
    return read(message_of({header, kSch, kPid, more}), site);
}

Labels labels_of(const Reading& reading) {
    REQUIRE(reading.parsed.events.size() == 1);
    return reading.parsed.events[0].labels;
}

}  // namespace

TEST_CASE("confidentiality and handling of MSH-26 and MSH-27 reach the event", "[clinic][labels]") {
    CHECK(labels_of(booked(msh(), "RGS|1")).empty());
    CHECK(labels_of(booked(msh({{26, "N^Normal^HL70952"}}), "RGS|1")).empty());
    CHECK(labels_of(booked(msh({{26, "V^Very restricted^HL70952"}}), "RGS|1"))
              .has(SecurityLabel::LocationProtected));
    CHECK(labels_of(booked(msh({{26, "R"}}), "RGS|1")).has(SecurityLabel::LocationProtected));
    CHECK(labels_of(booked(msh({{27, "NODSCLCD^^v3-ActCode"}}), "RGS|1"))
              .has(SecurityLabel::LocationProtected));
    const Labels guarded = labels_of(booked(msh({{26, "R"}, {27, "X~42CFRPart2"}}), "RGS|1"));
    CHECK(guarded.has(SecurityLabel::Part2));
    CHECK_FALSE(guarded.has(SecurityLabel::LocationProtected));
}

TEST_CASE("MSH-8 is a marking of the profile or of the tables, else a finding",
          "[clinic][labels]") {
    Site site = test_site();
    site.labels["RECOVERY"].add(SecurityLabel::Part2);
    CHECK(labels_of(booked(msh({{8, "Recovery"}}), "RGS|1", site)).has(SecurityLabel::Part2));
    CHECK(labels_of(booked(msh({{8, "psy"}}), "RGS|1")).has(SecurityLabel::MentalHealth));
    const Reading unknown = booked(msh({{8, "RECOVERY"}}), "RGS|1");
    CHECK(labels_of(unknown).empty());
    CHECK(has_finding(unknown, "MSH-8"));
    CHECK_FALSE(has_finding(booked(msh({{8, "N"}}), "RGS|1"), "MSH-8"));
}

TEST_CASE("access restrictions of ARV reach the event", "[clinic][labels]") {
    CHECK(labels_of(booked(msh(), "ARV|1|A|R|SUD^substance")).has(SecurityLabel::Part2));
    CHECK(labels_of(booked(msh(), "ARV|1|A|PSY")).has(SecurityLabel::MentalHealth));
    CHECK(labels_of(booked(msh(), "ARV|1|A|ALL")).has(SecurityLabel::LocationProtected));
    const Labels last = labels_of(booked(msh(), "ARV|1|A|N||||||HIV~DV"));
    CHECK(last.has(SecurityLabel::Hiv));
    CHECK(last.has(SecurityLabel::DvProtected));
    CHECK(has_finding(booked(msh(), "ARV|1|A|LOCAL"), "ARV-3"));
}

TEST_CASE("a protection indicator of patient or visit hides where the client is",
          "[clinic][labels]") {
    const auto is_hidden = [](std::string_view name, unsigned field, std::string_view value) {
        return labels_of(booked(msh(), segment(name, {{field, value}})))
            .has(SecurityLabel::LocationProtected);
    };
    CHECK(is_hidden("PD1", 12, "Y"));
    CHECK(is_hidden("PV2", 22, "y"));
    CHECK(is_hidden("PV2", 22, "1"));
    CHECK_FALSE(is_hidden("PD1", 12, "N"));
    CHECK_FALSE(is_hidden("PV2", 22, "\"\""));
    CHECK(has_finding(booked(msh(), segment("PV2", {{22, "1"}})), "PV2-22"));
}

TEST_CASE("a programme is found wherever the message names it", "[clinic][labels]") {
    Site site = test_site();
    site.labels["DETOX3"].add(SecurityLabel::Part2);
    const auto is_part2 = [&](const std::string& more) {
        return labels_of(booked(msh(), more, site)).has(SecurityLabel::Part2);
    };
    CHECK(is_part2("AIS|1|A|DETOX3^Substance use"));
    CHECK(is_part2("AIS|1|A|99213^Visit^C4^detox3"));
    CHECK(is_part2("AIG|1|A|DETOX3"));
    CHECK(is_part2("AIG|1|A|X|DETOX3"));
    CHECK(is_part2("AIL|1|A|R1^^^^^^DETOX3"));
    CHECK(is_part2(segment("PV1", {{39, "DETOX3"}})));
    CHECK_FALSE(is_part2("AIS|1|A|X"));
    CHECK(labels_of(booked(msh({{4, "DETOX3"}}), "RGS|1", site)).has(SecurityLabel::Part2));
    for (const unsigned field : {5U, 7U, 8U}) {
        INFO(field);
        const std::string sch =
            segment("SCH", {{2, "F7"}, {field, "DETOX3"}, {11, "^^^202607101000^202607101045"}});
        CHECK(labels_of(read(message_of({msh(), sch, kPid}), site)).has(SecurityLabel::Part2));
    }
}

TEST_CASE("labels are known in any case, and each sensitivity has the one that guards it",
          "[clinic][labels]") {
    const std::pair<const char*, SecurityLabel> table[] = {
        {"42cfrpart2", SecurityLabel::Part2},       {"sud", SecurityLabel::Part2},
        {"MH", SecurityLabel::MentalHealth},        {"BH", SecurityLabel::MentalHealth},
        {"DV", SecurityLabel::DvProtected},         {"SDV", SecurityLabel::DvProtected},
        {"LOCIS", SecurityLabel::LocationProtected}};
    for (const auto& [code, label] : table) {
        INFO(code);
        CHECK(security_label_of(code) == label);
    }
    CHECK_FALSE(security_label_of("N"));
}
