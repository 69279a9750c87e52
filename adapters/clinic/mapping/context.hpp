// One message being mapped: its parts, its zones, and what was odd about it.
// Threads: confined to one call of read_message. Lifetime: borrows everything.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "adapters/clinic/hl7/header.hpp"
#include "adapters/clinic/hl7/problem.hpp"
#include "adapters/clinic/hl7/timestamp.hpp"
#include "adapters/clinic/site.hpp"
#include "adapters/kit/partner_kind.hpp"

namespace carehub::adapters::clinic {

class SecurityMarkings;

class Context {
public:
    Context(const hl7::Message& message, const hl7::Header& header, const Site& site);

    [[nodiscard]] const hl7::Message& message() const { return message_; }
    [[nodiscard]] const hl7::Header& header() const { return header_; }
    [[nodiscard]] const Site& site() const { return site_; }

    /// Keeps a finding; never with a value of the message.
    void note(const hl7::Location& where, std::string what);
    [[nodiscard]] std::vector<Finding> take_findings() { return std::move(findings_); }

    /// The time at that place; nothing when none is told or it is none (noted).
    [[nodiscard]] std::optional<hl7::Instant> time(const hl7::Segment& segment, unsigned field,
                                                   unsigned component = 1);
    [[nodiscard]] std::optional<hl7::Timestamp> printed_time(const hl7::Segment& segment,
                                                             unsigned field,
                                                             unsigned component = 1);
    /// The same of any element, for instance one of several repetitions.
    [[nodiscard]] std::optional<hl7::Instant> time(const hl7::Element& element,
                                                   const hl7::Location& where);
    /// When an event without a time of its own happened: EVN-6, else EVN-2, else MSH-7.
    [[nodiscard]] std::optional<hl7::Instant> event_time();
    /// A code or name for the wire; empty when it is longer than the hub takes (noted).
    [[nodiscard]] std::string code(const hl7::Element& element, const hl7::Location& where);

    /// Assigning authority of an HD: its universal id, else its namespace, else the feed's.
    [[nodiscard]] std::string authority(const hl7::Element& hd) const;
    /// The organisation that speaks: MSH-4, else the feed.
    [[nodiscard]] std::string sender() const;
    /// Of times printed without offset, but in MSH and EVN: that of the place the message speaks of,
    /// else of who speaks (MSH-4), else the feed's.
    [[nodiscard]] const TimeZone& zone() const { return zone_; }
    /// A submission with the fields that every event of this message shares; the labels among them:
    /// a protected place or service named anywhere in a message, or a marking (security_labels.hpp),
    /// protects all it says.
    [[nodiscard]] Submission submission(EventKind kind) const;
    /// "No time" told at the field that held an unreadable one, where there was one.
    [[nodiscard]] hl7::Problem precise(hl7::Problem problem) const;

private:
    void read_markings();
    void add_markings(SecurityMarkings& markings, const hl7::Segment& segment,
                      std::span<const unsigned> fields);
    void add_protection(SecurityMarkings& markings, const hl7::Segment& segment, unsigned field);
    [[nodiscard]] std::optional<hl7::Timestamp> printed_time(const hl7::Element& element,
                                                             const hl7::Location& where);
    void keep_unreadable(const hl7::Location& where);

    const hl7::Message& message_;
    const hl7::Header& header_;
    const Site& site_;
    const TimeZone& zone_;
    hl7::MessageClock clock_;
    hl7::MessageClock sender_clock_;  ///< of MSH and EVN
    Labels labels_;
    std::vector<Finding> findings_;
    std::optional<hl7::Location> unreadable_time_;  ///< the first, but of PID
};

/// What event_time() did not find.
[[nodiscard]] hl7::Problem no_event_time();

/// "FEED|authority|id[|part]"; a key longer than the hub takes is named by its digest.
[[nodiscard]] std::string business_key(std::string_view feed, std::string_view authority,
                                       std::string_view id, std::string_view part = {});

}  // namespace carehub::adapters::clinic
