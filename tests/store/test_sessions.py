"""Sign-ins: a command's counts for nobody, whoever it runs for; one that goes on gives a sign of life."""

from datetime import timedelta

from callback_tui.store import schema, sessions
from callback_tui.store.engine import Store
from tests.conftest import MONDAY_MORNING
from tests.store.call_rows import add_people

NOW = MONDAY_MORNING
HOUR = timedelta(hours=1)


def test_a_command_is_nobody_at_the_desk_and_works_no_hours(store: Store) -> None:
    schema.create_or_upgrade(store)
    with store.write() as connection:
        nurse, other = add_people(connection, 2, NOW)
        at_screen, command = (
            sessions.start(
                connection, staff_id=staff_id, started_at=NOW, boot_id="b", process_id=1, attended=staff_id == nurse
            )
            for staff_id in (nurse, other)
        )
        for session_id in (at_screen, command):
            sessions.seen(connection, session_id, NOW + HOUR)
        assert [row.id for row in sessions.at_the_desk(connection, NOW, {nurse, other})] == [nurse]
        assert sessions.seconds_signed_in(connection, [nurse, other], NOW) == {nurse: 3600}
        assert sessions.seconds_signed_in(connection, [nurse], NOW + HOUR / 4) == {nurse: 2700}
        assert sessions.seconds_signed_in(connection, [nurse], NOW + HOUR) == {}
        assert sessions.is_watched(connection, NOW + HOUR, but=at_screen)
        assert not sessions.is_watched(connection, NOW + HOUR, but=command)
        assert not sessions.is_watched(connection, NOW + 2 * HOUR, but=None)
        sessions.end(connection, command, NOW + HOUR)
        assert not sessions.is_watched(connection, NOW, but=None)
