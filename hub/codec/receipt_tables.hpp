// The fields of a Receipt, in the order of schemas/receipt.fbs.
#pragma once

#include "hub/codec/limits.hpp"
#include "hub/codec/wire_table.hpp"
#include "hub/model/receipt.hpp"
#include "schemas/receipt_generated.h"

namespace carehub::codec {

template <>
struct Wire<Refusal> {
    using Table = wire::Refusal;
    static auto fields(auto& r) {
        return fields_of(r.reason, text(r.field, kFreeTextBytesMax),
                         text(r.fix, kFreeTextBytesMax));
    }
};

template <>
struct Wire<Receipt> {
    using Table = wire::Receipt;
    static auto fields(auto& r) {
        return fields_of(r.ticket, r.status, r.sequence, r.root, r.refusal, r.routed_to);
    }
};

}  // namespace carehub::codec
