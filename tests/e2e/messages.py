"""Messages as Python values to FlatBuffers and back."""
import schema_code  # noqa: F401  (makes the generated package importable)

import flatbuffers
from carehub.wire import (Acknowledge, AnswerPart, Argument, CaughtUp, Command, CommandBody, Credit, Goodbye, Hash256, Heartbeat, Hello,
                          Identifier, Notice, Obligation, Payload, Place, Question, Receipt, Refusal, Submission,
                          Subscribe, Verdict, Welcome)

HEARING_SCHEDULED = 80
APPOINTMENT_BOOKED = 1
CLINIC_VISIT = 1
COURT_APPEARANCE = 4
SCHEDULED = 3
SECOND_PRECISION = 6
ADAPTER, WATCH, SEND, STAFF = 1, 2, 3, 4
ACCEPTED, DUPLICATE, REFUSED = 1, 2, 3
TO_RECIPIENTS, TO_NOBODY, WITHHELD = 1, 2, 3
TAKES_NOT, CONFIRMS = 1, 2  # outcomes of a Verdict
INVALID_FIELD = 21


def _table(builder, module, **fields):
    """Texts and bytes are written first, then the table with its fields; a function writes a struct in place."""
    ready = {key: builder.CreateString(value) if isinstance(value, str) else value for key, value in fields.items()}
    module.Start(builder)
    for key, value in ready.items():
        getattr(module, f"Add{key}")(builder, value(builder) if callable(value) else value)
    return module.End(builder)


def _finish(builder, root, identifier):
    builder.Finish(root, file_identifier=identifier)
    return bytes(builder.Output())


def command(body_name, module, **fields):
    """A Command of staff; a tuple among its fields is an Identifier: authority, type, value."""
    builder = flatbuffers.Builder(512)
    ready = {key: _table(builder, Identifier, **dict(zip(("Authority", "Type", "Value"), value)))
             if isinstance(value, tuple) else value for key, value in fields.items()}
    body = _table(builder, module, **ready)
    root = _table(builder, Command, Schema=1, BodyType=getattr(CommandBody.CommandBody, body_name), Body=body)
    return _finish(builder, root, b"CHCM")


def _simple(module, identifier, **fields):
    builder = flatbuffers.Builder(256)
    return _finish(builder, _table(builder, module, **fields), identifier)


def hello(nonce, purpose, version=1, last=None):
    """`last`: sequence and root of the last receipt that the client keeps."""
    told = {}
    if last:
        told = {"LastSequence": last[0], "LastRoot": lambda builder: Hash256.CreateHash256(builder, list(last[1]))}
    return _simple(Hello, b"CHHL", Nonce=nonce, ProtocolVersion=version, Purpose=purpose, Software="stranger", **told)


def credit(notices):
    return _simple(Credit, b"CHCR", Notices=notices)


def heartbeat(number):
    return _simple(Heartbeat, b"CHHB", Number=number)


def subscribe(after, history=False, since=0):
    return _simple(Subscribe, b"CHSU", After=after, History=history, Since=since)


def verdict(number, outcome, field="", words=""):
    builder = flatbuffers.Builder(256)
    told = {}
    if outcome == TAKES_NOT:
        told["Refusal"] = _table(builder, Refusal, Reason=INVALID_FIELD, Field=field, Fix=words)
    return _finish(builder, _table(builder, Verdict, Number=number, Outcome=outcome, **told), b"CHVD")


def acknowledge(number):
    return _simple(Acknowledge, b"CHAK", Number=number)


def goodbye(code):
    return _simple(Goodbye, b"CHBY", Code=code)


def question(ticket, name, arguments):
    builder = flatbuffers.Builder(256)
    tables = [_table(builder, Argument, Name=key, Value=value) for key, value in arguments.items()]
    name_at = builder.CreateString(name)
    Question.StartArgumentsVector(builder, len(tables))
    for table in reversed(tables):
        builder.PrependUOffsetTRelative(table)
    vector = builder.EndVector()
    return _finish(builder, _table(builder, Question, Ticket=ticket, Name=name_at, Arguments=vector), b"CHQU")


