#include "adapters/kit/ordered_events.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <queue>
#include <tuple>

#include "adapters/kit/limits.hpp"
#include "adapters/kit/sealed_stream.hpp"

namespace carehub::adapters {
namespace {

using Item = OrderedEvents::Item;

/// Numbers of the runs' streams: no kind's own file has so high a one.
constexpr std::uint64_t kRunStreams = std::uint64_t{1} << 39;
constexpr std::string_view kRunPrefix = "events-";
constexpr std::string_view kRunSuffix = ".run";
/// What an item takes beside its bytes, roughly.
constexpr std::size_t kItemOverheadBytes = sizeof(Item) + 64;

bool comes_before(const Item& a, const Item& b) {
    return std::tie(a.order.at, a.order.rank, a.id) < std::tie(b.order.at, b.order.rank, b.id);
}

void put_number(Bytes& bytes, std::uint64_t number, std::size_t size) {
    static_assert(std::endian::native == std::endian::little);
    const auto raw = std::bit_cast<std::array<std::uint8_t, sizeof number>>(number);
    bytes.insert(bytes.end(), raw.begin(), raw.begin() + static_cast<std::ptrdiff_t>(size));
}

/// time (8), rank (1), length of the id (4) and of the event (4), id, event.
constexpr std::size_t kHeadBytes = 17;

void put_item(Bytes& bytes, const Item& item) {
    put_number(bytes, static_cast<std::uint64_t>(item.order.at.time_since_epoch().count()), 8);
    put_number(bytes, item.order.rank, 1);
    put_number(bytes, item.id.size(), 4);
    put_number(bytes, item.encoded.size(), 4);
    bytes.insert(bytes.end(), item.id.begin(), item.id.end());
    bytes.insert(bytes.end(), item.encoded.begin(), item.encoded.end());
}

std::uint64_t number_at(const Bytes& bytes, std::size_t at, std::size_t size) {
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < size; ++i) {
        number |= std::uint64_t{bytes[at + i]} << (8 * i);
    }
    return number;
}

/// The items of one run, in order.
class Run {
public:
    explicit Run(SealedReader reader) : reader_(std::move(reader)) {}

    /// False at the end.
    Result<bool> next(Item& item) {
        CAREHUB_TRY(const bool more, fill(kHeadBytes));
        if (!more) {
            return false;
        }
        const auto at = static_cast<std::int64_t>(number_at(bytes_, at_, 8));
        item.order = {UtcTime{Micros{at}}, bytes_[at_ + 8]};
        const std::size_t id = number_at(bytes_, at_ + 9, 4);
        const std::size_t event = number_at(bytes_, at_ + 13, 4);
        CAREHUB_TRY(const bool whole, fill(kHeadBytes + id + event));
        if (!whole) {
            return fail(ErrorCode::Damaged, "a run of events is cut short");
        }
        const auto from = bytes_.begin() + static_cast<std::ptrdiff_t>(at_ + kHeadBytes);
        const auto middle = from + static_cast<std::ptrdiff_t>(id);
        item.id.assign(from, middle);
        item.encoded.assign(middle, middle + static_cast<std::ptrdiff_t>(event));
        at_ += kHeadBytes + id + event;
        return true;
    }

private:
    Result<bool> fill(std::size_t wanted) {
        while (bytes_.size() - at_ < wanted) {
            CAREHUB_TRY(const Bytes more, reader_.next());
            if (more.empty()) {
                return false;
            }
            bytes_.erase(bytes_.begin(), bytes_.begin() + static_cast<std::ptrdiff_t>(at_));
            at_ = 0;
            bytes_.insert(bytes_.end(), more.begin(), more.end());
        }
        return true;
    }

    SealedReader reader_;
    Bytes bytes_;
    std::size_t at_ = 0;
};

}  // namespace

OrderedEvents::OrderedEvents(const FeedDesk* desk) : desk_(desk) { remove_runs(); }

OrderedEvents::~OrderedEvents() { remove_runs(); }

