#include "tools/carehub/bench/dialect.hpp"

#include <cstring>

#include "hub/codec/notice.hpp"
#include "hub/codec/receipt.hpp"
#include "hub/codec/submission.hpp"
#include "tools/carehub/bench/floor_bytes.hpp"

namespace carehub::tool::bench {
namespace {

class HubDialect final : public Dialect {
public:
    explicit HubDialect(Events events) : events_(std::move(events)) {}

    [[nodiscard]] Result<Bytes> event(std::uint64_t index) override {
        CAREHUB_TRY(const ByteView slice, encoder_.encode(events_.event(index)));
        return Bytes(slice.begin(), slice.end());
    }

    [[nodiscard]] Result<SeenReceipt> receipt(ByteView slice) const override {
        CAREHUB_TRY(const Receipt receipt, codec::decode_receipt(slice));
        if (receipt.status != ReceiptStatus::Accepted) {
            return fail(ErrorCode::Invalid, "an event was not accepted: " +
                                                std::string(name_of(receipt.refusal.reason)) + " " +
                                                receipt.refusal.field);
        }
        return SeenReceipt{receipt.ticket, receipt.sequence.value};
    }

    [[nodiscard]] Result<SeenNotice> notice(ByteView slice) const override {
        CAREHUB_TRY(const Notice notice, codec::decode_notice(slice));
        const auto index = events_.index_of(notice.event.occurred_at);
        if (!index) {
            return fail(ErrorCode::Invalid, "a notice speaks of no event of this run");
        }
        return SeenNotice{*index, notice.number};
    }

private:
    Events events_;
    codec::SubmissionEncoder encoder_;
};

class FloorDialect final : public Dialect {
public:
    explicit FloorDialect(std::size_t size_bytes) : size_bytes_(size_bytes) {}

    [[nodiscard]] Result<Bytes> event(std::uint64_t index) override {
        return floor_event(index, size_bytes_);
    }

    [[nodiscard]] Result<SeenReceipt> receipt(ByteView slice) const override {
        if (slice.size() != kFloorReceiptBytes) {
            return fail(ErrorCode::Invalid, "a receipt of another size");
        }
        return SeenReceipt{word_at(slice, 0), word_at(slice, sizeof(std::uint64_t))};
    }

    [[nodiscard]] Result<SeenNotice> notice(ByteView slice) const override {
        if (slice.size() != size_bytes_) {
            return fail(ErrorCode::Invalid, "a notice of another size than the event's");
        }
        return SeenNotice{word_at(slice, 0), 0};
    }

private:
    std::size_t size_bytes_;
};

}  // namespace

Result<std::unique_ptr<Dialect>> make_dialect(Wire wire, const Options& options, UtcTime base) {
    if (wire == Wire::Floor) {
        return std::unique_ptr<Dialect>(std::make_unique<FloorDialect>(options.size_bytes));
    }
    CAREHUB_TRY(Events events, Events::create(options, base));
    return std::unique_ptr<Dialect>(std::make_unique<HubDialect>(std::move(events)));
}

}  // namespace carehub::tool::bench
