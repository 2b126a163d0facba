"""What a refused call can be settled by: a request that was taken back, a number that works after all."""

from functools import partial
from typing import TYPE_CHECKING

from callback_tui.errors import DeskError
from callback_tui.screens.confirm import RefusalScreen
from callback_tui.screens.queue_later import LaterFromQueue
from callback_tui.services.desk import OpenDesk
from callback_tui.views.dial import ShutWay
from callback_tui.widgets.choice_list import ChoiceRow

if TYPE_CHECKING:
    from callback_tui.screens.form import FormAnswer

_MAY_NOT_RING = "may_not_ring"
_TIME_ONLY = "Only the time stands in the way."


class RefusedFromQueue(LaterFromQueue):
    """The way from a refusal to the fact that ends it."""

    def _call_refused(self, item_id: int, reason: str, error: DeskError) -> None:
        if error.code != _MAY_NOT_RING:
            super()._call_refused(item_id, reason, error)
            return
        self._opening = False
        self.app.push_screen(RefusalScreen(error, partial(self._ask_what_is_shut, item_id)))
        self.read_queue()

    def _ask_what_is_shut(self, item_id: int) -> None:
        def verb(desk: OpenDesk) -> tuple[ShutWay, ...]:
            from callback_tui.services.take_back import shut_ways

            return shut_ways(desk, item_id)

        self.in_background("shut_ways", partial(self.source.ask, verb), self._offer_ways)

    def _offer_ways(self, ways: tuple[ShutWay, ...]) -> None:
        if not ways:
            self.say(_TIME_ONLY)
            return
        rows = [ChoiceRow(str(number), way.label, way.words) for number, way in enumerate(ways, start=1)]
        by_key = {row.key: way for row, way in zip(rows, ways, strict=True)}
        self.pick("They may be rung after all", "What has changed?", rows, lambda key: self._way_picked(by_key[key]))

    def _way_picked(self, way: ShutWay) -> None:
        from callback_tui.screens.form import FormField, FormScreen

        request = (FormField("said_by", "Who said so"), FormField("how", "How", hint="on which call, in which letter"))
        number = (FormField("reason", "Why it should work", hint="they rang from it; it was mistyped"),)
        window = FormScreen(
            way.label,
            number if way.opt_out_id is None else request,
            {},
            now=self.source.clock.now,
            zone=self.desk_zone,
            on_emergency=self.action_emergency,
            verb="record it",
        )
        self.app.push_screen(window, partial(self._way_written, way))

    def _way_written(self, way: ShutWay, answer: "FormAnswer | None") -> None:
        if answer is None or not answer.ready:
            return

        def verb(desk: OpenDesk) -> None:
            from callback_tui.services.take_back import open_way

            open_way(desk, way, answer.values)

        def done(_: None) -> None:
            self.say("Recorded. Enter rings them.")
            self.read_queue()

        self.in_background("open_way", partial(self.source.ask, verb), done, self.show_refusal)
