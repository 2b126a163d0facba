"""Made-up exports in the layouts of a RingCentral call log and a Twilio message log; the same seed, the same text."""

import csv
import io
import random
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

RINGCENTRAL_DETAILED = (
    "Type,CallId,SessionId,Leg,Direction,From,To,Extension,Forwarded To,Name,Date,Time,Action,Action Result,"
    "Result Description,Duration,Included,Purchased,Site,Attachment"
)
TWILIO_NEW = "From,To,Body,Status,SentDate,ApiVersion,NumSegments,ErrorCode,AccountSid,Sid,Direction,Price,PriceUnit"
TWILIO_OLD = "Body,Status,SentDate,ApiVersion,NumSegments,AccountSid,Sid,Direction,From,To,Price,PriceUnit"
FIRST_NAMES = ("Ana", "Bo", "Carla", "Dmitri", "Esi", "Farid", "Grace", "Hugo", "Ines", "José", "Kofi", "Lena")
LAST_NAMES = ("Ruiz", "O'Neil", "Okafor", "Petrov", "Nguyễn", "Smith", "García", "Haddad", "Lindqvist", "Moreau")
TEXTS = (
    "Hi, I need a refill of my lisinopril, I have two days left.",
    "Calling about my lab results from Tuesday.",
    "Can I move my appointment on Friday to next week?",
    "I have had a fever of 102 since last night and a stiff neck.",
    "My chest hurts and I can't breathe, please call me.",
    "Thanks, got it!",
    "The pharmacy says they need a prior authorization.\nCan you call them?",
    'She said "take two", is that right; or was it one, twice a day?',
    "Necesito hablar con la enfermera, por favor. Mañana está bien.",
    "",
)
_NEWEST = datetime(2026, 11, 23, 15, 30, tzinfo=UTC)
_ZONE = ZoneInfo("America/New_York")


def ringcentral_detailed(rows: int, seed: int) -> str:
    """Return a detailed call log of `rows` rows after the header: masters, legs, both directions, every result.

    The name is not escaped inside its quotes, as in the real export.
    """
    chance = random.Random(seed)  # noqa: S311  # made-up data, not secrets
    lines = [",".join(f'"{name}"' for name in RINGCENTRAL_DETAILED.split(","))]
    master = 0
    while len(lines) <= rows:
        master += 1
        left_at = (_NEWEST - timedelta(seconds=master * 97 + chance.randrange(60))).astimezone(_ZONE)
        date, time = f"{left_at:%a} {left_at.month}/{left_at.day}/{left_at.year}", f"{left_at:%I:%M:%S %p}".lstrip("0")
        incoming = chance.random() < 0.8
        result = chance.choice(
            ("Voicemail", "Voicemail", "Missed", "Hang Up", "Accepted") if incoming else ("Call connected", "No Answer")
        )
        number = _number(chance)
        duration = f"{chance.randrange(5):d}:{chance.randrange(60):02d}"
        caller = "" if chance.random() < 0.1 else number
        desk = "(212) 555-0100"
        direction, sender, receiver = ("Incoming", caller, desk) if incoming else ("Outgoing", desk, number)
        lines.append(
            f"Voice,K{seed}x{master:08d},S{master},Leg-master,{direction},{sender},{receiver},101 - Front desk,,"
            f'"{_caller_name(chance)}",{date},{time},Phone Call,{result},,{duration},0,0,Main - 1,'
        )
        for leg in range(1, 1 + chance.randrange(3)):
            if len(lines) <= rows:
                lines.append(
                    f',,,Leg-{leg},{direction},{sender},,101 - Front desk,,"",{date},{time},FindMe,Missed,,0:12,0,0,-,'
                )
    return "\r\n".join(lines)


def twilio_messages(rows: int, seed: int, *, old_order: bool = False) -> str:
    """Return a message log of `rows` rows after the header, in the newer column order unless `old_order`."""
    chance = random.Random(seed)  # noqa: S311  # made-up data, not secrets
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, (TWILIO_OLD if old_order else TWILIO_NEW).split(","), extrasaction="ignore")
    writer.writeheader()
    for index in range(rows):
        inbound = chance.random() < 0.7
        patient = "MapleRx" if chance.random() < 0.02 else f"+1212555{chance.randrange(100, 200):04d}"
        sent_at = _NEWEST - timedelta(seconds=index * 61 + chance.randrange(60))
        writer.writerow(
            {
                "From": patient if inbound else "+12125550100",
                "To": "+12125550100" if inbound else patient,
                "Body": chance.choice(TEXTS),
                "Status": "received" if inbound else "delivered",
                "SentDate": f"{sent_at:%Y-%m-%dT%H:%M:%SZ}",
                "ApiVersion": "2010-04-01",
                "NumSegments": "1",
                "ErrorCode": "",
                "AccountSid": f"AC{seed:032x}",
                "Sid": f"SM{seed:08x}{index:024x}",
                "Direction": "inbound" if inbound else chance.choice(("outbound-api", "outbound-reply")),
                "Price": "-0.0075",
                "PriceUnit": "USD",
            }
        )
    return out.getvalue()


def _number(chance: random.Random) -> str:
    return f"(212) 555-0{chance.randrange(100, 200)}"


def _caller_name(chance: random.Random) -> str:
    kind = chance.random()
    if kind < 0.2:
        return chance.choice(("WIRELESS CALLER", "NEW YORK NY", "SPRINGFIELD IL", ""))
    if kind < 0.25:
        return 'Ana "Annie" Ruiz'
    return f"{chance.choice(FIRST_NAMES)} {chance.choice(LAST_NAMES)}"
