#include "tools/county/clinic_feed.hpp"

#include <array>

#include "tools/county/limits.hpp"

namespace carehub::county {
namespace {

constexpr int kFirstMinute = 2 * 60;           ///< the night run begins
constexpr std::uint64_t kSpreadMinutes = 200;  ///< and ends well before the feed at 06:00

/// A segment as its fields by number: field(7, x) writes SEG-7.
class Segment {
public:
    explicit Segment(std::string_view name) : name_(name) {}
    Segment& field(std::size_t number, std::string_view value) {
        if (fields_.size() < number) {
            fields_.resize(number);
        }
        fields_[number - 1] = value;
        return *this;
    }
    [[nodiscard]] std::string str() const {
        std::string text = name_;
        for (const std::string& value : fields_) {
            text += "|" + value;
        }
        return text + "\n";
    }

private:
    std::string name_;
    std::vector<std::string> fields_;
};

std::string dtm(Moment moment) { return compact(moment, ""); }

/// With an offset the time is exact; without, it is the clinic's wall clock.
std::string dtm(Moment moment, const std::optional<std::chrono::seconds>& offset) {
    if (!offset) {
        return dtm(moment);
    }
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(*offset).count();
    const auto size = static_cast<std::uint64_t>(minutes < 0 ? -minutes : minutes);
    return dtm(moment) + (minutes < 0 ? "-" : "+") + padded(size / 60, 2) + padded(size % 60, 2);
}

std::string header(const World& world, const ClientPlan& plan, const ClinicMessage& message,
                   const std::string& type, std::string_view version) {
    const auto late = static_cast<int>(plan.person.number % kSpreadMinutes);
    const Moment sent{world.date_of(message.sent_day), kFirstMinute + late};
    const std::string control =
        numbered("MSG", plan.person.number, static_cast<std::size_t>(message.control));
    // MSH-1 is the separator itself, so that the second field written is MSH-3.
    return Segment("MSH|^~\\&")
        .field(1, "SCHEDULER")
        .field(2, "ASHFORD HEALTH")
        .field(3, "CAREHUB")
        .field(4, "COUNTY")
        .field(5, dtm(sent))
        .field(7, type)
        .field(8, control)
        .field(9, "P")
        .field(10, version)
        .str();
}

std::string person_segment(const ClientPlan& plan, const ClinicMessage& message) {
    const Person& person = plan.person;
    const int day = message.sent_day;
    const std::string number =
        message.strange ? stranger_number(person.number) : clinic_number(person.number);
    Segment segment("PID");
    segment.field(1, "1")
        .field(3, number + "^^^" + std::string(kClinicAuthority) + "^" +
                      std::string(kClinicNumberType))
        .field(5, person.family + "^" + person.given)
        .field(7, compact(person.birth))
        .field(8, std::string(1, person.sex));
    if (plan.died_day && *plan.died_day <= day) {
        segment.field(29, dtm(plan.died)).field(30, "Y");
    }
    return segment.str();
}

std::string place_text(PlaceName place) {
    return std::string(row_of(place).code) + "^^^ASHFORD HEALTH";
}

/// Half the senders speak 2.5.1 with TQ1, the other half 2.3.1 with SCH-11.
std::string appointment(const World& world, const ClientPlan& plan, const ClinicMessage& message,
                        const AppointmentMessage& body) {
    const bool modern = plan.person.number % 2 == 0;
    const std::string length = std::to_string(body.slot.length);
    const std::string from = dtm({body.slot.date, body.slot.minute}, body.offset);
    const std::string to = dtm({body.slot.date, body.slot.end()}, body.offset);
    const std::string_view service = body.place == PlaceName::RecoveryClinic ? "GRP" : "OFV";
    std::string text = header(world, plan, message, "SIU^" + std::string(body.trigger) + "^SIU_S12",
                              modern ? "2.5.1" : "2.3.1");
    Segment schedule("SCH");
    schedule.field(2, body.id + "^ASHFORD")
        .field(6, body.reason)
        .field(8, "Normal")
        .field(25, body.status);
    schedule.field(9, length).field(10, "min");
    if (!modern) {
        schedule.field(11, "^^M" + length + "^" + from + "^" + to);
    }
    text += schedule.str();
    if (modern) {
        text += Segment("TQ1")
                    .field(1, "1")
                    .field(6, length + "^min")
                    .field(7, from)
                    .field(8, to)
                    .str();
    }
    text += person_segment(plan, message);
    text += "RGS|1|A\n";
    text += Segment("AIS")
                .field(1, "1")
                .field(2, "A")
                .field(3, service)
                .field(4, from)
                .field(10, body.status)
                .str();
    text += Segment("AIL").field(1, "1").field(2, "A").field(3, place_text(body.place)).str();
    text += Segment("AIP").field(1, "1").field(2, "A").field(3, "P1007^Marsh^Ilse").str();
    return text;
}

std::string visit(const World& world, const ClientPlan& plan, const ClinicMessage& message,
                  const VisitMessage& body) {
    // Several triggers share the structure of another one.
    const std::string_view structure =
        body.trigger == "A04" || body.trigger == "A08" || body.trigger == "A13" ? "A01"
        : body.trigger == "A11"                                                 ? "A09"
        : body.trigger == "A25"                                                 ? "A21"
        : body.trigger == "A07"                                                 ? "A06"
                                                                                : body.trigger;
    const auto late = static_cast<int>(plan.person.number % kSpreadMinutes);
    std::string text =
        header(world, plan, message,
               "ADT^" + std::string(body.trigger) + "^ADT_" + std::string(structure), "2.5.1");
    text += Segment("EVN")
                .field(2, dtm({world.date_of(message.sent_day), kFirstMinute + late}))
                .field(6, dtm(body.occurred))
                .str();
    text += person_segment(plan, message);
    Segment stay("PV1");
    stay.field(1, "1").field(2, std::string(1, body.patient_class));
    if (body.patient_class != 'N') {
        stay.field(3, place_text(body.place)).field(19, body.id).field(44, dtm(body.admitted));
        stay.field(36, body.disposition);
    }
    if (body.discharged) {
        stay.field(45, dtm(*body.discharged));
    }
    text += stay.str();
    if (body.planned) {
        text += Segment("PV2").field(9, dtm(*body.planned)).str();
    }
    return text;
}

}  // namespace

ClinicFeed::ClinicFeed(const World& world, int day, std::filesystem::path folder)
    : world_(world), day_(day), folder_(std::move(folder)) {}

Status ClinicFeed::next_file() {
    CAREHUB_TRY_DONE(close());
    file_ = std::make_unique<TextFile>(folder_ / (padded(++files_, 4) + ".hl7"));
    in_file_ = 0;
    return {};
}

Status ClinicFeed::add(const ClientPlan& plan) {
    if (file_ == nullptr || in_file_ >= kMessagesPerFileMax) {
        CAREHUB_TRY_DONE(next_file());
    }
    for (const ClinicMessage& message : plan.messages) {
        if (message.day != day_) {
            continue;
        }
        file_->write(in_file_ == 0 ? "" : "\n");
        const auto* booking = std::get_if<AppointmentMessage>(&message.body);
        file_->write(booking != nullptr
                         ? appointment(world_, plan, message, *booking)
                         : visit(world_, plan, message, std::get<VisitMessage>(message.body)));
        ++in_file_;
    }
    return {};
}

Status ClinicFeed::close() {
    if (file_ == nullptr) {
        return {};
    }
    Status closed = file_->close();
    file_.reset();
    return closed;
}

}  // namespace carehub::county
