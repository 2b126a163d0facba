"""Messages coming in: patients, clocks, places in the queue."""

from datetime import timedelta

from callback_tui.clock import FixedClock
from callback_tui.models.vocabulary import Channel, Priority, ReviewFlag
from callback_tui.services.desk import OpenDesk
from callback_tui.services.intake import take_message
from callback_tui.services.queue import snapshot
from callback_tui.views.intake import NewMessage


def test_a_message_taken_by_hand_stands_in_the_queue(desk: OpenDesk, clock: FixedClock) -> None:
    left_at = clock.now() - timedelta(minutes=20)
    item_id = take_message(
        desk,
        NewMessage(
            Channel.PHONE,
            "I have crushing chest pain and cannot breathe",
            left_at,
            caller_name="Ana Ruiz",
            phone="(212) 555-0147",
        ),
    )
    (row,) = snapshot(desk).rows
    assert (row.item_id, row.who, row.phone_e164, row.flags) == (item_id, "Ana Ruiz", "+12125550147", ())
    assert row.emergent
    assert row.priority is Priority.URGENT
    assert row.clock.started_at == left_at
    assert row.clock.due_at == left_at + timedelta(minutes=5)


def test_a_message_without_anything_is_still_kept(desk: OpenDesk, clock: FixedClock) -> None:
    take_message(desk, NewMessage(Channel.VOICEMAIL, "", clock.now()))
    (row,) = snapshot(desk).rows
    assert row.who == "(unknown)"
    assert set(row.flags) == {ReviewFlag.NO_NUMBER, ReviewFlag.NO_NAME, ReviewFlag.NO_TEXT}
