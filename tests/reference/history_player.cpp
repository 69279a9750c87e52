#include "tests/reference/history_player.hpp"

#include <algorithm>
#include <sstream>
#include <stdexcept>

#include "hub/model/custody.hpp"
#include "hub/rules/registry.hpp"

namespace carehub::reference {
namespace {

UtcTime at_second(const std::string& number) {
    return UtcTime{std::chrono::seconds{std::stoll(number)}};
}

std::int64_t second_of(UtcTime time) {
    if (time == kUnknownTime || time == kNever) {
        return 0;
    }
    return std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
}

template <class E>
E named(const std::string& word) {
    const std::optional<E> value = word == "Unset" ? E{} : parse_name<E>(word);
    if (!value) {
        throw std::runtime_error("no such name: " + word);
    }
    return *value;
}

EventKind kind_named(const std::string& word) {
    const auto kind = parse_event_kind(word);
    if (!kind) {
        throw std::runtime_error("no such kind: " + word);
    }
    return *kind;
}

Date day(const std::string& text) {
    const auto date = parse_iso_date(text);
    if (!date) {
        throw std::runtime_error("no date: " + text);
    }
    return *date;
}

std::string quoted(const std::string& text) { return '"' + text + '"'; }

}  // namespace

/// The words of a line: first those that stand by position, then `name=value`.
class HistoryPlayer::Fields {
public:
    explicit Fields(const std::string& line) : in_(line) {}

    std::string next() {
        std::string word;
        if (!(in_ >> word)) {
            throw std::runtime_error("a word is missing");
        }
        return word;
    }

