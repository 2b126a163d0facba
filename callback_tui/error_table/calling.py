"""What can go wrong while ringing a patient, in a call and its outcome, and with follow-ups.

Fields here are names of colleagues, times and counts; a patient appears as "this patient" only.
"""

RINGING: dict[str, tuple[str, str]] = {
    "not_waiting": ("This message is no longer waiting for a call.", "Take the next one."),
    "no_number": ("There is no number to ring for this message.", "Look in the chart or write a letter."),
    "no_number_here": ("There is no phone number to ring here.", "Choose or add another number."),
    "opt_out": (
        "They asked not to be called ({day}).",
        "Use the portal or a letter unless they declined those; if they want calls again, record that first.",
    ),
    "opt_out_number": (
        "They asked not to be called at this number ({day}).",
        "Ring another number, or use the portal or a letter.",
    ),
    "opt_out_phone": (
        "They asked for no phone calls ({day}).",
        "Use the portal or a letter unless they declined those; if they want calls again, record that first.",
    ),
    "dead_number": (
        "This number was logged as wrong or out of service{day}.",
        "Choose another number, or correct it.",
    ),
    "never_number": (
        "They asked never to be called at this number ({day}).",
        "Use a number they agreed to.",
    ),
    "never_kind": ("They asked never to be called at {kind} ({day}).", "Use a number they agreed to."),
    # {when} goes on with "from 17:00 tomorrow, their time", or says that no hour fits.
    "not_before": ("They asked not to be called before {limit} ({day}).", "They may be rung {when}."),
    "not_after": ("They asked not to be called after {limit} ({day}).", "They may be rung {when}."),
    "unclear_instruction": (
        "A safe-contact instruction on the card cannot be read.",
        "Ask what was meant and correct the card, then ring.",
    ),
    "quiet_hours": (
        "At {local} where they are it is too {early} to ring: calls go out {first} to {last}.",
        "They may be rung {when}.",
    ),
    "quiet_hours_perhaps": (
        "It may then be {local} where they are, too {early} to ring: calls go out {first} to {last}.",
        "They may be rung {when}.",
    ),
    "daily_cap": (
        "Rung {times} today; {limit} a day is the most.",
        "They may be rung {when}; or use the portal.",
    ),
    # Both quote what stands in the way, one or several of the rows above.
    "may_not_ring": ("{why}", "{what_now}"),
    "reason_needed": ("{why}", "{what_now}"),
    "held": (
        "{who} is ringing {what}, for {minutes} min.",
        "Take the next message; this one stays in the queue.",
    ),
    "nobody_rings": ("Nobody is ringing this patient any more.", "Ring, or take the next message."),
    "given_to_other": ("This message was given to {who}.", "Ask {who} or a supervisor to give it on."),
    "not_for_role": ("{kind} is not for {role}.", "Give it to {who}."),
    "person_gone": ("That person is no longer at this desk.", "Give it to somebody else."),
    "no_item": ("That message is no longer here.", "Go back to the queue."),
    "no_patient": ("There is no such patient at this desk.", "Look the patient up again."),
    "number_unreadable": (
        "That is not one number that can be read, so the request was not saved.",
        "Write each number on its own, with its area code.",
    ),
    "take_back_by_whom": (
        "It is not said who took the request back, and how.",
        "Write both: who said so, and on which call, in which letter or where.",
    ),
    "opt_out_over": ("That request no longer stands.", "Look at the card again."),
    "reopen_why": ("There is no reason why the number should work.", "Write why, then reopen it."),
    "not_dead": ("That number is not marked as wrong or out of service.", "Ring it."),
    "card_number_unreadable": ("A number on the card cannot be read.", "Correct it and save again."),
}

