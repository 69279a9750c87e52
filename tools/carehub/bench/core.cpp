#include "tools/carehub/bench/core.hpp"

#include <unistd.h>

#include "hub/audit/hash.hpp"
#include "hub/base/check.hpp"
#include "hub/codec/command.hpp"
#include "hub/codec/submission.hpp"
#include "hub/core/machine.hpp"
#include "hub/gateway/input_maker.hpp"
#include "hub/rules/registry.hpp"
#include "tools/carehub/bench/accounts.hpp"
#include "tools/carehub/bench/events.hpp"
#include "tools/carehub/bench/world.hpp"
#include "tools/carehub/output.hpp"

namespace carehub::tool::bench {
namespace {

constexpr std::uint64_t kChunk = 4'096;
constexpr const char* kAdmin = "admin";

/// Keyed hashes without a key: as uniform, and nobody's secret.
class BareFingerprints final : public gateway::Fingerprints {
public:
    [[nodiscard]] SubjectHash subject(const Identifier& identifier) const override {
        return {hash({identifier.authority, identifier.type, identifier.value})};
    }
    [[nodiscard]] SourceId source(PartnerId partner, std::string_view feed,
                                  std::string_view id) const override {
        return {hash({std::to_string(partner.value), feed, id})};
    }
    [[nodiscard]] Hash128 business_key(PartnerId partner, std::string_view key) const override {
        return key.empty() ? Hash128{} : hash({std::to_string(partner.value), key});
    }
    [[nodiscard]] Hash128 body(ByteView bytes) const override { return hash({as_text(bytes)}); }
    [[nodiscard]] ConsentId consent(const SubjectHash& client,
                                    std::string_view document) const override {
        return {hash({as_text(ByteView(client.value)), document})};
    }
    [[nodiscard]] ClientId client(std::string_view roster_name) const override {
        return {hash({roster_name})};
    }

private:
    [[nodiscard]] Hash128 hash(std::initializer_list<std::string_view> parts) const {
        for (const std::string_view part : parts) {
            hasher_.update(as_bytes(part));
            hasher_.update(as_bytes("\n"));
        }
        const Hash256 whole = hasher_.finish();
        Hash128 half{};
        std::copy_n(whole.begin(), half.size(), half.begin());
        return half;
    }

    mutable audit::Sha256 hasher_;
};

/// A machine with a publisher, a subscriber, and clients that have consented.
class Bench {
public:
    explicit Bench(const Options& options) : options_(options) { session_.number = 1; }

    Status set_up() {
        CAREHUB_TRY_DONE(command(admin_command()));
        CAREHUB_TRY_DONE(decide());
        speak_as(kAdmin);
        CAREHUB_TRY_DONE(
            command(partner_command(Events::publisher_name(0), PartnerKind::Clinic, key_of(1))));
        CAREHUB_TRY_DONE(command(
            partner_command(Events::subscriber_name(0), PartnerKind::HousingProvider, key_of(2))));
        for (std::uint64_t client = 0; client < options_.clients; ++client) {
            CAREHUB_TRY_DONE(command(roster_command(client)));
            CAREHUB_TRY_DONE(add(Events::consent(client)));
            CAREHUB_TRY_DONE(client % kChunk == 0 ? decide() : Status{});
            print_progress("clients", client + 1, options_.clients);
        }
        CAREHUB_TRY_DONE(decide());
        speak_as(Events::publisher_name(0));
        spent_ = Micros{0};
        return {};
    }

    /// Made now, decided with the next decide().
    Status add(const Submission& event) {
        CAREHUB_TRY(const ByteView slice, encoder_.encode(event));
        maker_.submission(session_, 1, slice, inputs_);
        return {};
    }

    Status decide() {
        RefusalReason refused = RefusalReason::None;
        const Micros begin = clock_.steady();
        for (std::size_t next = 0; next < inputs_.size(); ++next) {
            machine_.expect(inputs_, next);
            const core::Outcome outcome = machine_.step(inputs_[next]);
            refused = outcome.receipt.status == ReceiptStatus::Refused
                          ? outcome.receipt.refusal.reason
                          : refused;
        }
        spent_ += clock_.steady() - begin;
        inputs_.clear();
        if (refused != RefusalReason::None) {
            return fail(ErrorCode::Invalid,
                        "an input was refused: " + std::string(name_of(refused)));
        }
        return {};
    }

