"""Who may see an event (domain/08, 13-decisions), written from those pages: the answer, its rule and what it rests on.

The pages say what a right needs. Where they leave open which of several reasons is told, the reading is: a victim's
protection before part 2, and of several consents that would fit but for one thing, one for another purpose before one
that has ended before one that was revoked.
"""

import datetime
import zoneinfo

PART2, DV_PROTECTED, LOCATION_PROTECTED = 1, 32, 64
JUSTICE = ("court", "supervision", "jail")
PROVIDERS = ("clinic", "hospital")
TPO = ("Treatment", "Payment", "Operations", "CareCoordination")  # 45 CFR 164.501: operations include coordination
RELEASE_DAYS = 30  # domain/08: "max 30 days default"
FORMS = ("Full", "Reduced", "BusyOnly")
EPOCH = datetime.date(1970, 1, 1)
REASONS = ("purpose", "expired", "revoked", "endless", "none")
MUST_END = ("Part2Specific", "CriminalJusticeReferral")  # 2.31(a)(7), 2.35(b)
PART2_RULES = {"none": "NoPart2Consent", "revoked": "Part2ConsentRevoked", "expired": "Part2ConsentExpired",
               "purpose": "Part2ConsentPurpose", "endless": "Part2ConsentEndless"}
REFERRAL_RULES = {"none": "NoReferral", "revoked": "ReferralRevoked", "expired": "ReferralExpired",
                  "purpose": "ReferralPurpose", "endless": "ReferralEndless"}
VICTIM_RULES = {"none": "NoVictimRelease", "revoked": "VictimReleaseRevoked", "expired": "VictimReleaseExpired",
                "purpose": "VictimReleasePurpose"}
JUSTICE_RULES = {"none": "NoJusticeConsent", "revoked": "JusticeConsentRevoked", "expired": "JusticeConsentExpired",
                 "purpose": "JusticeConsentPurpose"}
DEFAULT_RULES = {"none": "NothingCovers", "revoked": "AuthorizationRevoked", "expired": "AuthorizationExpired"}


def local_day(zone, seconds):
    """The day it is where the client lives, counted from 1970."""
    if not zone:
        return seconds // 86400
    return (datetime.datetime.fromtimestamp(seconds, zoneinfo.ZoneInfo(zone)).date() - EPOCH).days


def opens_part2(consent, recipient_kind):
    """2.31(d): never for proceedings; 2.35: the criminal justice system by a referral, and nobody else by one; 2.31(a)(4):
    a consent to treatment, payment and operations names providers and those who help them."""
    if consent["purpose"] == "Legal":
        return False
    if recipient_kind in JUSTICE:
        return consent["kind"] == "CriminalJusticeReferral"
    return consent["kind"] == "Part2Specific" or (
        consent["kind"] == "Part2Tpo" and recipient_kind in PROVIDERS + ("staff",))


def opens_victim(consent, _recipient_kind):
    return consent["kind"] == "VawaRelease"


def opens_other(consent, recipient_kind):
    """What nothing protects: any written word of the client, but a release (for victims) and what is not for such a one."""
    if consent["kind"] == "CriminalJusticeReferral":
        return recipient_kind in JUSTICE
    if consent["kind"] == "Part2Tpo":
        return recipient_kind in PROVIDERS + ("staff",)
    return consent["kind"] != "VawaRelease"


def serves(consent, purpose):
    """2.31(a)(5): "at the request of the patient" is purpose enough, but nothing opens proceedings that does not say so."""
    if purpose is None or consent["purpose"] == purpose:
        return True
    if purpose == "Legal":
        return False
    return consent["purpose"] == "ClientRequest" or (consent["kind"] == "Part2Tpo" and purpose in TPO)


