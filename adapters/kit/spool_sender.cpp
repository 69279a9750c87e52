#include "adapters/kit/spool_sender.hpp"

#include <algorithm>

#include "hub/base/log.hpp"

namespace carehub::adapters {
namespace {

std::string key_of(const Identifier& identifier) {
    return identifier.authority + '\x1f' + identifier.type + '\x1f' + identifier.value;
}

/// By ordinal, as the file has no lines of its own; never with what the record says.
Finding routed_to_nobody(const std::string& file, std::uint32_t ordinal) {
    return {file, 0, "identifiers",
            "routed_to_nobody: event " + std::to_string(ordinal) +
                " of the file concerns nobody the hub knows; look whether its person is in the "
                "roster under these identifiers"};
}

}  // namespace

SpoolSender::SpoolSender(Parts parts) : parts_(std::move(parts)) {
    parts_.link.tell_last_receipt(parts_.receipts.last());
}

Status SpoolSender::send() {
    CAREHUB_TRY_DONE(end_wait());
    if (all_wait_) {
        return {};
    }
    next_ = std::max(next_, parts_.spool.first_pending());
    while (parts_.link.credit() > 0 && next_ < parts_.spool.next()) {
        const std::uint64_t number = next_++;
        if (parts_.spool.is_pending(number)) {
            CAREHUB_TRY_DONE(send_item(number));
        }
    }
    return {};
}

/// When the wait is over, what waited goes first and in order, before anything new.
Status SpoolSender::end_wait() {
    if (waiting_.empty() || parts_.clock.steady() < retry_at_) {
        return {};
    }
    all_wait_ = false;
    parked_.clear();
    std::set<std::uint64_t> again;
    again.swap(waiting_);
    while (!again.empty() && parts_.link.credit() > 0) {
        const std::uint64_t number = *again.begin();
        again.erase(again.begin());
        if (parts_.spool.is_pending(number)) {
            CAREHUB_TRY_DONE(send_item(number));
        }
    }
    if (!again.empty()) {  // no credit left: the rest keeps its place before what is new
        waiting_.insert(again.begin(), again.end());
        all_wait_ = true;
    }
    return {};
}

Status SpoolSender::send_item(std::uint64_t number) {
    CAREHUB_TRY(const Bytes bytes, parts_.spool.read(number));
    CAREHUB_TRY(SpooledEvent event, unpack(bytes));
    CAREHUB_TRY(const Submission submission, parts_.decode(event.submission));
    if (shares_parked_identifier(submission)) {
        waiting_.insert(number);
        return {};
    }
    const Sent sent{number, std::move(event.file), event.ordinal, submission.raw_sha256};
    const Status submitted = parts_.link.submit(++ticket_, submission);
    if (!submitted && submitted.error().code == ErrorCode::Invalid) {
        return refuse(sent, {RefusalReason::TooLarge, "", "Shorten the record's texts and lists."});
    }
    CAREHUB_TRY_DONE(submitted);
    in_flight_[ticket_] = sent;
    return {};
}

bool SpoolSender::shares_parked_identifier(const Submission& submission) const {
    return !parked_.empty() &&
           std::ranges::any_of(submission.identifiers, [&](const Identifier& identifier) {
               return parked_.contains(key_of(identifier));
           });
}

Status SpoolSender::take(const LinkNews& news) {
    if (news.reconnected) {
        CAREHUB_TRY_DONE(begin_session(news.resend));
    }
    // Told first: a crash may tell it twice but never lose it.
    CAREHUB_TRY_DONE(tell_routed_to_nobody(news.receipts));
    for (const Receipt& receipt : news.receipts) {
        CAREHUB_TRY_DONE(take_receipt(receipt));
    }
    return remember_receipts();
}

Status SpoolSender::begin_session(bool resend) {
    in_flight_.clear();
    waiting_.clear();
    parked_.clear();
    all_wait_ = false;
    if (resend) {
        const std::uint64_t before = parts_.spool.pending();
        CAREHUB_TRY_DONE(parts_.spool.begin_again());
        // Only now: with the old receipt the hub would ask again, which is the lesser harm.
        CAREHUB_TRY_DONE(parts_.receipts.forget());
        parts_.link.tell_last_receipt({});
        log::warning("adapter", "the hub was restored from a backup: " +
                                    std::to_string(parts_.spool.pending() - before) +
                                    " events it may have lost are sent again");
    }
    next_ = parts_.spool.first_pending();
    return {};
}

Status SpoolSender::tell_routed_to_nobody(const std::vector<Receipt>& receipts) {
    std::vector<Finding> findings;
    for (const Receipt& receipt : receipts) {
        const auto sent = in_flight_.find(receipt.ticket);
        if (receipt.routed_to == RoutedTo::Nobody && sent != in_flight_.end()) {
            findings.push_back(routed_to_nobody(sent->second.file, sent->second.ordinal));
        }
    }
    return findings.empty() ? Status{} : parts_.tell_findings(findings);
}

Status SpoolSender::remember_receipts() {
    parts_.link.tell_last_receipt(parts_.receipts.last());
    if (parts_.clock.steady() < save_receipt_at_) {
        return {};
    }
    save_receipt_at_ = parts_.clock.steady() + kReceiptSaveInterval;
    return parts_.receipts.save();
}

Status SpoolSender::take_receipt(const Receipt& receipt) {
    const auto found = in_flight_.find(receipt.ticket);
    if (found == in_flight_.end()) {
        return {};  // of the session before: the item has been sent again
    }
    const Sent sent = std::move(found->second);
    in_flight_.erase(found);
    switch (receipt.status) {
        case ReceiptStatus::Accepted:
        case ReceiptStatus::Duplicate: parts_.counts.add_taken(receipt); break;
        case ReceiptStatus::Refused:
            return is_retryable(receipt.refusal.reason)
                       ? retry_later(sent.number, receipt.refusal.reason)
                       : refuse(sent, receipt.refusal);
        case ReceiptStatus::Unset:
            return fail(ErrorCode::Invalid, "the hub sent a receipt without a status");
    }
    if (parts_.tell_event) {
        CAREHUB_TRY_DONE(parts_.tell_event(sent.raw_sha256, receipt.sequence));
    }
    parts_.receipts.note(receipt);
    if (waiting_.empty()) {
        retry_wait_ = kRetryFirst;
    }
    return parts_.spool.acknowledge(sent.number);
}

Status SpoolSender::retry_later(std::uint64_t number, RefusalReason reason) {
    if (waiting_.empty() || parts_.clock.steady() >= retry_at_) {
        retry_at_ = parts_.clock.steady() + retry_wait_;
        retry_wait_ = std::min<Micros>(retry_wait_ * 2, kRetryLongest);
        log::info("adapter", "the hub asks to wait: " + std::string(name_of(reason)));
    }
    waiting_.insert(number);
    if (reason != RefusalReason::LaneParked) {
        all_wait_ = true;
        return {};
    }
    CAREHUB_TRY(const Bytes bytes, parts_.spool.read(number));
    CAREHUB_TRY(const SpooledEvent event, unpack(bytes));
    CAREHUB_TRY(const Submission submission, parts_.decode(event.submission));
    for (const Identifier& identifier : submission.identifiers) {
        parked_.insert(key_of(identifier));
    }
    return {};
}

Status SpoolSender::refuse(const Sent& sent, const Refusal& refusal) {
    parts_.counts.add_refusal(refusal.reason);
    CAREHUB_TRY_DONE(parts_.tell_refusal(
        {sent.file, 0, refusal,
         "the hub refused event " + std::to_string(sent.ordinal) + " of the file"}));
    return parts_.spool.acknowledge(sent.number);
}

}  // namespace carehub::adapters
