"""The audit tree seen from outside: heads witnessed earlier, and the roots that receipts told."""
import sqlite3
import struct

_SLOT = struct.Struct("<8sIIQ16sQ32sI")  # hub/journal/FORMAT.md, ledger
_SLOT_BYTES = 4096


def ledger_head(data):
    """(id of the journal, size, root) of the newest slot; None without a ledger."""
    try:
        raw = (data / "journal.ledger").read_bytes()
    except FileNotFoundError:
        return None
    slots = [_SLOT.unpack_from(raw, at) for at in (0, _SLOT_BYTES)
             if len(raw) >= at + _SLOT.size and raw[at : at + 8] == b"CHLEDGER"]
    if not slots:
        return None
    _, _, _, _, journal, size, root, _ = max(slots, key=lambda slot: slot[3])
    return journal, size, root


def write_checkpoint(path, head):
    journal, size, root = head
    path.write_text(f"carehub checkpoint 1\njournal {journal.hex()}\nsize {size}\nroot {root.hex()}\n"
                    "at 2026-01-01T00:00:00Z\n")
    return path


def check_heads(hub, heads, findings):
    """Each head that was witnessed while the hub ran is one the journal still has."""
    for head in heads:
        if head[1] == 0:
            continue
        verdict = hub.verify(write_checkpoint(hub.data.parent / "checkpoint", head))
        if not verdict["ok"]:
            findings.broken("tree", f"the head of size {head[1]}: {verdict['problem']}")


def check_receipts(data, book, findings):
    """The root of every receipt is the one the journal recorded for a block from its entry on."""
    database = sqlite3.connect(f"file:{data}/journal.db?mode=ro", uri=True)
    try:
        blocks = database.execute("SELECT first + count - 1, root FROM block ORDER BY first").fetchall()
    finally:
        database.close()
    last_of_root = {bytes(root): last for last, root in blocks}
    for sequence, root in book.roots.items():
        last = last_of_root.get(root)
        if last is None or last < sequence:
            findings.broken("tree", f"the root told with entry {sequence} is not one of the journal's")