class World:
    """The rights of one client: consents, agreements, who treats them, where they live."""

    def __init__(self, told):
        self.zone, self.partners, self.treating = told["zone"], told["partners"], set(told["treating"])
        self.consents, self.agreements = told["consents"], told["agreements"]

    def names_discloser(self, named, discloser):
        return named in (discloser, self.partners[discloser])

    def names_recipient(self, named, recipient):
        kind = self.partners[recipient]
        return named in (recipient, "owner" if kind == "staff" else kind)

    def designates(self, consent, recipient):
        """2.31(a)(4)(ii): a general designation means participants who treat the client."""
        if recipient in consent["recipients"]:
            return True
        if not any(self.names_recipient(named, recipient) for named in consent["recipients"]):
            return False
        kind = self.partners[recipient]
        return not consent["general"] or kind == "staff" or (kind in PROVIDERS and recipient in self.treating)

    def state_of(self, consent, today, now):
        if consent["revoked"] is not None and consent["revoked"] <= now:
            return "revoked"
        expires = consent["expires"]
        if expires is None and consent["kind"] == "VawaRelease":
            expires = consent["signed"] + RELEASE_DAYS
        if expires is not None and today >= expires:
            return "expired"
        if consent["kind"] in MUST_END and expires is None and not consent["ends_upon_event"]:
            return "endless"
        return "active" if consent["signed"] <= today else "none"

    def find(self, asked, opens, purpose):
        """The first consent that opens it, counted from 1, or the nearest reason why none does."""
        reasons = set()
        for number, consent in enumerate(self.consents, 1):
            if not (self.names_discloser(consent["discloser"], asked.discloser)
                    and self.designates(consent, asked.recipient) and opens(consent, asked.recipient_kind)):
                continue
            if consent["kinds"] and asked.kind not in consent["kinds"]:
                continue
            if consent["scope_from"] is not None and asked.occurred < consent["scope_from"]:
                continue
            if consent["scope_to"] is not None and asked.occurred > consent["scope_to"]:
                continue
            state = self.state_of(consent, asked.today, asked.now)
            if state == "active" and serves(consent, purpose):
                return number, None
            reasons.add("purpose" if state == "active" else state)
        return 0, next((reason for reason in REASONS if reason in reasons), "none")

    def covers(self, agreement, asked):
        return (self.names_discloser(agreement["discloser"], asked.discloser)
                and self.names_recipient(agreement["recipient"], asked.recipient)
                and (not agreement["kinds"] or asked.kind in agreement["kinds"])
                and agreement["from"] <= asked.today <= agreement["until"])

    def under(self, asked, agreement):
        """The answer under that agreement, or under none: (form, rule, consent, agreement)."""
        purpose = agreement["purpose"] if agreement else None
        is_justice = asked.recipient_kind in JUSTICE
        victim, part2 = asked.labels & DV_PROTECTED, asked.labels & PART2
        release = consent = 0
        if victim:
            release, reason = self.find(asked, opens_victim, purpose)
            if not release:
                return denied(VICTIM_RULES.get(reason, "NoVictimRelease"))
        if part2:
            if purpose == "Legal":
                return denied("LegalPurpose")
            consent, reason = self.find(asked, opens_part2, purpose)
            if not consent:
                return denied((REFERRAL_RULES if is_justice else PART2_RULES)[reason])
        if is_justice and not victim and not part2:
            consent, reason = self.find(asked, opens_other, purpose)
            if not consent:
                return denied(JUSTICE_RULES.get(reason, "NoJusticeConsent"))
        if is_justice and not agreement:
            return denied("NoJusticeAgreement")
        if not is_justice and not victim and not part2:
            consent, reason = self.find(asked, opens_other, purpose)
            if not agreement and not consent:
                return denied(DEFAULT_RULES.get(reason, "NothingCovers"))
        rule = self.rule(victim, part2, is_justice, agreement, consent)
        form = agreement["form"] if agreement else "Full"
        if asked.labels & (DV_PROTECTED | LOCATION_PROTECTED):
            form = max(form, "Reduced", key=FORMS.index)
        return form, rule, consent or release, agreement["number"] if agreement else 0

    def rule(self, victim, part2, is_justice, agreement, consent):
        if victim and part2:
            return "VictimReleaseAndReferral" if is_justice else "VictimReleaseAndPart2Consent"
        if victim:
            return "VictimRelease"
        if part2:
            kind = self.consents[consent - 1]["kind"]
            return {"Part2Tpo": "Part2Tpo", "CriminalJusticeReferral": "JusticeReferral"}.get(kind, "Part2Consent")
        if is_justice:
            return "AgreementAndConsent"
        return "Agreement" if agreement else "Authorization"

    def permit(self, asked):
        first = None
        for agreement in self.agreements:
            if self.covers(agreement, asked):
                answer = self.under(asked, agreement)
                if answer[0] != "Unset":
                    return answer
                first = first or answer
        return first or self.under(asked, None)


class Asked:
    """One event, towards one recipient, at one time."""

    def __init__(self, world, kind, labels, discloser, recipient, occurred, now):
        self.kind, self.labels, self.discloser, self.recipient, self.now = kind, labels, discloser, recipient, now
        self.recipient_kind = world.partners[recipient]
        self.occurred, self.today = local_day(world.zone, occurred), local_day(world.zone, now)


def denied(rule):
    return "Unset", rule, 0, 0
