"""Who rings: giving the selected message to somebody, and freeing a patient whom a desk still holds."""

from functools import partial

from callback_tui.models.vocabulary import Role
from callback_tui.rules.assignment import people, takers
from callback_tui.rules.speak import duration, moment
from callback_tui.screens.confirm import ConfirmScreen
from callback_tui.screens.queue_base import QueueBase
from callback_tui.services.desk import OpenDesk
from callback_tui.views.queue import Given, Holder, QueueRow
from callback_tui.widgets.choice_list import ChoiceRow

_PEOPLE_KEYS = "123456789abdefghijklmopqruvwxyz"
_ROLE_KEYS = {"c": Role.CLINICIAN, "n": Role.NURSE, "s": Role.STAFF}
_TEAM = "t"


class HandsOfQueue(QueueBase):
    """The verbs that say whose a message is."""

    def action_give(self) -> None:
        """Choose whom the selected message is given to."""
        row = self.selected_row()
        if row is None or self.snapshot is None:
            return
        me, roles = self.source.actor.staff_id, takers(row, self.source.clock.now())
        fit = [person for person in self.snapshot.colleagues if person.role in roles]
        fit.sort(key=lambda person: person.staff_id != me)
        by_key = dict(zip(_PEOPLE_KEYS, fit, strict=False))
        rows = [
            *(
                ChoiceRow(key, f"{person.name} (me)" if person.staff_id == me else person.name, person.role.value)
                for key, person in by_key.items()
            ),
            *(ChoiceRow(key, f"all {people(role)}") for key, role in _ROLE_KEYS.items() if role in roles),
            ChoiceRow(_TEAM, "the team", "whoever takes it first"),
        ]
        stays = ": an emergency stays everybody's; it is only pointed out to somebody." if row.emergent else ""
        sentence = f"{row.who}{stays}"

        def give(key: str) -> None:
            staff_id = by_key[key].staff_id if key in by_key else None
            verb = partial(_give, item_id=row.item_id, staff_id=staff_id, role=_ROLE_KEYS.get(key))
            self.in_background("give", partial(self.source.ask, verb), partial(self._given, row))

        self.pick("Give to", sentence, rows, give)

    def action_break_claim(self) -> None:
        """Ask whether to free the selected patient from whoever rings them."""
        row = self.selected_row()
        if row is None:
            return
        if row.holder is None:
            self.say("Nobody is ringing this patient.")
            return
        rung = duration(int((self.source.clock.now() - row.holder.since).total_seconds()))
        question = f"{row.holder.name} has been ringing this patient for {rung}. Free the patient?"
        screen = ConfirmScreen(
            question, "free them; what was noted there is kept", "leave them", heading="Break the claim"
        )
        self.app.push_screen(screen, partial(self._break, row.item_id))

    def _given(self, row: QueueRow, given: Given) -> None:
        self.read_queue()
        self.forget_message()
        if given.to is None:
            self.say("It is the team's again.")
        elif given.emergent or given.team_at is None:
            self.say(f"Pointed out to {given.to.name}; an emergency stays everybody's.")
        else:
            until = moment(given.team_at, self.site_of(row).hours.zone, self.source.clock.now(), self.desk_zone)
            self.say(f"Given to {given.to.name} until {until}, then it is the team's again.")

    def _break(self, item_id: int, wanted: bool | None) -> None:
        if wanted:
            self.in_background("break", partial(self.source.ask, partial(_break, item_id=item_id)), self._broken)

    def _broken(self, holder: Holder) -> None:
        self.read_queue()
        self.say(f"Freed from {holder.name}; anybody may ring now.")


def _give(desk: OpenDesk, *, item_id: int, staff_id: int | None, role: Role | None) -> Given:
    from callback_tui.services.assign import give

    return give(desk, item_id, staff_id=staff_id, role=role)


def _break(desk: OpenDesk, *, item_id: int) -> Holder:
    from callback_tui.services.claim_break import break_claim

    return break_claim(desk, item_id)
