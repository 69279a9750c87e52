"""What the load generators read of receipts and notices, straight from the FlatBuffers, and Verdict.

A few fields by their ids in schemas/receipt.fbs and notice.fbs: some 50 times quicker than the generated
code, which tests/e2e uses.
"""
import struct

import paths  # noqa: F401

import flatbuffers

_U16 = struct.Struct("<H").unpack_from
_I32 = struct.Struct("<i").unpack_from
_U32 = struct.Struct("<I").unpack_from
_I64 = struct.Struct("<q").unpack_from
_U64 = struct.Struct("<Q").unpack_from

VERDICT = 16  # frame type
OCCURRED_AT = 6  # field of a Submission
REFUSED, CONFIRMED = 1, 2
TEMPORARY = {8: "LaneParked", 9: "Overloaded", 10: "Paused", 11: "DiskLow"}


def _root(data):
    return _U32(data, 0)[0]


def _at(data, table, field):
    """Position of a field, 0 when absent."""
    vtable = table - _I32(data, table)[0]
    slot = 4 + 2 * field
    if slot >= _U16(data, vtable)[0]:
        return 0
    offset = _U16(data, vtable + slot)[0]
    return table + offset if offset else 0


def _indirect(at, data):
    return at + _U32(data, at)[0]


class ReceiptFields:
    __slots__ = ("ticket", "status", "sequence", "reason", "root")


def receipt(data):
    out, root = ReceiptFields(), _root(data)
    at = _at(data, root, 0)
    out.ticket = _U64(data, at)[0] if at else 0
    at = _at(data, root, 1)
    out.status = data[at] if at else 0
    at = _at(data, root, 2)
    out.sequence = _U64(data, at)[0] if at else 0
    at = _at(data, root, 3)
    out.root = bytes(data[at : at + 32]) if at else b""
    at = _at(data, root, 4)
    out.reason = 0
    if at:
        refusal = _indirect(at, data)
        at = _at(data, refusal, 0)
        out.reason = _U16(data, at)[0] if at else 0
    return out


class NoticeFields:
    __slots__ = ("number", "occurred_at", "attempt", "first_number", "history")


def notice(data):
    out, root = NoticeFields(), _root(data)
    at = _at(data, root, 0)
    out.number = _U64(data, at)[0] if at else 0
    at = _at(data, root, 6)
    out.occurred_at = None
    if at:
        event = _indirect(at, data)
        at = _at(data, event, OCCURRED_AT)
        out.occurred_at = _I64(data, at)[0] if at else None
    at = _at(data, root, 9)
    out.attempt = data[at] if at else 0
    at = _at(data, root, 10)
    out.first_number = _U64(data, at)[0] if at else 0
    at = _at(data, root, 11)
    out.history = bool(data[at]) if at else False
    return out


def hello(nonce, purpose, last_sequence, last_root):
    """A Hello that tells the receipt with the highest sequence this client keeps."""
    from carehub.wire import Hash256, Hello

    builder = flatbuffers.Builder(256)
    software = builder.CreateString("stranger")
    Hello.Start(builder)
    Hello.AddNonce(builder, nonce)
    Hello.AddProtocolVersion(builder, 1)
    Hello.AddPurpose(builder, purpose)
    Hello.AddSoftware(builder, software)
    if last_sequence:
        Hello.AddLastSequence(builder, last_sequence)
        Hello.AddLastRoot(builder, Hash256.CreateHash256(builder, list(last_root)))
    builder.Finish(Hello.End(builder), file_identifier=b"CHHL")
    return bytes(builder.Output())


def verdict(number, outcome, reason=0, field="", words=""):
    """A Verdict: `words` are the recipient's own."""
    from carehub.wire import Refusal, Verdict  # generated for a schema that has it

    builder = flatbuffers.Builder(256)
    refusal = None
    if reason:
        field_at, words_at = builder.CreateString(field), builder.CreateString(words)
        Refusal.Start(builder)
        Refusal.AddReason(builder, reason)
        Refusal.AddField(builder, field_at)
        Refusal.AddFix(builder, words_at)
        refusal = Refusal.End(builder)
    Verdict.Start(builder)
    Verdict.AddNumber(builder, number)
    Verdict.AddOutcome(builder, outcome)
    if refusal is not None:
        Verdict.AddRefusal(builder, refusal)
    builder.Finish(Verdict.End(builder), file_identifier=b"CHVD")
    return bytes(builder.Output())
