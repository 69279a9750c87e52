#include "adapters/supervision/profile_sketch.hpp"

#include <algorithm>
#include <vector>

#include "adapters/kit/table/table_sketch.hpp"

namespace carehub::adapters::supervision {
namespace {

using enum Looks;

/// A sort of rows and the columns it is known by: all of `needs` have to be found.
struct Sort {
    std::string_view rows;
    std::vector<std::string_view> needs;
    std::vector<ColumnHint> hints;
};

ColumnHint client_hint() {
    return {"client", {"crn",           "clientno",  "clientnumber", "clientid",  "offenderid",
                       "offenderno",    "ofndrnum",  "docnum",       "docnumber", "docno",
                       "probationerid", "personid",  "inmateid",     "inmateno",  "inmatenumber",
                       "sonumber",      "sono",      "so",           "personno",  "subjectid",
                       "subjectnumber", "subjectno", "sid",          "pin",       "pid",
                       "jacketid",      "jacketno",  "namenumber",   "namenum",   "superviseeid",
                       "client",        "offender"}};
}

/// Words of a date that somebody expects.
std::vector<std::string_view> planned() {
    return {"est",     "sched", "proj",   "expect", "tentative", "max",  "earliest",
            "anticip", "plan",  "target", "prd",    "possible",  "elig", "future"};
}

/// Words of the dates that any list has beside those it is about.
std::vector<std::string_view> beside() {
    return {"birth", "dob", "created", "entered", "updated", "modified", "printed"};
}

std::vector<Sort> sorts() {
    const ColumnHint officer{"officer", {"officerid", "officer", "agentid", "staffid", "usrid"}};
    const ColumnHint type{"type", {"type", "typdesc", "category"}};
    const ColumnHint updated{"updated", {"updated", "lastupdate", "modified"}};
    return {
        {"roster",
         {"client", "booking"},
         {{"booking",
           {"bookingnumber", "bookingno", "bookingid", "booknum", "booknumber", "bookno",
            "booking"}},
          client_hint(),
          {"booked",
           {"bookingdate", "bookdate", "bookdatetime", "bookedat", "bookedon", "bookeddate",
            "booked", "intakedate", "admitdate", "bookingdt", "bookdt"},
           LikeDates},
          {"booked_time", {"bookingtime", "bookedtime", "intaketime", "bookingtm"}, LikeTimes},
          {"released",
           {"releasedate", "releasedatetime", "releasedat", "releasedon", "released", "reldate",
            "releasedt", "reldt"},
           LikeDates,
           {},
           planned()},
          {"released_time", {"releasetime", "releasetm"}, LikeTimes, {}, planned()},
          {"release",
           {"releasetype", "releasereason", "releasecode", "relcode", "disposition", "reason"},
           LikeCodes,
           "release"},
          {"facility", {"facilitycode", "facility", "housing"}}}},
        {"violations",
         {"client", "date", "violation"},
         {{"violation", {"violationid", "violationno", "violid", "violno", "violation"}},
          client_hint(),
          {"date", {"violationdate", "reporteddate", "date"}, LikeDates},
          type,
          officer,
          updated}},
        {"conditions",
         {"client", "text"},
         {{"condition", {"conditionid", "conditionno", "conditionnumber"}},
          client_hint(),
          {"text", {"conditiontext", "condition", "requirement"}},
          {"date", {"dateset", "setdate", "date", "effective"}, LikeDates},
          {"expires", {"expires", "expiry", "until", "enddate"}, LikeDates},
          {"mandatory", {"mandatory", "required"}},
          type}},
        {"supervision",
         {"client", "start", "expires"},
         {client_hint(),
          {"supervision", {"supervisionid", "orderid", "termid"}},
          {"start", {"supervisionstart", "startdate", "start"}, LikeDates},
          {"expires",
           {"expires", "expectedend", "projectedend", "expiration", "maxdate"},
           LikeDates},
          {"ended",
           {"endeddate", "actualend", "terminationdate", "closeddate", "ended"},
           LikeDates,
           {},
           planned()},
          {"level", {"supervisionlevel", "level"}},
          type,
          officer,
          updated}},
        {"check_ins",
         {"client", "date", "status"},
         {{"check_in",
           {"checkinid", "appointmentid", "apptid", "contactid", "eventid", "sprvsncntcid", "uuid",
            "id"}},
          client_hint(),
          {"date",
           {"scheddate", "appointmentdate", "apptdate", "apptdt", "when", "duedate", "date",
            "cntcdt", "startdatetime", "checkindue", "due", "start"},
           LikeDates,
           {},
           beside()},
          {"time", {"schedtime", "starttime", "appttime", "appttm", "cntctm", "time"}, LikeTimes},
          {"duration", {"minutes", "duration"}},
          {"place", {"office", "location", "place"}},
          {"status", {"status", "result", "outcome", "rsltdesc", "state"}, LikeCodes, "status"},
          type,
          officer,
          updated}},
        {"check_ins",
         {"client", "date", "completed", "missed"},
         {{"check_in", {"checkinid", "appointmentid", "apptid", "contactid", "eventid"}},
          client_hint(),
          {"completed", {"checkincompleted", "completed", "attended", "kept"}},
          {"missed", {"checkinmissed", "missed", "absent", "noshow"}},
          {"cancelled", {"checkincancelled", "cancelled", "canceled"}},
          {"date",
           {"scheddate", "appointmentdate", "apptdate", "checkindue", "duedate", "due", "date"},
           LikeDates,
           {},
           beside()},
          {"type", {"checkintype", "type"}},
          officer,
          updated}}};
}

bool fits(const TableSketch& sketch, const Sort& sort) {
    for (const std::string_view need : sort.needs) {
        if (!sketch.has(need)) {
            return false;
        }
    }
    return true;
}

std::string head(const Sort& sort) {
    std::string text =
        "[feed]\n"
        "name = \"agency\"     # names the feed in every event\n"
        "zone = \"\"           # FILL IN, such as \"America/New_York\": the agency's clock\n"
        "authority = \"\"      # FILL IN: whose numbers of persons these are\n"
        "rows = \"" +
        std::string(sort.rows) +
        "\"   # check_ins, supervision, conditions, violations or roster\n\n"
        "[watch]\nfolder = \"in\"\n\n";
    if (sort.rows == "roster") {
        text +=
            "[snapshot]\n"
            "complete = true      # does each file list everyone in custody?\n"
            "missing = \"nothing\"  # \"released\": who is missing from two files is no longer "
            "in\n\n";
    }
    return text;
}

}  // namespace

Result<std::string> sketch_profile(std::string_view sample) {
    for (const Sort& sort : sorts()) {
        CAREHUB_TRY(const auto sketches, sketch_tables(sample, sort.hints));
        const auto fitting = std::ranges::find_if(
            sketches, [&sort](const TableSketch& sketch) { return fits(sketch, sort); });
        if (fitting != sketches.end()) {
            return head(sort) + fitting->text;
        }
    }
    return fail(
        ErrorCode::Invalid,
        "the sample's columns name no booking, check-in, condition, violation or supervision "
        "with a number of a person");
}

}  // namespace carehub::adapters::supervision