def obligation(event_id, *, kind=HEARING_SCHEDULED, obligation_class=COURT_APPEARANCE, person=("COURT", "CASE", "CR-1"),
               start_us=1_783_605_600_000_000, minutes=30, note="", schema=1, zone="America/New_York"):
    """A Submission about an appointment or hearing, with the fields that section 7 requires."""
    builder = flatbuffers.Builder(1024)
    authority, id_type, value = person
    identifier = _table(builder, Identifier, Authority=authority, Type=id_type, Value=value)
    Submission.StartIdentifiersVector(builder, 1)
    builder.PrependUOffsetTRelative(identifier)
    identifiers = builder.EndVector()
    place = _table(builder, Place, Id="ROOM-2")
    payload = _table(builder, Obligation, ObligationClass=obligation_class, Status=SCHEDULED, Start=start_us,
                     End=start_us + minutes * 60_000_000, Location=place, OwnerOrg="Stranger County", ReasonCode=note)
    root = _table(builder, Submission, Kind=kind, Schema=schema, Feed="stranger", SourceMsgId=event_id,
                  BusinessKey=f"stranger|{event_id}", Identifiers=identifiers, OccurredAt=start_us - 86_400_000_000,
                  OccurredPrecision=SECOND_PRECISION, Zone=zone, PayloadType=Payload.Payload.Obligation,
                  Payload=payload)
    return _finish(builder, root, b"CHEV")


def read_welcome(data):
    welcome = Welcome.Welcome.GetRootAs(data)
    return {"nonce": welcome.Nonce(), "session": welcome.Session(), "credit": welcome.SubmitCredit(),
            "principal": welcome.Principal().decode(), "resend": welcome.Resend()}


def read_receipt(data):
    receipt = Receipt.Receipt.GetRootAs(data)
    refusal = receipt.Refusal()
    root = receipt.Root()
    return {"ticket": receipt.Ticket(), "status": receipt.Status(), "sequence": receipt.Sequence(),
            "root": bytes(root.Bytes()) if root else bytes(32), "routed_to": receipt.RoutedTo(),
            "reason": refusal.Reason() if refusal else 0,
            "fix": (refusal.Fix() or b"").decode() if refusal else ""}


def read_notice(data):
    notice = Notice.Notice.GetRootAs(data)
    event = notice.Event()
    return {"number": notice.Number(), "kind": notice.Kind(), "form": notice.Form(),
            "attempt": notice.Attempt(), "first_number": notice.FirstNumber(), "history": notice.History(),
            "event_id": (notice.EventId() or b"").decode(), "client": (notice.Client() or b"").decode(),
            "source_msg_id": (event.SourceMsgId() or b"").decode() if event else "",
            "identifiers": [event.Identifiers(i).Value().decode() for i in range(event.IdentifiersLength())]
            if event else []}


def read_heartbeat(data):
    return Heartbeat.Heartbeat.GetRootAs(data).Number()


def read_checkpoint(data):
    heartbeat = Heartbeat.Heartbeat.GetRootAs(data)
    return (heartbeat.Checkpoint() or b"").decode(), (heartbeat.CheckpointKey() or b"").decode()


def read_caught_up(data):
    return CaughtUp.CaughtUp.GetRootAs(data).Number()


def read_goodbye(data):
    return Goodbye.Goodbye.GetRootAs(data).Code()


def read_answer(data):
    part = AnswerPart.AnswerPart.GetRootAs(data)
    refusal = part.Refusal()
    return {"ticket": part.Ticket(), "more": part.More(), "reason": refusal.Reason() if refusal else 0,
            "lines": [part.Lines(i).decode() for i in range(part.LinesLength())]}