CALLING: dict[str, tuple[str, str]] = {
    "call_over": ("This call is over.", "Go back to the queue."),
    "claim_lost": (
        "This call was taken over or freed by somebody else; your notes are kept.",
        "Park it and take the next message.",
    ),
    "not_your_call": ("This call belongs to somebody else.", "Go back to the queue."),
    "number_gone": ("The number of this call is no longer on the card.", "Park the call."),
    "step_shut": ("That step is not open yet.", "Say who answered, then check identity."),
    "identity_decided": ("The identity check is over.", "Go on with the call."),
    "identity_failed": ("The identity check failed.", "Ring the number on file instead."),
    "identity_needed": (
        "Identity has not been verified, so this outcome cannot be logged.",
        "Match two details, or log it as not verified.",
    ),
    "no_calls_unverified": (
        "Only the patient, or somebody verified to speak for them, can ask for no more calls.",
        "Match two details, or log it as not verified.",
    ),
    "outcome_does_not_fit": (
        "This outcome does not go with who answered.",
        "Say again who answered, then log it.",
    ),
    "outcome_logged": ("This call already has its outcome.", "Go back to the queue."),
    "note_needed": ("This outcome needs a note.", "Write a line on what was said or why."),
    "score_out_of_range": ("A survey score is a number from 1 to 5.", "Ask again, or leave it out."),
    "hand_over_incomplete": (
        "A clinician needs the situation and what you ask for.",
        "Write both, then hand over.",
    ),
    "which_message": ("It is not said which message this one repeats.", "Choose the other message."),
    "no_twin": ("That is not another message of the same patient.", "Choose the message it repeats."),
    "twin_done": ("That message is no longer waiting.", "Log what happened on this one instead."),
    "wording_needed": ("The wording that was left is missing.", "Write what you left, word for word."),
    "too_much_said": (
        "The wording says something about health; only name and number may be left here.",
        "Leave those words out. If they were said, write why in the notes, then log it.",
    ),
    "too_much_passed_on": (
        "What was passed on says something about health; another person may only be asked to pass on a call.",
        "Write only what you asked them to pass on, without those words.",
    ),
    "time_needed": ("There is no time to call again.", "Write the time they asked for."),
    "time_in_past": ("The time to call again has already passed.", "Write a time that is still to come."),
    "time_too_far": ("The time to call again is more than a year away.", "Check the year, and write a nearer time."),
    "when_unreadable": ("That is not a time I can read.", "Write {examples}."),
    "when_no_time": ("That has no time of day.", "Add one, for example {examples}."),
    "when_skipped": ("The clocks skip that time.", "Choose one an hour later."),
    "when_past": ("That time has passed.", "Write one that is still to come: {examples}."),
    "same_priority": ("This message is {tier} already.", "Leave it, or choose another priority."),
    "lower_reason": ("A lower priority needs a reason.", "Write why this message can wait."),
    "pause_reason": (
        "A message is paused only when the patient asked for later or owes us information.",
        "Who waits for the doctor still waits: hand it to a clinician instead.",
    ),
    "pause_urgent": (
        "An urgent message is never paused.",
        "Ring now, hand it to a clinician, or lower its priority first, with a reason.",
    ),
    "pause_used_up": (
        "This message was paused for {days} open days already, the longest it may be.",
        "Ring now, or set the time the patient named.",
    ),
    "promised_already": ("A time was promised for this call.", "Set another time instead of a pause."),
    "waits_for_clinician": ("This message waits for a clinician already.", "Look for it in the follow-ups."),
    "cannot_wait": (
        "This message cannot wait until then.",
        "Ring now; if they ask for another time on the call, log that.",
    ),
    "reopen_waits": ("This message waits in the queue already.", "Look for it there."),
    "reopen_merged": ("This message was joined to another one or opened in error.", "Open the other message."),
    "reopen_followed_up": ("This message is still followed up.", "Ring it from the follow-ups."),
    "reopen_too_late": (
        "This message was closed more than {days} days ago.",
        "Take a new message for what they want now.",
    ),
    "too_late": ("The minute to take it back is over.", "Add a note to the call instead."),
    "undo_worked_since": ("Somebody has worked on this since.", "Add a note to the call instead."),
    "nothing_to_undo": ("There is nothing of yours to take back.", "Go on with the queue."),
    "no_outcome_to_undo": ("No outcome of yours can be taken back now.", "Ring again to add to it."),
}

FOLLOW_UPS: dict[str, tuple[str, str]] = {
    "follow_up_over": ("This is done already.", "Take the next line."),
    "follow_up_taken": ("Somebody has taken this already.", "Take the next line."),
    "not_your_role": ("This waits for a {role}.", "Ask a {role}."),
    "worked_since": ("Somebody has worked on this since.", "Look at it again before you go on."),
    "message_closed": ("Its message is closed.", "Mark the follow-up done, or leave it."),
    "nothing_to_send": ("This is nothing to send.", "Mark it done instead."),
    "not_asleep": ("This message does not sleep.", "Look for it in the queue."),
    "no_outcome": ("This call has no outcome yet.", "Log how it ended first."),
    "in_chart": ("This call is in the chart already.", "Take the next line."),
    "no_hand_off": ("There is no such hand-off.", "Take the next line."),
    "no_follow_up": ("There is no such follow-up.", "Take the next line."),
}
