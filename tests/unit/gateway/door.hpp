// The gateway behind a port in memory, with a clock that moves on command and simple hashes.
#pragma once

#include <map>

#include "hub/codec/command.hpp"
#include "hub/codec/frame.hpp"
#include "hub/codec/notice.hpp"
#include "hub/codec/receipt.hpp"
#include "hub/codec/submission.hpp"
#include "hub/gateway/gateway.hpp"
#include "hub/transport/memory_port.hpp"
#include "tests/support/catch.hpp"

namespace carehub::gateway {

class HandClock final : public Clock {
public:
    [[nodiscard]] UtcTime now() const override { return now_; }
    [[nodiscard]] Micros steady() const override { return steady_; }

    UtcTime now_{std::chrono::sys_days{std::chrono::year{2026} / 7 / 9}};
    Micros steady_{std::chrono::hours{1}};
};

/// Hashes anyone can foresee: length and first bytes of what is hashed.
class PlainFingerprints final : public Fingerprints {
public:
    [[nodiscard]] static Hash128 hash(std::string_view text) {
        Hash128 hash{};
        for (std::size_t i = 0; i < text.size(); ++i) {
            hash[i % hash.size()] = static_cast<std::uint8_t>(hash[i % hash.size()] * 31U +
                                                              static_cast<unsigned char>(text[i]));
        }
        return hash;
    }
    [[nodiscard]] SubjectHash subject(const Identifier& identifier) const override {
        return {hash(identifier.authority + "|" + identifier.type + "|" + identifier.value)};
    }
    [[nodiscard]] SourceId source(PartnerId partner, std::string_view feed,
                                  std::string_view id) const override {
        return {
            hash(std::to_string(partner.value) + "|" + std::string(feed) + "|" + std::string(id))};
    }
    [[nodiscard]] Hash128 business_key(PartnerId partner, std::string_view key) const override {
        return key.empty() ? Hash128{}
                           : hash(std::to_string(partner.value) + "#" + std::string(key));
    }
    [[nodiscard]] Hash128 body(ByteView bytes) const override { return hash(as_text(bytes)); }
    [[nodiscard]] ConsentId consent(const SubjectHash& client,
                                    std::string_view document) const override {
        return {hash(to_hex(client.value) + std::string(document))};
    }
    [[nodiscard]] ClientId client(std::string_view roster_name) const override {
        return {hash(roster_name)};
    }
};

class TableNames final : public Names {
public:
    [[nodiscard]] std::string partner(PartnerId id) const override {
        return "partner-" + std::to_string(id.value);
    }
    [[nodiscard]] std::string client(const ClientId&) const override { return "C-0001"; }
    [[nodiscard]] std::vector<Identifier> identifiers(const ClientId&,
                                                      PartnerId reader) const override {
        return {{"authority-" + std::to_string(reader.value), "MR", "own-number"}};
    }
    [[nodiscard]] std::string consent_scope(const Delivery& /*delivery*/) const override {
        return "The client's consent covers it.";
    }
};

class TableAlerts final : public AlertRenderer {
public:
    [[nodiscard]] std::optional<AlertNotice> render(const ClientId&,
                                                    const AlertId& id) const override {
        AlertNotice alert;
        alert.alert_id = "a-" + std::to_string(id.sequence.value) + "-" + std::to_string(id.index);
        alert.rule = "ScheduleConflict";
        alert.severity = Severity::High;
        alert.state = AlertState::Raised;
        alert.owner = "cm.lee";
        alert.text = "Two commitments collide.";
        return alert;
    }
};

class TableBacklog final : public BacklogReader {
public:
    [[nodiscard]] Result<EntryPtr> entry(Sequence sequence) const override {
        const auto found = entries.find(sequence.value);
        if (found == entries.end()) {
            return fail(ErrorCode::NotFound, "no such entry");
        }
        return found->second;
    }
    /// One delivery of `decided` is one entry; a stretch is so many of them.
    [[nodiscard]] Result<Backlog> deliveries(PartnerId recipient, std::uint64_t after,
                                             Sequence from, std::size_t most) const override {
        ++reads;
        Backlog read;
        read.next = std::max(from, Sequence{1});
        for (std::size_t n = 0; n < stretch && read.next.value <= decided.size(); ++n) {
            const Delivery& delivery = decided[read.next.value - 1];
            if (read.deliveries.size() == most) {
                return read;
            }
            if (delivery.recipient == recipient && delivery.number > after) {
                read.deliveries.push_back(delivery);
            }
            ++read.next.value;
        }
        read.at_end = read.next.value > decided.size();
        return read;
    }
    [[nodiscard]] Result<Sequence> first_since(UtcTime time) const override {
        return Sequence{static_cast<std::uint64_t>(time.time_since_epoch().count())};
    }
    std::map<std::uint64_t, EntryPtr> entries;
    std::vector<Delivery> decided;  ///< what the journal holds, for reading back
    std::size_t stretch = 1'000;
    mutable std::size_t reads = 0;
};

class WordHistory final : public History {
public:
    [[nodiscard]] Recall judge(const Principal& principal, Sequence sequence,
                               const Hash256& its_root) override {
        who = principal.name;
        told = sequence;
        root = its_root;
        return says;
    }
    Recall says = Recall::Known;
    std::string who;
    Sequence told;
    Hash256 root{};
};

class WordDisk final : public DiskSpace {
public:
    [[nodiscard]] bool is_low() override { return low; }
    bool low = false;
};

inline Submission make_submission(const std::string& id) {
    Submission submission;
    submission.kind = EventKind::AppointmentBooked;
    submission.feed = "front-desk";
    submission.source_msg_id = id;
    submission.business_key = "front-desk|" + id;
    submission.identifiers = {{"CLINIC", "MR", "12345"}};
    submission.occurred_at = UtcTime{std::chrono::sys_days{std::chrono::year{2026} / 7 / 8}};
    submission.zone = "America/New_York";
    ObligationClaim claim;
    claim.obligation_class = ObligationClass::ClinicVisit;
    claim.status = ObligationStatus::Scheduled;
    claim.start = submission.occurred_at + std::chrono::hours{38} + std::chrono::minutes{5};
    claim.end = claim.start + std::chrono::minutes{20};
    claim.location = {"ROOM-4", "Room 4", false};
    claim.provider = {"D1", "Dr. Ames", "provider"};
    claim.owner_org = "Main Street Clinic";
    claim.filler_id = "F-" + id;
    claim.reason_code = "followup";
    submission.payload = claim;
    return submission;
}

/// One hub's door with a clinic (1), a court (2) and a case manager (3).
struct Door {
    static constexpr PartnerId kClinic{1};
    static constexpr PartnerId kCourt{2};
    static constexpr PartnerId kManager{3};