/// Also those that a reading left which was killed.
void OrderedEvents::remove_runs() const {
    std::vector<std::filesystem::path> runs;
    std::error_code ignored;
    if (desk_ != nullptr) {
        for (const auto& entry : std::filesystem::directory_iterator(desk_->folder, ignored)) {
            const std::string name = entry.path().filename().string();
            if (name.starts_with(kRunPrefix) && name.ends_with(kRunSuffix)) {
                runs.push_back(entry.path());
            }
        }
    }
    for (const auto& run : runs) {
        std::filesystem::remove(run, ignored);
    }
}

std::filesystem::path OrderedEvents::run_path(std::size_t run) const {
    return desk_->folder /
           (std::string(kRunPrefix) + std::to_string(run) + std::string(kRunSuffix));
}

Status OrderedEvents::add(EventOrder order, Submission event) {
    Item item{order, event.source_msg_id, nullptr, {}};
    if (desk_ == nullptr) {
        item.event = std::make_unique<Submission>(std::move(event));
    } else {
        auto encoded = desk_->encode(event);
        if (!encoded || encoded->size() > kEventBytesMax) {
            return fail(ErrorCode::Invalid, "an event does not fit a submission");
        }
        item.encoded = std::move(*encoded);
        bytes_ += item.encoded.capacity() + item.id.size() + kItemOverheadBytes;
    }
    items_.push_back(std::move(item));
    return bytes_ < kOrderedRunBytes ? Status{} : put_aside();
}

Status OrderedEvents::put_aside() {
    std::vector<const Item*> sorted;
    sorted.reserve(items_.size());
    for (const Item& item : items_) {
        sorted.push_back(&item);
    }
    std::ranges::sort(sorted, [](const Item* a, const Item* b) { return comes_before(*a, *b); });
    CAREHUB_TRY(SealedWriter writer,
                SealedWriter::create(run_path(runs_), kRunStreams + runs_, *desk_->sealing));
    ++runs_;
    Bytes bytes;
    for (const Item* item : sorted) {
        bytes.clear();
        put_item(bytes, *item);
        CAREHUB_TRY_DONE(writer.write(bytes));
    }
    items_.clear();
    bytes_ = 0;
    return writer.finish(StreamKept::Temporarily);
}

Status OrderedEvents::merge() {
    std::vector<Run> runs;
    std::vector<Item> heads(runs_);
    const auto later = [&](std::size_t a, std::size_t b) {
        return comes_before(heads[b], heads[a]);
    };
    std::priority_queue<std::size_t, std::vector<std::size_t>, decltype(later)> queue(later);
    for (std::size_t run = 0; run < runs_; ++run) {
        CAREHUB_TRY(SealedReader reader,
                    SealedReader::open(run_path(run), kRunStreams + run, *desk_->sealing));
        runs.emplace_back(std::move(reader));
        CAREHUB_TRY(const bool more, runs[run].next(heads[run]));
        if (more) {
            queue.push(run);
        }
    }
    while (!queue.empty()) {
        const std::size_t run = queue.top();
        queue.pop();
        CAREHUB_TRY_DONE(desk_->spool(std::move(heads[run].encoded)));
        CAREHUB_TRY(const bool more, runs[run].next(heads[run]));
        if (more) {
            queue.push(run);
        }
    }
    return {};
}

Result<std::vector<Submission>> OrderedEvents::take() {
    std::vector<Submission> events;
    if (runs_ > 0) {
        if (!items_.empty()) {
            CAREHUB_TRY_DONE(put_aside());
        }
        std::vector<Item>().swap(items_);
        CAREHUB_TRY_DONE(merge());
        return events;
    }
    std::ranges::sort(items_, comes_before);
    for (Item& item : items_) {
        if (desk_ == nullptr) {
            events.push_back(std::move(*item.event));
        } else {
            CAREHUB_TRY_DONE(desk_->spool(std::move(item.encoded)));
        }
    }
    items_.clear();
    return events;
}

}  // namespace carehub::adapters
