"""The frame of PROTOCOL.md section 5: 16 bytes of header, then slices padded to 8."""
import enum
import struct

HEADER = struct.Struct("<2sBBHHQ")
SLICE = struct.Struct("<II")


class Type(enum.IntEnum):
    HELLO = 1
    WELCOME = 2
    SUBMIT = 3
    RECEIPTS = 4
    CREDIT = 5
    HEARTBEAT = 6
    HEARTBEAT_REPLY = 7
    SUBSCRIBE = 8
    NOTICES = 9
    ACKNOWLEDGE = 10
    COMMAND = 11
    QUESTION = 12
    ANSWER = 13
    GOODBYE = 14
    CAUGHT_UP = 15
    VERDICT = 16


def write(kind, slices, first_ticket=0):
    parts = [HEADER.pack(b"CH", 1, kind, len(slices), 0, first_ticket)]
    for one in slices:
        parts += [SLICE.pack(len(one), 0), one, bytes(-len(one) % 8)]
    return b"".join(parts)


def read(data):
    """(type, first ticket, slices); a ValueError when the bytes are no frame."""
    if len(data) < HEADER.size:
        raise ValueError("shorter than a header")
    magic, version, kind, count, reserved, first_ticket = HEADER.unpack_from(data)
    if (magic, version, reserved) != (b"CH", 1, 0):
        raise ValueError("not a frame of version 1")
    offset, slices = HEADER.size, []
    for _ in range(count):
        length, zero = SLICE.unpack_from(data, offset)
        begin = offset + SLICE.size
        if zero or begin + length > len(data):
            raise ValueError("a slice does not fit")
        slices.append(bytes(data[begin : begin + length]))
        offset = begin + length + -length % 8
    if offset != len(data):
        raise ValueError("something follows the last slice")
    return Type(kind), first_ticket, slices