    HandClock clock;
    PlainFingerprints fingerprints;
    TableNames names;
    TableAlerts alerts;
    TableBacklog backlog;
    transport::MemoryPort port;
    transport::KeyTable keys;
    transport::Mailbox<InputBatch> inputs{4};
    transport::Mailbox<StaffQuestion> questions{2};
    WordHistory history;
    WordDisk disk;
    Gateway gateway{{port, clock, fingerprints, names, alerts, backlog, keys, inputs, questions,
                     &history, &disk},
                    {{}, 100, kUnknownTime, {}, {clinic(), court(), manager()}}};

    static Hash256 key_of(PartnerId id) {
        Hash256 key{};
        key.fill(static_cast<std::uint8_t>(id.value));
        return key;
    }
    static std::string user_id_of(PartnerId id) { return transport::to_z85(key_of(id)); }
    static Principal clinic() {
        return {kClinic, "clinic", PartnerKind::Clinic, StaffRole::Unset, key_of(kClinic), false};
    }
    static Principal court() {
        return {kCourt, "court", PartnerKind::Court, StaffRole::Unset, key_of(kCourt), false};
    }
    static Principal manager() {
        return {kManager,         "cm.lee", PartnerKind::Staff, StaffRole::CaseManager,
                key_of(kManager), false};
    }

    void step() { REQUIRE(gateway.step()); }

    void deliver(const std::string& connection, codec::FrameType type, const Result<Bytes>& slice) {
        REQUIRE(slice);
        port.deliver(connection, *codec::frame_of(type, *slice));
        step();
    }
    /// Opens a session and checks the Welcome.
    codec::Welcome open(const std::string& connection, PartnerId who, codec::Purpose purpose) {
        port.connect(connection, user_id_of(who));
        deliver(connection, codec::FrameType::Hello, codec::encode_hello({7, 1, purpose, "test"}));
        const auto welcome =
            codec::decode_welcome(only_slice(connection, codec::FrameType::Welcome));
        REQUIRE(welcome);
        REQUIRE(welcome->nonce == 7);
        return *welcome;
    }
    void submit(const std::string& connection, std::uint64_t ticket,
                const std::vector<Bytes>& slices) {
        codec::FrameWriter writer(codec::FrameType::Submit, ticket);
        for (const Bytes& slice : slices) {
            REQUIRE(writer.add(slice));
        }
        port.deliver(connection, writer.finish());
        step();
    }
    void submit_events(const std::string& connection, std::uint64_t ticket, std::size_t count) {
        std::vector<Bytes> slices;
        for (std::size_t i = 0; i < count; ++i) {
            slices.push_back(
                *codec::encode_submission(make_submission("e" + std::to_string(ticket + i))));
        }
        submit(connection, ticket, slices);
    }
    void subscribe(const std::string& connection, std::uint64_t after, std::uint32_t credit) {
        deliver(connection, codec::FrameType::Subscribe,
                codec::encode_subscribe({after, {}, false}));
        deliver(connection, codec::FrameType::Credit, codec::encode_credit({credit}));
    }