    /// Reads the rest of the line as `name=value`.
    void read_named() {
        std::string word;
        while (in_ >> word) {
            const auto equals = word.find('=');
            if (equals == std::string::npos) {
                throw std::runtime_error("not name=value: " + word);
            }
            named_[word.substr(0, equals)] = word.substr(equals + 1);
        }
    }
    [[nodiscard]] bool has(const std::string& name) const { return named_.contains(name); }
    [[nodiscard]] std::string text(const std::string& name) const {
        const auto found = named_.find(name);
        return found == named_.end() ? "" : found->second;
    }
    [[nodiscard]] UtcTime time(const std::string& name) const {
        return has(name) ? at_second(text(name)) : kUnknownTime;
    }
    template <class E>
    [[nodiscard]] E name(const std::string& field) const {
        return has(field) ? named<E>(text(field)) : E{};
    }

private:
    std::istringstream in_;
    std::map<std::string, std::string> named_;
};

HistoryPlayer::HistoryPlayer() {
    for (const auto& rule : rules::all_rules()) {
        rule_names_[rule->info().id] = rule->info().name;
    }
}

void HistoryPlayer::begin(UtcTime start) {
    world_.emplace(start);
    clients_.clear();
    keys_.clear();
    told_.clear();
    refused_.clear();
    line_ = 0;
}

std::string HistoryPlayer::play(const std::string& line) {
    Fields words(line);
    const std::string verb = words.next();
    if (verb == "history") {
        begin(at_second(words.next()));
        return "";
    }
    if (!world_) {
        throw std::runtime_error("a history begins with its start");
    }
    ++line_;
    if (verb == "now") {
        world_->advance(at_second(words.next()));
    } else if (verb == "client") {
        const std::string name = words.next();
        const std::string owner = words.next();
        const auto transport = named<Transport>(words.next());
        const auto model = named<CaseModel>(words.next());
        note(world_->add_client(name, owner == "-" ? "" : owner, transport, model));
        clients_.push_back(name);
    } else if (verb == "closed") {
        CalendarCommand closed;
        closed.calendar = "office";
        closed.date = day(words.next());
        note(world_->command(closed));
    } else if (verb == "place") {
        add_place(words);
    } else if (verb == "event") {
        tell(words);
    } else if (verb == "act") {
        act(words);
    } else if (verb == "show") {
        return show();
    } else {
        throw std::runtime_error("no such verb: " + verb);
    }
    return "";
}

void HistoryPlayer::note(const Receipt& receipt) {
    if (receipt.status == ReceiptStatus::Refused) {
        refused_.push_back(line_);
    }
}

void HistoryPlayer::add_place(Fields& words) {
    PlaceCommand place;
    place.partner = words.next();
    place.code = words.next();
    place.site = words.next();
    place.city = words.next();
    place.program = named<Program>(words.next());
    note(world_->command(place));
}

namespace {

template <class Words>
Payload payload_for(EventKind kind, const Words& words) {
    switch (payload_of(kind)) {
        case PayloadKind::Obligation: {
            ObligationClaim told;
            told.obligation_class = words.template name<ObligationClass>("class");
            told.status = words.template name<ObligationStatus>("status");
            told.start = words.time("start");
            told.end = words.time("end");
            told.location.id = words.text("place");
            told.location.remote = words.has("remote");
            told.mandatory = words.has("mandatory");
            told.transparent = words.has("transparent");
            told.tentative = words.has("tentative");
            return told;
        }
        case PayloadKind::Encounter: {
            EncounterClaim told;
            told.encounter_class = words.template name<EncounterClass>("class");
            told.visit_number = words.text("key");
            told.start = words.time("start");
            told.end = words.time("end");
            told.planned = words.time("planned");
            told.location.id = words.text("place");
            told.disposition = words.template name<Disposition>("disposition");
            if (words.has("age")) {
                told.age = static_cast<std::uint8_t>(std::stoi(words.text("age")));
            }
            return told;
        }
        case PayloadKind::Casework: {
            CaseworkClaim told;
            told.owner = words.text("owner");
            told.contact_kind = words.template name<ContactKind>("contact");
            told.two_way = words.has("two_way");
            return told;
        }
        case PayloadKind::Housing: {
            HousingClaim told;
            told.project_type =
                static_cast<std::uint8_t>(words.has("type") ? std::stoi(words.text("type")) : 0);
            told.date = std::chrono::floor<std::chrono::days>(words.time("on"));
            told.grade = words.template name<HousingLossGrade>("grade");
            told.situation_class = words.template name<SituationClass>("situation");
            if (words.has("deadline")) {
                told.deadline = day(words.text("deadline"));
            }
            return told;
        }
        case PayloadKind::Consent: {
            ConsentClaim told;
            told.consent = words.text("key");
            told.kind = words.template name<ConsentKind>("consent");
            told.discloser = words.text("from");
            told.recipients = {words.text("to")};
            told.purpose = PurposeOfUse::CareCoordination;
            told.signed_on = *make_date(2020, 1, 1);
            if (words.has("expires")) {
                told.expires = day(words.text("expires"));
            }
            return told;
        }
        case PayloadKind::Justice: {
            JusticeClaim told;
            told.category = words.has("transferred") ? kTransferredCustody : "";
            return told;
        }
        case PayloadKind::Person: return PersonClaim{};
        case PayloadKind::None:
        case PayloadKind::Resource:
        case PayloadKind::Snapshot:
        case PayloadKind::Identity: break;
    }
    throw std::runtime_error("a kind that histories do not have");
}

}  // namespace

/// event PARTNER CLIENT KIND OCCURRED name=value...
void HistoryPlayer::tell(Fields& words) {
    const std::string partner = words.next();
    const std::string client = words.next();
    Submission claim;
    claim.kind = kind_named(words.next());
    claim.occurred_at = at_second(words.next());
    words.read_named();
    claim.recorded_at = words.time("recorded");
    claim.business_key = words.text("key");
    claim.feed = words.text("feed");
    claim.source_msg_id = words.text("message");
    claim.correction = words.has("correction");
    for (const auto& [word, flag] :
         {std::pair{"all_day", TimeFlag::DateOnly}, std::pair{"call_list", TimeFlag::CallList},
          std::pair{"uncertain", TimeFlag::TimeUncertain}}) {
        if (words.has(word)) {
            claim.time_flags.add(flag);
        }
    }
    if (words.has("part2")) {
        claim.labels.add(SecurityLabel::Part2);
    }
    claim.payload = payload_for(claim.kind, words);
    if (!claim.business_key.empty()) {
        keys_[test::World::hash(partner, claim.business_key)] = claim.business_key;
    }
    const std::size_t before = world_->entries.size();
    note(world_->submit(partner, client, claim));
    if (world_->entries.size() > before) {
        told_[world_->entries.back().sequence] = claim.business_key;
    }
}

/// act PERSON ACT RULE CLIENT SUBJECT [until=TIME] [outcome=NAME]; SUBJECT: keys joined by `+`,
/// `-` for the client alone.
void HistoryPlayer::act(Fields& words) {
    const std::string person = words.next();
    const std::string verb = words.next();
    const std::string rule = words.next();
    const std::string client = words.next();
    const std::string subject = words.next();
    words.read_named();
    const Alert* alert = find_alert(rule, client, subject);
    if (alert == nullptr) {
        refused_.push_back(line_);
        return;
    }
    AlertCommand command;
    command.alert = alert->id;
    command.act = verb == "shelve"  ? AlertAct::Shelve
                  : verb == "close" ? AlertAct::Close
                                    : AlertAct::Acknowledge;
    command.until = words.time("until");
    command.outcome = words.name<AlertOutcome>("outcome");
    command.reason = "a history";
    note(world_->command(command, person));
}

std::vector<std::string> HistoryPlayer::keys_of(const core::Case& subject,
                                                const Finding& finding) const {
    std::vector<std::string> keys;
    const auto add = [&](const Hash128& hash) {
        const auto found = keys_.find(hash);
        keys.push_back(found == keys_.end() ? "?" : found->second);
    };
    for (const ObligationId& id : finding.obligations) {
        add(id.value);
    }
    for (const StayId& id : finding.stays) {
        add(id.value);
    }
    for (const MatterId& id : finding.matters) {
        const auto matter = std::ranges::find(subject.matters, id, &Matter::id);
        const auto found =
            matter == subject.matters.end() ? told_.end() : told_.find(matter->first);
        keys.push_back(found == told_.end() ? "?" : found->second);
    }
    std::ranges::sort(keys);
    return keys;
}

/// The youngest alert of that rule whose records hold all that the subject names.
const Alert* HistoryPlayer::find_alert(const std::string& rule, const std::string& client,
                                       const std::string& subject) const {
    std::vector<std::string> wanted;
    std::istringstream parts(subject == "-" ? "" : subject);
    for (std::string part; std::getline(parts, part, '+');) {
        wanted.push_back(part);
    }
    std::ranges::sort(wanted);
    const Alert* youngest = nullptr;
    for (const Alert& alert : world_->subject(client).alerts) {
        const auto keys = keys_of(world_->subject(client), alert.finding);
        if (rule_names_.at(alert.finding.rule) == rule && std::ranges::includes(keys, wanted)) {
            youngest = &alert;
        }
    }
    return youngest;
}

std::string HistoryPlayer::show() const {
    std::string out = R"({"refused":[)";
    for (std::size_t i = 0; i < refused_.size(); ++i) {
        out += (i == 0 ? "" : ",") + std::to_string(refused_[i]);
    }
    out += R"(],"alerts":[)";
    const char* comma = "";
    for (const std::string& client : clients_) {
        for (const Alert& alert : world_->subject(client).alerts) {
            const Finding& finding = alert.finding;
            std::string keys;
            for (const std::string& key : keys_of(world_->subject(client), finding)) {
                keys += (keys.empty() ? "" : ",") + quoted(key);
            }
            out += comma;
            out += R"({"client":)" + quoted(client) + R"(,"rule":)" +
                   quoted(rule_names_.at(finding.rule)) + R"(,"keys":[)" + keys +
                   R"(],"program":)" + quoted(std::string(name_of(finding.program))) +
                   R"(,"state":)" + quoted(std::string(name_of(alert.state))) + R"(,"severity":)" +
                   quoted(std::string(name_of(finding.severity))) + R"(,"act_by":)" +
                   std::to_string(second_of(finding.act_by)) + R"(,"raised":)" +
                   std::to_string(second_of(alert.raised_at)) + R"(,"cleared":)" +
                   std::to_string(second_of(alert.cleared_at)) + R"(,"shelved":)" +
                   std::to_string(second_of(alert.state == AlertState::Shelved ? alert.shelved_until
                                                                               : kUnknownTime)) +
                   R"(,"reopened":)" + std::to_string(alert.reopened) + R"(,"latched":)" +
                   (finding.latched ? "true" : "false") + R"(,"minutes":)" +
                   std::to_string(finding.minutes) + "}";
            comma = ",";
        }
    }
    return out + "]}";
}

}  // namespace carehub::reference
