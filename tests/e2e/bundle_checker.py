"""Checks an exported trail as hub/audit/BUNDLE.md says, with nothing of the hub's code: a second opinion."""
import base64
import hashlib
import json

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

DASH = "\u2014 "
ESCAPES = {"\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\"}


class Wrong(Exception):
    """The bundle does not hold; `entry` is where, when it is one entry's fault."""

    def __init__(self, why, entry=None):
        super().__init__(why)
        self.entry = entry


def need(condition, why, entry=None):
    if not condition:
        raise Wrong(why, entry)


def unbase64(text):
    return base64.b64decode(text, validate=True)


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


class Key:
    def __init__(self, text):
        self.name, identity, rest = text.split("+", 2)
        material = unbase64(rest)
        need(material[0] == 1 and len(material) == 33, "not an Ed25519 key")
        self.id = sha256(self.name.encode(), b"\n", material)[:4]
        need(self.id.hex() == identity, "the key's id is another one")
        self.public = Ed25519PublicKey.from_public_bytes(material[1:])

    def open(self, note):
        text, lines = note.rsplit("\n\n", 1)
        text += "\n"
        for line in lines.splitlines():
            name, signature = line.removeprefix(DASH).split(" ")
            raw = unbase64(signature)
            if line.startswith(DASH) and name == self.name and raw[:4] == self.id:
                try:
                    self.public.verify(raw[4:], text.encode())
                except InvalidSignature:
                    raise Wrong("a signature is not over its text") from None
                return text
        raise Wrong("a note is not signed by the key")

    def checkpoint(self, note):
        name, size, root, time, rest = self.open(note).split("\n", 4)
        need(name == self.name and not rest and time.startswith("time "), "not a checkpoint of this journal")
        return {"size": int(size), "root": unbase64(root), "time": time.removeprefix("time ")}


def node(left, right):
    return sha256(b"\x01", left, right)


def root_of_inclusion(index, size, leaf, path):
    """RFC 9162, 2.1.3.2."""
    need(index < size, "no such leaf")
    fn, sn, r = index, size - 1, leaf
    for p in path:
        need(sn != 0, "a path is too long")
        if fn & 1 or fn == sn:
            r = node(p, r)
            while not fn & 1 and fn != 0:
                fn, sn = fn >> 1, sn >> 1
        else:
            r = node(r, p)
        fn, sn = fn >> 1, sn >> 1
    need(sn == 0, "a path is too short")
    return r


def check_consistency(first, second, path):
    """RFC 9162, 2.1.4.2."""
    if first["size"] == second["size"]:
        return need(not path and first["root"] == second["root"], "two roots of one size")
    need(0 < first["size"] < second["size"] and path, "no proof of growth")
    if first["size"] & (first["size"] - 1) == 0:
        path = [first["root"], *path]
    fn, sn = first["size"] - 1, second["size"] - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = path[0]
    for c in path[1:]:
        need(sn != 0, "a path is too long")
        if fn & 1 or fn == sn:
            fr, sr = node(c, fr), node(c, sr)
            while not fn & 1 and fn != 0:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = node(sr, c)
        fn, sn = fn >> 1, sn >> 1
    need(sn == 0 and fr == first["root"] and sr == second["root"], "what was written before has changed")


def quoted(text):
    return '"' + "".join(ESCAPES.get(c) or (c if c >= " " else f"\\u00{ord(c):02x}") for c in text) + '"'


def check(document, key_told=None):
    """The number of entries that hold; raises Wrong."""
    bundle = json.loads(document)
    need(bundle["format"] == "carehub trail bundle 1", "another format")
    need(key_told in (None, bundle["key"]), "another key")
    key = Key(bundle["key"])
    checkpoint = key.checkpoint(bundle["checkpoint"])
    if "since" in bundle:
        check_consistency(key.checkpoint(bundle["since"]["checkpoint"]), checkpoint,
                          [unbase64(h) for h in bundle["since"]["consistency"]])
    words, last = hashlib.sha256(), 0
    for entry in bundle["entries"]:
        number = entry["entry"]
        need(number > last, "out of order", number)
        last = number
        leaf = sha256(b"\x00", unbase64(entry["stored"]))
        path = [unbase64(h) for h in entry["inclusion"]]
        try:
            root = root_of_inclusion(number - 1, checkpoint["size"], leaf, path)
        except Wrong as wrong:
            raise Wrong(str(wrong), number) from None
        need(root == checkpoint["root"], "not the journal's bytes", number)
        words.update(f"entry {number} {base64.b64encode(leaf).decode()}\n".encode())
        for step in entry["trail"]:
            need("\n" not in step, "a step of several lines", number)
            words.update(step.encode() + b"\n")
    need(key.open(bundle["statement"]) ==
         f"carehub trail statement 1\njournal {key.name}\nclient {quoted(bundle['client'])}\n"
         f"size {checkpoint['size']}\nroot {base64.b64encode(checkpoint['root']).decode()}\n"
         f"time {checkpoint['time']}\nentries {len(bundle['entries'])}\n"
         f"sha256 {base64.b64encode(words.digest()).decode()}\n", "the words are not those the hub signed")
    return len(bundle["entries"])
