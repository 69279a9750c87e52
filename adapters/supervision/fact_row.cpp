#include "adapters/supervision/fact_row.hpp"

#include "adapters/kit/fingerprint.hpp"
#include "adapters/supervision/cells.hpp"
#include "hub/base/check.hpp"
#include "hub/base/limits.hpp"

namespace carehub::adapters::supervision {
namespace {

using Facts = std::vector<Fact>;

/// What every such row may tell.
constexpr const char* kEnteredInError = "ENTERED IN ERROR";
const std::vector<std::string> kNoWords = {"N", "NO", "0", "F", "FALSE"};

JusticeClaim common_claim(const TableRow& row, const Site& site, Report& report) {
    JusticeClaim claim;
    claim.case_number = row.cell("case");
    claim.court = row.cell("court");
    claim.category = row.cell("type");
    claim.level = row.cell("level");
    const std::string text = single_line(row.cell("text"));
    claim.condition_text = clip(text, kConditionBytesMax);
    if (claim.condition_text.size() < text.size()) {
        report.note(row.line(), row.name("text"),
                    "is longer than " + std::to_string(kConditionBytesMax) + " bytes: cut");
    }
    const std::string_view mandatory = row.cell("mandatory");
    claim.mandatory = is_one_of(site.yes, mandatory);
    if (!claim.mandatory && !mandatory.empty() && !is_one_of(kNoWords, mandatory)) {
        report.note(row.line(), row.name("mandatory"),
                    "is none of the words for yes, nor one for no: read as no");
    }
    if (!row.cell("officer").empty() || !row.cell("officer_name").empty()) {
        claim.officer = {std::string(row.cell("officer")), std::string(row.cell("officer_name")),
                         "SupervisionOfficer"};
    }
    return claim;
}

void set_time(Fact& fact, const ToldTime& told) {
    fact.day = told.day;
    fact.instant = told.instant;
    fact.flags = told.flags;
}

class FactReader {
public:
    FactReader(const TableRow& row, const TableProfile& table, const Site& site, Report& report)
        : row_(row), table_(table), site_(site), report_(report) {}

    Accepted<Facts> read(Date today) {
        if (auto sound = check_cells(row_, table_); !sound) {
            return tl::unexpected(std::move(sound).error());
        }
        auto client = read_client(row_);
        if (!client) {
            return tl::unexpected(std::move(client).error());
        }
        base_.client = std::move(*client);
        base_.claim = common_claim(row_, site_, report_);
        base_.updated = read_updated(row_, table_, site_, report_);
        const auto expires = read_date_if_told(row_, table_, "expires");
        if (!expires) {
            return tl::unexpected(expires.error());
        }
        if (*expires) {
            base_.claim.expires = told_time(site_.zone, **expires).day;
        }
        return site_.rows == RowsAre::Supervision  ? supervision(today)
               : site_.rows == RowsAre::Conditions ? condition(today)
                                                   : violation();
    }

private:
    Accepted<Facts> supervision(Date today) {
        const auto start = read_date(row_, table_, "start");
        const auto ended = read_date_if_told(row_, table_, "ended");
        if (!start || !ended) {
            return tl::unexpected(!start ? start.error() : ended.error());
        }
        Fact fact = base_;
        fact.kind = EventKind::SupervisionStarted;
        fact.id = row_.cell("supervision");
        set_time(fact, told_time(site_.zone, *start));
        fact.claim.effective = fact.day;
        fact.key = key_of("SUPERVISION", "supervision", to_iso(fact.day));
        Facts facts = {fact};
        if (!*ended) {
            return facts;
        }
        set_time(fact, told_time(site_.zone, **ended));
        if (fact.day < *facts.front().claim.effective) {
            return refuse(RefusalReason::InvalidField, row_.name("ended"),
                          "The supervision ends before it begins.", "Correct one of the dates.");
        }
        if (fact.day > today) {
            report_.note(row_.line(), row_.name("ended"),
                         "lies ahead: supervision has not ended yet");
            return facts;
        }
        fact.kind = EventKind::SupervisionEnded;
        fact.claim.effective = fact.day;
        facts.push_back(std::move(fact));
        return facts;
    }

