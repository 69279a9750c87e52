#include "hub/daemon/sweeper.hpp"

#include <string>

#include "hub/base/log.hpp"

namespace carehub::daemon {

Result<bool> Sweeper::has_work() {
    if (newest_.value == 0) {
        return false;
    }
    if (!swept_) {
        CAREHUB_TRY(swept_, journal_.dropped_for());
    }
    return *swept_ < newest_;
}

Status Sweeper::step() {
    CAREHUB_TRY(const bool due, has_work());
    if (!due) {
        return {};
    }
    if (aim_.value == 0) {
        aim_ = newest_;
        next_ = {1};
    }
    const auto is_gone = [this](ByteView sealed) { return vault_.is_destroyed(sealed); };
    const auto done = journal_.drop_sealed(next_, kSweepStepBytes, is_gone);
    if (!done) {
        return done.error().code == ErrorCode::Full ? Status{}
                                                    : Status(tl::unexpected<Error>(done.error()));
    }
    parts_ += done->parts;
    bytes_ += done->bytes;
    if (done->next) {
        next_ = *done->next;
        return {};
    }
    return finish();
}

Status Sweeper::finish() {
    const Status marked = journal_.set_dropped_for(aim_);
    if (!marked) {
        return marked.error().code == ErrorCode::Full ? Status{} : marked;
    }
    swept_ = aim_;
    aim_ = {};
    log::info("hub", std::to_string(parts_) +
                         " sealed inputs of erased people are taken out of the " +
                         "journal: room for " + std::to_string(bytes_ >> 10U) + " KiB of new ones");
    parts_ = 0;
    bytes_ = 0;
    return {};
}

}  // namespace carehub::daemon
