"""A source that fell silent, on the queue: in its line, in the sentence of an empty list, in the window of sources."""

from datetime import timedelta

from callback_tui.clock import FixedClock
from callback_tui.screens.confirm import SentenceScreen
from callback_tui.services.desk import OpenDesk
from callback_tui.store.intake import touch_feed
from tests.screens.drive import SMALL, at_the_desk


async def test_a_silent_source_is_named_wherever_the_queue_could_look_calm(desk: OpenDesk, clock: FixedClock) -> None:
    with desk.store.write() as connection:
        touch_feed(connection, "voicemail", clock.now() - timedelta(minutes=20), clock.now())
        touch_feed(connection, "portal", clock.now() - timedelta(hours=4), clock.now() - timedelta(hours=3))
    async with at_the_desk(desk, clock, SMALL) as session:
        assert "newest message 10:22 · imports: portal 07:42 · voicemail 10:42" in session.lines()[2]
        assert "Nothing waiting as of 10:42." in session.text()
        clock.advance(timedelta(hours=1, minutes=1))
        session.queue.tick()
        await session.settle()
        assert session.lines()[2].startswith(" ▲ portal silent since 07:42 · newest message 10:22")
        text = " ".join(session.text().replace("│", " ").split())
        assert "▲ portal silent since 07:42: messages may be missing." in text
        assert "Nothing else waiting as of 11:43." in text
        await session.press("s")
        session.top(SentenceScreen)
        assert "▲ portal silent since 07:42, limit 4 h, newest message 06:42" in session.text()
        assert "voicemail: last import 10:42, limit 4 h, newest message 10:22" in session.text()
        assert "ringcentral: no import yet" in session.text()
