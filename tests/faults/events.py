"""Submissions by number, made by writing over one encoded template: a microsecond each instead of 400.

The number of an event is told in `occurred_at`, which every reader of the full form sees, so that a
notice can be matched with the event it tells of.
"""
import struct
import time

import paths  # noqa: F401  (makes tests/e2e importable)

import messages  # makes the generated code importable
import flatbuffers
from carehub.wire import Identifier, Obligation, Party, Payload, Place, Submission

DAY_US = 86_400_000_000
PAST_S = 3600  # events of a run are told to have happened within the hour before it
FIRST_DAY = 70  # ahead of now: beyond the horizon of conflicts, so that no rule has work
TEXT_BYTES = 250  # within the bound of names
SLOTS = 8  # appointments of a person that its events speak of

_LONG = struct.Struct("<q")
_MARK_ID = "e900000000001"
_MARK_KEY = "k900000000002"
_MARK_PERSON = "P-90000003"
_MARK_START = 1_234_567_890_123_456


class Template:
    """One hearing; a fat one has long texts and some 2 KiB."""

    def __init__(self, fat=False):
        encoded = _fat() if fat else messages.obligation(
            _MARK_ID, person=("COURT", "CASE", _MARK_PERSON), start_us=_MARK_START)
        self.bytes = bytearray(encoded)
        key = encoded.index(b"stranger|" + _MARK_ID.encode()) + len(b"stranger|")
        ids = [at for at in _all(encoded, _MARK_ID.encode()) if at != key]
        assert len(ids) == 1, "an id stands once in a submission"
        self.id_at, self.key_at = ids[0], key
        self.person_at = encoded.index(_MARK_PERSON.encode())
        self.occurred_at = encoded.index(_LONG.pack(_MARK_START - DAY_US))
        self.start_at = encoded.index(_LONG.pack(_MARK_START))
        self.end_at = encoded.index(_LONG.pack(_MARK_START + 30 * 60_000_000))

    def event(self, number, person, base_us, source=None):
        """`source` is the partner's id of it, when it is not the number's own."""
        out = self.bytes
        slot = number % SLOTS
        start = base_us + (FIRST_DAY + slot) * DAY_US + (number // SLOTS) % 600 * 60_000_000
        out[self.id_at : self.id_at + 13] = (source or source_id(number)).encode()
        out[self.key_at : self.key_at + 13] = b"k%06d%06d" % (person, slot)
        out[self.person_at : self.person_at + 10] = person_id(person).encode()
        _LONG.pack_into(out, self.occurred_at, base_us + number)
        _LONG.pack_into(out, self.start_at, start)
        _LONG.pack_into(out, self.end_at, start + 30 * 60_000_000)
        return bytes(out)


def _fat():
    """messages.obligation() with every text of the payload at length."""
    builder = flatbuffers.Builder(4096)
    table, text = messages._table, "x" * TEXT_BYTES
    party = table(builder, Party, Id=text, Name=text)
    place = table(builder, Place, Id=text, Name=text)
    payload = table(builder, Obligation, ObligationClass=messages.COURT_APPEARANCE, Status=messages.SCHEDULED,
                    Start=_MARK_START, End=_MARK_START + 30 * 60_000_000, Location=place, Provider=party, OwnerOrg=text,
                    PlacerId=text, FillerId=text, ParentId=text, ReasonCode=text, AcceptedBy=text)
    identifier = table(builder, Identifier, Authority="COURT", Type="CASE", Value=_MARK_PERSON)
    Submission.StartIdentifiersVector(builder, 1)
    builder.PrependUOffsetTRelative(identifier)
    identifiers = builder.EndVector()
    root = table(builder, Submission, Kind=messages.HEARING_SCHEDULED, Schema=1, Feed="stranger", SourceMsgId=_MARK_ID,
                 BusinessKey=f"stranger|{_MARK_ID}", Identifiers=identifiers, OccurredAt=_MARK_START - DAY_US,
                 OccurredPrecision=messages.SECOND_PRECISION, Zone="America/New_York",
                 PayloadType=Payload.Payload.Obligation, Payload=payload)
    return messages._finish(builder, root, b"CHEV")


def base_now():
    return (int(time.time()) - PAST_S) * 1_000_000


def source_id(number):
    return f"e{number:012d}"


def person_id(person):
    return f"P-{person:08d}"


def _all(data, part):
    at = data.find(part)
    while at >= 0:
        yield at
        at = data.find(part, at + 1)