    Accepted<Facts> condition(Date today) {
        const auto set = read_date_if_told(row_, table_, "date");
        if (!set) {
            return tl::unexpected(set.error());
        }
        if (base_.claim.condition_text.empty()) {
            return refuse(RefusalReason::RowIncomplete, row_.name("text"),
                          "The condition has no text.", "Fill in what is required.");
        }
        Fact fact = base_;
        fact.kind = EventKind::SupervisionConditionSet;
        fact.day = today;
        if (*set) {
            set_time(fact, told_time(site_.zone, **set));
            fact.claim.issued = fact.day;
        }
        fact.key = key_of("CONDITION", "condition", short_digest(fact.claim.condition_text));
        return Facts{std::move(fact)};
    }

    Accepted<Facts> violation() {
        const auto date = read_date(row_, table_, "date");
        if (!date) {
            return tl::unexpected(date.error());
        }
        Fact fact = base_;
        fact.kind = EventKind::ViolationReported;
        fact.id = row_.cell("violation");
        set_time(fact, told_time(site_.zone, *date));
        fact.claim.issued = fact.day;
        const std::string& text = fact.claim.condition_text;
        fact.key = key_of("VIOLATION", "violation",
                          to_iso(fact.day) + " " + fact.claim.category +
                              (text.empty() ? "" : " " + short_digest(text)));
        return Facts{std::move(fact)};
    }

    [[nodiscard]] std::string key_of(std::string_view sort, std::string_view id_key,
                                     const std::string& otherwise) const {
        const std::string_view id = row_.cell(id_key);
        return site_.feed + "|" + base_.client + "|" + std::string(sort) + "|" +
               (id.empty() ? otherwise : std::string(id));
    }

    const TableRow& row_;
    const TableProfile& table_;
    const Site& site_;
    Report& report_;
    Fact base_;
};

}  // namespace

Accepted<std::vector<Fact>> read_facts(const TableRow& row, const TableProfile& table,
                                       const Site& site, Date today, Report& report) {
    return FactReader(row, table, site, report).read(today);
}

std::string fact_hash(const Fact& fact) {
    Sha256 hash;
    const JusticeClaim& claim = fact.claim;
    const auto day_of = [](const std::optional<Date>& day) { return day ? to_iso(*day) : ""; };
    for (const std::string& text :
         {std::string(name_of(fact.kind)), fact.key, claim.case_number, claim.court, claim.category,
          claim.condition_text, claim.level, claim.officer.id, claim.officer.name,
          std::string(claim.mandatory ? "mandatory" : ""), day_of(claim.issued),
          day_of(claim.effective), day_of(claim.expires)}) {
        hash.add_text(text);
    }
    return short_form(hash.finish());
}

Fact entered_in_error(const Fact& fact, const std::string& client, const std::string& key) {
    Fact error;
    error.kind =
        fact.kind == EventKind::SupervisionStarted ? EventKind::SupervisionEnded : fact.kind;
    error.key = key;
    error.client = client;
    error.claim.category = kEnteredInError;
    error.day = fact.day;
    return error;
}

Submission fact_event(const Fact& fact, const Site& site, UtcTime told_at) {
    Submission event;
    event.kind = fact.kind;
    event.feed = site.feed;
    event.business_key = fact.key;
    event.identifiers = {{site.authority, site.identifier_type, fact.client}};
    event.zone = site.zone.name;
    event.time_flags = fact.flags;
    event.occurred_at = fact.instant.value_or(start_of_day(site.zone, fact.day));
    event.occurred_precision = fact.instant ? Precision::Minute : Precision::Day;
    event.recorded_at = fact.updated.value_or(told_at);
    event.payload = fact.claim;
    return event;
}

}  // namespace carehub::adapters::supervision