    [[nodiscard]] double spent_s() const { return std::chrono::duration<double>(spent_).count(); }
    [[nodiscard]] const core::State& state() const { return machine_.state(); }

private:
    [[nodiscard]] static Hash256 key_of(std::uint8_t number) {
        Hash256 key{};
        key.fill(number);
        return key;
    }

    [[nodiscard]] static PartnerCommand admin_command() {
        PartnerCommand admin = partner_command(kAdmin, PartnerKind::Staff, key_of(3));
        admin.role = StaffRole::Operator;
        return admin;
    }

    void speak_as(const std::string& name) {
        const core::State& state = machine_.state();
        const Partner* partner = state.partner_named(state.symbol(name));
        CAREHUB_CHECK(partner != nullptr, "it was added a moment ago");
        session_.principal = partner->id;
    }

    Status command(const CommandBody& body) {
        CAREHUB_TRY(const Bytes slice, codec::encode_command(body));
        maker_.command(session_, 1, slice, inputs_);
        return {};
    }

    Options options_;
    SystemClock clock_;
    BareFingerprints fingerprints_;
    gateway::Stamp stamp_{clock_, kUnknownTime};
    gateway::InputMaker maker_{fingerprints_, stamp_};
    gateway::Session session_;
    codec::SubmissionEncoder encoder_;
    core::Machine machine_{rules::all_rules()};
    gateway::InputBatch inputs_;
    Micros spent_{0};
};

Result<Events> make_events(const Options& options) {
    return Events::create(options, std::chrono::floor<std::chrono::days>(SystemClock().now()));
}

}  // namespace

Result<boost::json::object> measure_core(const Options& options) {
    CAREHUB_TRY(const Events events, make_events(options));
    Bench bench(options);
    CAREHUB_TRY_DONE(bench.set_up());
    for (std::uint64_t index = 0; index < options.events; ++index) {
        CAREHUB_TRY_DONE(bench.add(events.event(index)));
        CAREHUB_TRY_DONE(index % kChunk == 0 ? bench.decide() : Status{});
        print_progress("events", index + 1, options.events);
    }
    CAREHUB_TRY_DONE(bench.decide());
    const auto count = static_cast<double>(options.events);
    return boost::json::object{
        {"clients", options.clients},
        {"events", options.events},
        {"decisions_per_s", static_cast<std::uint64_t>(count / bench.spent_s())},
        {"ns_per_event", static_cast<std::uint64_t>(bench.spent_s() * 1e9 / count)},
        {"alerts", bench.state().alert_clients.size()}};
}

Result<boost::json::object> measure_state(std::uint64_t clients, std::uint64_t obligations) {
    Options options;
    options.clients = clients;
    options.events = clients * obligations;
    CAREHUB_TRY(const Events events, make_events(options));
    const std::uint64_t before = resident_bytes_of(::getpid());
    Bench bench(options);
    CAREHUB_TRY_DONE(bench.set_up());
    for (std::uint64_t index = 0; index < options.events; ++index) {
        CAREHUB_TRY_DONE(bench.add(events.booking(index)));
        CAREHUB_TRY_DONE(index % kChunk == 0 ? bench.decide() : Status{});
        print_progress("events", index + 1, options.events);
    }
    CAREHUB_TRY_DONE(bench.decide());
    const std::uint64_t bytes = resident_bytes_of(::getpid()) - before;
    return boost::json::object{{"clients", clients},
                               {"obligations", obligations},
                               {"state_bytes", bytes},
                               {"bytes_per_client", bytes / clients},
                               {"ids_remembered", bench.state().inbox.size()},
                               {"ids_bytes", bench.state().inbox.memory_bytes()}};
}

}  // namespace carehub::tool::bench
