"""Bringing messages in: one taken by hand, or whole files with a report whose numbers add up."""

from datetime import tzinfo
from zoneinfo import ZoneInfo

from callback_tui.intake.dedupe import KeyMaker
from callback_tui.intake.validate import MappedRow, Reading, read_message
from callback_tui.services.arrivals import Arrivals, Sorted
from callback_tui.services.desk import OpenDesk, verb
from callback_tui.views.intake import NewMessage

BY_HAND = "desk"


def take_message(desk: OpenDesk, message: NewMessage) -> int:
    """Bring in one message by the same path as an import and return the id of its queue item.

    Raises StoreError when the desk is busy or failing.
    """
    from callback_tui.store import intake
    from callback_tui.store import policy as policies

    with verb(desk, "message_taken", "queue_item", "") as work:
        policy_id, policy, _ = policies.current(work.connection)
        arrivals = Arrivals(policy_id=policy_id, policy=policy, sites=intake.site_ids(work.connection), now=work.now)

        def zone_of(site_name: str) -> tzinfo:
            return ZoneInfo(arrivals.site_of(site_name).hours.zone)

        reading = Reading(BY_HAND, policy.region, zone_of, work.now, machine_transcript=message.machine_transcript)
        mapped = MappedRow(
            row=0,
            channel=message.channel,
            source_id=work.verb_id,
            phone=message.phone,
            caller_name=message.caller_name,
            patient_name=message.patient_name,
            date_of_birth="" if message.date_of_birth is None else message.date_of_birth.isoformat(),
            record_number=message.record_number,
            site_name=message.site_name or "",
            subject=message.subject,
            body=message.body,
            duration="" if message.duration_seconds is None else str(message.duration_seconds),
        )
        parsed = read_message(mapped, reading, KeyMaker(ids_are_stable=True), known_time=message.received_at)
        places = arrivals.store(work.connection, Sorted(new=[parsed]), None)
        item_id = arrivals.put_in_queue(work.connection, places, verb_id=work.verb_id, staff_id=desk.actor.staff_id)
        intake.touch_feed(work.connection, BY_HAND, parsed.received_at, work.now)
        work.entity_id = item_id
        work.facts["message_id"] = places[0].message_id
    return item_id
