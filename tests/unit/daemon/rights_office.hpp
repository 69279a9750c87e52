// A folder in which clients sign and organisations agree, for tests of what staff are told of rights.
#pragma once

#include <boost/json.hpp>

#include "tests/unit/daemon/sealed_folder.hpp"

namespace carehub::daemon {

namespace json = boost::json;

/// The court's hearings may go to the clinic; what else may be told is up to the tests.
struct Office {
    SealedFolder folder;
    Desk desk{folder.data()};

    Office() {
        std::uint8_t key = 201;
        for (const std::string name : {"ana", "ben", "sue"}) {
            PartnerCommand link;
            link.name = name;
            link.kind = PartnerKind::Staff;
            link.role = name == "sue" ? StaffRole::Supervisor : StaffRole::CaseManager;
            link.public_key.fill(key++);
            accept(desk.command(link));
        }
        agree("court", "clinic");
    }

    static void accept(const Receipt& receipt) {
        INFO(receipt.refusal.fix);
        REQUIRE(receipt.status == ReceiptStatus::Accepted);
    }

    void agree(const std::string& discloser, const std::string& recipient,
               PurposeOfUse purpose = PurposeOfUse::CareCoordination) {
        AgreementCommand agreement;
        agreement.discloser = discloser;
        agreement.recipient = recipient;
        agreement.purpose = purpose;
        agreement.form = Form::Full;
        agreement.basis = "basis of " + recipient;
        agreement.valid_from = *parse_iso_date("2020-01-01");
        agreement.valid_until = *parse_iso_date("2027-12-31");
        accept(desk.command(agreement));
    }

    void sign(const std::string& id, ConsentKind kind, const std::string& recipient,
              std::optional<Date> expires = std::nullopt) {
        Submission event;
        event.kind = EventKind::ConsentGranted;
        event.feed = "consents";
        event.source_msg_id = id;
        event.identifiers = {{"carehub", "CLIENT", "ada"}};
        event.occurred_at = *parse_iso_time("2026-03-01T08:00:00-05:00");
        ConsentClaim claim;
        claim.consent = id;
        claim.kind = kind;
        claim.discloser = "clinic";
        claim.recipients = {recipient};
        claim.purpose = PurposeOfUse::CareCoordination;
        claim.signed_on = *parse_iso_date("2026-01-01");
        claim.expires = expires;
        claim.expiry_event = "the end of treatment";
        event.payload = claim;
        accept(desk.submit("ana", event));
    }

    std::string hearing() {
        return told("court", SealedFolder::obligation("ada", EventKind::HearingScheduled, "h1"));
    }
    std::string session() {
        Submission visit = SealedFolder::obligation("ada", EventKind::AppointmentBooked, "v1");
        visit.labels.add(SecurityLabel::Part2);
        return told("clinic", visit);
    }
    std::string told(const std::string& partner, const Submission& event) {
        return "h-" + std::to_string(desk.submit(partner, event).sequence.value);
    }

    follower::Answer answer(const std::string& question, const follower::Arguments& arguments,
                            const std::string& reader = "sue") const {
        const core::State& state = desk.hub->machine.state();
        const Partner* asker = state.partner_named(state.symbol(reader));
        REQUIRE(asker != nullptr);
        follower::Asked asked{question, arguments, {asker->role, reader, asker->id}};
        asked.arguments.emplace(follower::kReason, "the client asked why");
        return desk.hub->follower.read([&](const follower::Follower& follower) {
            return follower::Answers(follower, *desk.entries, hashes_of(*desk.hub->fingerprints))
                .answer(asked);
        });
    }
    follower::Answer asked(const std::string& event, const std::string& recipient,
                           const std::string& reader = "sue") const {
        return answer("explain", {{"event", event}, {"recipient", recipient}}, reader);
    }
    json::object explain(const std::string& event, const std::string& recipient) const {
        const follower::Answer told = asked(event, recipient);
        INFO(told.refusal.fix);
        REQUIRE(told.lines.size() == 1);
        return json::parse(told.lines.front()).as_object();
    }
};

}  // namespace carehub::daemon