    struct Sent {
        codec::FrameType type;
        std::vector<Bytes> slices;
    };
    std::vector<Sent> take_all(const std::string& connection) {
        std::vector<Sent> all;
        for (const Bytes& bytes : port.take_sent(connection)) {
            const auto frame = codec::parse_frame(bytes);
            REQUIRE(frame);
            Sent sent{frame->type, {}};
            for (const ByteView slice : frame->slices) {
                sent.slices.emplace_back(slice.begin(), slice.end());
            }
            all.push_back(std::move(sent));
        }
        return all;
    }
    /// All but CaughtUp, which has its own tests.
    std::vector<Sent> take_sent(const std::string& connection) {
        std::vector<Sent> sent = take_all(connection);
        std::erase_if(sent,
                      [](const Sent& frame) { return frame.type == codec::FrameType::CaughtUp; });
        return sent;
    }
    Bytes only_slice(const std::string& connection, codec::FrameType type) {
        const auto sent = take_sent(connection);
        REQUIRE(sent.size() == 1);
        REQUIRE(sent[0].type == type);
        REQUIRE(sent[0].slices.size() == 1);
        return sent[0].slices[0];
    }
    codec::GoodbyeCode only_goodbye(const std::string& connection) {
        const auto goodbye =
            codec::decode_goodbye(only_slice(connection, codec::FrameType::Goodbye));
        REQUIRE(goodbye);
        return goodbye->code;
    }
    std::vector<Notice> take_notices(const std::string& connection) {
        std::vector<Notice> notices;
        for (const Sent& sent : take_sent(connection)) {
            REQUIRE(sent.type == codec::FrameType::Notices);
            for (const Bytes& slice : sent.slices) {
                const auto notice = codec::decode_notice(slice);
                REQUIRE(notice);
                notices.push_back(*notice);
            }
        }
        return notices;
    }
    std::vector<Input> take_inputs() {
        std::vector<Input> all;
        while (auto batch = inputs.try_pop()) {
            for (Input& input : *batch) {
                all.push_back(std::move(input));
            }
        }
        return all;
    }
    /// As take_inputs(), without the zones that come along.
    std::vector<Input> take_inputs(InputKind kind) {
        auto all = take_inputs();
        std::erase_if(all, [&](const Input& input) { return input.kind() != kind; });
        return all;
    }

    /// A released entry with one delivery of the clinic's event to `reader`.
    Released release_of(std::uint64_t sequence, PartnerId reader, std::uint64_t number,
                        Form form = Form::Full) {
        return release_of(make_submission("e" + std::to_string(sequence)), sequence, reader, number,
                          form);
    }
    /// One of more than 1 KiB.
    Released large_release_of(std::uint64_t sequence, PartnerId reader, std::uint64_t number) {
        Submission event = make_submission("e" + std::to_string(sequence));
        auto& claim = std::get<ObligationClaim>(event.payload);
        for (std::string* text : {&claim.location.name, &claim.provider.name, &claim.provider.id,
                                  &claim.accepted_by, &claim.reason_code}) {
            text->assign(kNameBytesMax, 'x');
        }
        return release_of(event, sequence, reader, number, Form::Full);
    }
    Released release_of(const Submission& event, std::uint64_t sequence, PartnerId reader,
                        std::uint64_t number, Form form) {
        auto entry = std::make_shared<Entry>();
        entry->sequence = {sequence};
        entry->input_kind = InputKind::Submission;
        entry->principal = kClinic;
        entry->event_kind = EventKind::AppointmentBooked;
        entry->input = *codec::encode_submission(event);
        Obligation obligation;
        obligation.id.value[0] = 0xab;
        obligation.last = entry->sequence;
        entry->decisions.obligations.push_back({ClientId{}, obligation});
        Released released;
        released.entries.push_back(entry);
        released.deliveries.push_back(delivery_of(sequence, reader, number, form));
        backlog.entries[sequence] = entry;
        return released;
    }
    static Delivery delivery_of(std::uint64_t sequence, PartnerId reader, std::uint64_t number,
                                Form form = Form::Full) {
        Delivery delivery;
        delivery.recipient = reader;
        delivery.number = number;
        delivery.state = DeliveryState::Queued;
        delivery.entry = {sequence};
        delivery.form = form;
        return delivery;
    }
};

}  // namespace carehub::gateway
