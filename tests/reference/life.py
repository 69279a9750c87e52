"""The life of an alert (domain/10, ISA-18.2): raise, repeat, clear, reopen, acknowledge, shelve, latch, close."""

from days import DAY, HOUR

ALL = "*"
OPEN = ("Raised", "Acknowledged", "Shelved")
REOPEN_WITHIN = 24 * HOUR
FORGOTTEN_AFTER = 30 * DAY
GRAVITY = {"Low": 0, "Medium": 1, "High": 2, "Critical": 3}
SHELVE_MAX = {"Critical": 4 * HOUR, "High": 7 * DAY, "Medium": 14 * DAY, "Low": 30 * DAY}


class Alert:
    __slots__ = ("rule", "subject", "keys", "severity", "act_by", "material", "latched", "informing", "program",
                 "minutes", "state", "raised", "cleared", "shelved", "reopened", "outcome")

    def __init__(self, finding):
        self.rule, self.subject, self.act_by = finding.rule, finding.subject, finding.act_by
        self.take(finding)
        self.state, self.raised, self.cleared, self.shelved, self.reopened = "Normal", 0, 0, 0, 0
        self.outcome = None  # with which a person closed it

    def take(self, finding):
        self.keys, self.severity, self.material = finding.keys, finding.severity, finding.material
        self.latched, self.informing, self.program = finding.latched, finding.informing, finding.program
        self.minutes = finding.minutes


def settle(alerts, findings, now, corrected=None, sees=lambda keys: True):
    """Brings the alerts of one client up to date; the next time at which they change by themselves.

    `corrected`: the key of the record that this step takes back; ALL when the client died.
    `sees`: whether the owner may see all records of those keys; who may not gets no alert.
    """
    holds = {(f.rule, f.subject): f for f in findings}
    current = {}
    for alert in alerts:
        if not alert.cleared or now - alert.cleared <= REOPEN_WITHIN:
            current[(alert.rule, alert.subject)] = alert
    shelves_over = [a for a in alerts if a.state == "Shelved" and a.shelved <= now]
    for key, finding in holds.items():
        known = current.get(key)
        if finding.held and (known is None or known.cleared):
            continue
        if known is None:
            known = Alert(finding)
            alerts.append(known)
            _raise(known, now, sees)
        else:
            _repeat(known, finding, now, sees)
    for alert in alerts:
        if not alert.cleared and (alert.rule, alert.subject) not in holds:
            _clear(alert, now, corrected)
    for alert in shelves_over:
        if alert.state == "Shelved":
            alert.state, alert.raised = "Raised", now
    return min((a.shelved for a in alerts if a.state == "Shelved"), default=1 << 60)


def _raise(alert, now, sees):
    if sees(alert.keys):
        alert.state, alert.raised = "Raised", now
    else:
        alert.state = "Suppressed"


def _clear(alert, now, corrected):
    taken_back = corrected == ALL or corrected in alert.keys or not alert.keys
    if alert.latched and alert.state in OPEN and not taken_back:
        return
    alert.cleared = now  # what a person closed went away too: it may come back
    if alert.state == "Raised":
        alert.state = "ClearedUnseen"
    elif alert.state != "Closed":
        alert.state = "Closed"


def _repeat(alert, finding, now, sees):
    graver = GRAVITY[finding.severity] > GRAVITY[alert.severity]
    news = finding.material != alert.material or graver
    adds = finding.material != alert.material and not set(finding.keys) < set(alert.keys)
    went_on = not alert.cleared
    act_by = alert.act_by if went_on and not news else finding.act_by  # it runs from the raise
    if graver and alert.state == "Shelved":
        alert.shelved = min(alert.shelved, now + SHELVE_MAX[finding.severity])
    alert.take(finding)
    alert.act_by = act_by
    if alert.state == "Suppressed":
        _raise(alert, now, sees)
        if alert.state == "Raised":
            alert.act_by = finding.act_by
    elif alert.state in OPEN:
        if not sees(alert.keys):
            alert.state = "Suppressed"
        elif (news and alert.state == "Acknowledged") or (adds and alert.state == "Shelved"):
            alert.state, alert.raised = "Raised", now
    elif not went_on or news:
        alert.cleared = 0
        alert.outcome = None
        alert.reopened += 1
        _raise(alert, now, sees)


def act(alert, verb, now, until=0, outcome=None):
    """A person acts; False when the state or the bounds do not allow it."""
    if verb == "ack":
        if alert.state == "ClearedUnseen":
            alert.state = "Closed"
        elif alert.state == "Raised":
            alert.state = "Closed" if alert.informing else "Acknowledged"
        else:
            return False
    elif verb == "shelve":
        if alert.state not in OPEN or until <= now or until - now > SHELVE_MAX[alert.severity]:
            return False
        alert.state, alert.shelved = "Shelved", until
    elif verb == "close":
        if alert.state == "Closed" or outcome is None:
            return False
        alert.state, alert.outcome = "Closed", outcome
    return True
