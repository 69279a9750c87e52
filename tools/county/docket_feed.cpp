#include "tools/county/docket_feed.hpp"

namespace carehub::county {
namespace {

JsonLine entry(const Person& person, const Hearing& hearing, const HearingVersion& version) {
    JsonLine line;
    line.raw("case",
             JsonLine().text("number", hearing.case_number).text("matter", hearing.type).str())
        .text("starts", to_iso(version.slot.date) + "T" + clock_text(version.slot.minute))
        .number("minutes", static_cast<std::uint64_t>(version.slot.length))
        .text("room", "M2")
        .text("status", version.cancelled ? "STRICKEN" : "SET")
        .text("outcome", version.result);
    if (!version.warrant.empty()) {
        line.raw("warrant", JsonLine()
                                .text("number", numbered("WRT", person.number))
                                .text("kind", "BENCH")
                                .text("state", version.warrant)
                                .text("on", to_iso(version.warrant_on))
                                .str());
    }
    return line;
}

}  // namespace

DocketFeed::DocketFeed(const World& world, int day, const std::filesystem::path& folder)
    : day_(day),
      docket_(folder / "docket.json", JsonLine()
                                          .text("court", "Ashford Municipal Court")
                                          .text("published", to_iso(world.date_of(day)))
                                          .open("hearings")) {}

void DocketFeed::add(const ClientPlan& plan) {
    for (const Hearing& hearing : plan.hearings) {
        const HearingVersion* version = version_on(hearing.versions, day_);
        if (hearing.department == Department::Docket && version != nullptr && !version->unlisted) {
            docket_.row(entry(plan.person, hearing, *version));
        }
    }
}

}  // namespace carehub::county
