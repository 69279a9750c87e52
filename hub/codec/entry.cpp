#include "hub/codec/entry.hpp"

#include "hub/codec/entry_tables.hpp"
#include "hub/codec/wire_buffer.hpp"

namespace carehub::codec {

namespace {

template <class T>
std::size_t size_of(const T& /*scalar*/) {
    return 0;
}
template <class T>
std::size_t size_of(const std::vector<T>& records) {
    return records.size();
}

Status check_size(const Decisions& decisions) {
    const std::size_t records =
        std::apply([](const auto&... field) { return (size_of(field) + ...); },
                   Wire<Decisions>::fields(decisions));
    if (records > kDecisionRecordsMax) {
        return fail(ErrorCode::Invalid, "decisions hold more records than fit into one buffer");
    }
    return {};
}

/// The view lives until this thread writes something else.
template <class Record>
Result<ByteView> write_stored(const Record& record, const Decisions& decisions,
                              const char* identifier) {
    CAREHUB_TRY_DONE(check_size(decisions));
    const ByteView bytes = write_root(builder_of_thread(), record, identifier);
    if (bytes.size() > kStoredBytesMax) {
        return fail(ErrorCode::Invalid, "an entry or snapshot part is above its bound as encoded");
    }
    return bytes;
}

template <class Table>
Result<const Table*> stored_root(const AlignedBytes& bytes, const char* identifier,
                                 std::string_view what) {
    const auto* root = verified_root<Table>(bytes.view(), identifier, kStoredVerifyBounds);
    if (root == nullptr) {
        return fail(ErrorCode::Damaged, std::string(what) + ": the buffer does not verify");
    }
    return root;
}

template <class Record, class Table>
Result<Record> read_stored(const Table& root, std::string_view what) {
    Result<Record> record;  // filled where the caller has it: decisions are large
    Reader reader(kStoredReadBounds);
    if (!reader.table(root, *record)) {
        Error error = to_error(what, std::move(reader).refusal());
        error.code = ErrorCode::Damaged;
        record = tl::unexpected<Error>(std::move(error));
    }
    return record;
}

}  // namespace

Result<Bytes> encode_entry(const Entry& entry) {
    CAREHUB_TRY(const ByteView bytes,
                write_stored(entry, entry.decisions, record::EntryIdentifier()));
    return Bytes(bytes.begin(), bytes.end());
}

Result<Entry> decode_entry(ByteView buffer) {
    const AlignedBytes aligned(buffer);
    CAREHUB_TRY(const auto* const root,
                stored_root<record::Entry>(aligned, record::EntryIdentifier(), "entry"));
    return read_stored<Entry>(*root, "entry");
}

Result<Sealing> decode_sealing(ByteView entry_buffer) {
    const AlignedBytes aligned(entry_buffer);
    CAREHUB_TRY(const auto* const root,
                stored_root<record::Entry>(aligned, record::EntryIdentifier(), "entry"));
    Sealing sealing;
    if (root->subject() != nullptr) {
        sealing.subject.value = Struct<Hash128>::from_wire(*root->subject());
    }
    if (root->sealed_hash() != nullptr) {
        sealing.hash = Struct<Hash256>::from_wire(*root->sealed_hash());
    }
    const auto* decisions = root->decisions();
    if (decisions != nullptr && decisions->erasures() != nullptr) {
        CAREHUB_TRY(const Decisions told, read_stored<Decisions>(*decisions, "entry"));
        for (const Erasure& erasure : told.erasures) {
            sealing.erased.insert(sealing.erased.end(), erasure.subjects.begin(),
                                  erasure.subjects.end());
        }
    }
    return sealing;
}

Result<Decisions> decode_decisions_only(ByteView entry_buffer) {
    const AlignedBytes aligned(entry_buffer);
    CAREHUB_TRY(const auto* const root,
                stored_root<record::Entry>(aligned, record::EntryIdentifier(), "entry"));
    if (root->decisions() == nullptr) {
        return Decisions{};
    }
    return read_stored<Decisions>(*root->decisions(), "entry");
}

Result<Bytes> encode_decisions(const Decisions& part) {
    CAREHUB_TRY(const ByteView bytes, write_stored(part, part, record::DecisionsIdentifier()));
    return Bytes(bytes.begin(), bytes.end());
}

Result<Decisions> decode_decisions(ByteView buffer) {
    const AlignedBytes aligned(buffer);
    CAREHUB_TRY(const auto* const root,
                stored_root<record::Decisions>(aligned, record::DecisionsIdentifier(), "snapshot"));
    return read_stored<Decisions>(*root, "snapshot");
}

}  // namespace carehub::codec
