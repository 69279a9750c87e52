"""The reference model: plays a history, a tuple a step, and tells the alerts that stand in the end."""

import datetime

import consent
import days
import life
import rules
from casefile import CaseFile


class Model:
    """`known`: the known differences (known_differences.json) in which the model follows the product."""

    def __init__(self, start, known=frozenset()):
        self.known = known
        self.now, self.step = start, 0
        self.calendar = days.Calendar()
        self.places, self.cases, self.refused = {}, {}, []
        self.messages = set()

    def play(self, line):
        self.step += 1
        getattr(self, "_" + line[0])(*line[1:])

    def _now(self, time):
        while True:
            due = [(c.wake, c.name) for c in self.cases.values() if c.wake is not None and c.wake <= time]
            if not due:
                break
            wake, name = min(due)
            self.now = max(self.now, wake)
            self._settle(self.cases[name])
        self.now = max(self.now, time)

    def _client(self, name, owner, transport, model):
        case = CaseFile(name, owner, transport, model)
        self.cases[name] = case
        self._settle(case)

    def _closed(self, date):
        self.calendar.closed.add(days.number(datetime.date.fromisoformat(date)))

    def _place(self, partner, code, site, city, program):
        self.places[(partner, code)] = (site, city, program)

    def _event(self, partner, client, kind, occurred, words):
        if kind == "ConsentGranted" and consent.lacks_end(words):
            self.refused.append(self.step)
            return
        if (partner, words["message"]) in self.messages:
            return  # the same message again
        self.messages.add((partner, words["message"]))
        case = self.cases[client]
        corrected = case.tell(partner, kind, occurred, words, self.now, self.places)
        self._settle(case, corrected)

    def _act(self, person, verb, rule, client, subject, words):
        case = self.cases[client]
        alert = self.find(case, rule, subject)
        if alert is None or not life.act(alert, verb, self.now, words.get("until", 0), words.get("outcome")):
            self.refused.append(self.step)
            return
        if words.get("outcome") == "NotAProblem" and verb == "close" and rule == "ClientDeceased" and not alert.cleared:
            case.deceased = None
        self._settle(case)

    @staticmethod
    def find(case, rule, subject):
        found = None
        for alert in case.alerts:
            if alert.rule == rule and all(key in alert.keys for key in subject):
                found = alert
        return found

    def _settle(self, case, corrected=None):
        view = rules.View(case, self.now, self.calendar, self.places, self.known)
        findings = rules.evaluate(view)
        for finding in findings:
            if finding.rule == "ClientUnavailable":  # each commitment by itself: one unseen does not hide the others
                seen = tuple(k for k in finding.keys if k in case.stays or consent.sees(case, k, view))
                finding.keys = seen if len(seen) > 1 else finding.keys
        by_life = life.settle(case.alerts, findings, self.now, life.ALL if case.deceased is not None else corrected,
                              lambda keys: all(consent.sees(case, key, view) for key in keys))
        wake = min(view.wake, by_life)
        case.wake = wake if wake < days.FOREVER else None

    def show(self):
        """As compare.py reads it from the hub."""
        alerts = []
        for case in self.cases.values():
            for a in case.alerts:
                alerts.append({"client": case.name, "rule": a.rule, "keys": sorted(a.keys), "state": a.state,
                               "severity": a.severity, "act_by": a.act_by, "raised": a.raised, "cleared": a.cleared,
                               "shelved": a.shelved if a.state == "Shelved" else 0, "reopened": a.reopened, "latched": a.latched,
                               "minutes": a.minutes})
        return {"refused": list(self.refused), "alerts": alerts}
