"""Every command of the screens once: id, key, label, help. Footers, bindings and the help screen come from here."""

from callback_tui.command import Command, ScreenCommands

QUIT = Command(
    "app.quit", "ctrl+q", "leave", "Leave the program from anywhere.", footer=True, typing=True, action="app.quit"
)
APP = (
    QUIT,
    Command(
        "app.palette",
        "ctrl+p",
        "palette",
        "Find a command by its name.",
        typing=True,
        action="app.command_palette",
    ),
)

EVERYWHERE = (
    Command("everywhere.help", "f1,question_mark", "keys", "Show the keys and what they do.", footer=True, shown="?"),
    Command(
        "everywhere.calling_back",
        "f2",
        "calling back",
        "Find the message of somebody who rings back.",
        action="app.calling_back",
    ),
    Command("everywhere.show_queue", "f3", "queue", "Go to the queue.", action="app.show_queue"),
    Command(
        "everywhere.show_follow_ups",
        "f4",
        "follow-ups",
        "Go to what is still to be done after calls.",
        action="app.show_follow_ups",
    ),
    Command(
        "everywhere.show_scorecard",
        "f5",
        "scorecard",
        "Go to the practice's figures against their targets.",
        action="app.show_scorecard",
    ),
    Command("everywhere.curtain", "f9", "curtain", "Hide names, numbers and reasons; clocks run on."),
    Command("everywhere.next_theme", "t", "colours", "Change the colours: dark, light, high contrast."),
    Command("everywhere.leave", "q", "leave", "Leave the desk; asks while a call is unfinished."),
)

WITHOUT_LEAVE = tuple(command for command in EVERYWHERE if command.verb != "leave")
"""What holds on the home screens from which one goes back to the queue instead of leaving."""

QUEUE = (
    Command("queue.call", "enter", "call", "Ring the selected patient; the script opens.", footer=True),
    Command("queue.next", "n", "next", "Start the next call that is yours to make.", footer=True),
    Command("queue.message", "m", "message", "Read the selected message full width."),
    Command("queue.why", "w", "why first", "Say why the selected message stands where it stands.", footer=True),
    Command("queue.priority", "p", "priority", "Raise or lower the selected message.", footer=True),
    Command("queue.later", "z", "later", "Call at a time, or pause the selected message.", footer=True),
    Command("queue.escalate", "e", "escalate", "Hand the selected message to a clinician."),
    Command(
        "queue.emergency",
        "f7",
        "EMERGENCY",
        "Ring at once, with the emergency numbers on screen.",
        typing=True,
    ),
    Command("queue.search", "slash", "search", "Show only what fits a name, number or reason.", footer=True),
    Command("queue.pace", "i", "in time?", "Say whether every call will begin in time, and why."),
    Command("queue.day_lists", "d", "day lists", "What cannot wait, the morning huddle, the handover."),
    Command(
        "queue.they_ring",
        "f",
        "calling back",
        "Find the message of somebody who rings back.",
        action="app.calling_back",
    ),
    Command("queue.new_message", "plus", "new message", "Take down a message at the counter or the phone."),
    Command("queue.view", "v", "view", "Show all, the team's, yours, asleep or not reached."),
    Command("queue.only", "o", "only", "Show one site, channel, role or reason only."),
    Command("queue.give", "h", "give to", "Give the selected message to a person or a role."),
    Command("queue.break_claim", "b", "break claim", "Free a patient whom a desk still holds; it asks first."),
    Command("queue.copy_number", "y", "copy", "Copy the number of the selected message."),
    Command("queue.clear_search", "escape", "show all", "Show all again after a search or a filter.", typing=True),
    Command("queue.asleep", "a", "asleep", "Show or hide the messages that sleep until later."),
    Command("queue.on_call", "r", "I have it", "Say that you have what others are fetched for."),
    Command("queue.undo", "u", "undo", "Take back the last outcome, within a minute."),
    Command("queue.days_closed", "comma", "days closed", "Show the days a site is closed; an admin changes them."),
    Command("queue.triage_rules", "T", "triage rules", "Show what tags the messages; an admin changes it."),
    Command("queue.feeds", "s", "sources", "Say where messages come from, and what fell silent."),
)

DAY_LISTS = (
    Command("day_lists.cannot_wait", "1", "cannot wait", "What must not wait until tomorrow.", footer=True),
    Command("day_lists.huddle", "2", "huddle", "What the morning begins with.", footer=True),
    Command("day_lists.handover", "3", "handover", "What you leave to the next shift.", footer=True),
    Command("day_lists.print", "p", "print", "Write the list into the desk's folder, for paper.", footer=True),
    Command("day_lists.back", "escape,q,d", "queue", "Go back to the queue.", footer=True),
    Command("day_lists.hide", "f9", "curtain", "Go back and draw the curtain."),
    Command("day_lists.help", "f1,question_mark", "keys", "Show the keys and what they do.", footer=True, shown="?"),
)

LIST = (
    Command("list.cursor_down", "j,down", "down", "Go one row down."),
    Command("list.cursor_up", "k,up", "up", "Go one row up."),
    Command("list.scroll_top", "g,home", "top", "Go to the first row."),
    Command("list.scroll_bottom", "G,end", "bottom", "Go to the last row."),
)

DAYS = (
    Command("days.tick", "space", "tick", "Close the site on the selected day, or open it.", footer=True),
    Command("days.hours", "enter", "hours", "Give the selected day hours of its own.", footer=True),
    Command("days.add", "a", "add a day", "Close another day, or give it hours of its own.", footer=True),
    Command("days.region", "r", "holidays of", "Offer the holidays of another country or state."),
    Command("days.next_site", "tab", "site", "Go to the next site.", footer=True),
    Command("days.save", "s", "save", "Say what the changes do, ask, put them in force.", footer=True),
    Command("days.back", "escape,q", "queue", "Go back to the queue."),
)

RULES = (
    Command("rules.tick", "space", "on or off", "Switch the selected rule or phrase off, or on again.", footer=True),
    Command("rules.words", "enter", "all words", "Say every word that fires the selected rule."),
    Command("rules.add", "a", "add", "Add a phrase of your own to a concept.", footer=True),
    Command("rules.part", "tab", "phrases", "Go to your own phrases, or back to the rules.", footer=True),
    Command("rules.search", "slash", "search", "Show only what has these words in it.", footer=True),
    Command("rules.try_texts", "x", "try texts", "See how texts are tagged now and with the change.", footer=True),
    Command("rules.save", "s", "save", "Count what would change, ask, put it in force.", footer=True),
    Command("rules.back", "escape,q", "queue", "End a count or a search, else go back to the queue."),
)

TRY_TEXTS = (
    Command("try_texts.close", "escape", "close", "Go back to the rules; the texts are forgotten.", typing=True),
    Command("try_texts.hide", "f9", "curtain", "Go back and draw the curtain.", typing=True),
)

FEW_FIELDS = (
    Command("few_fields.next", "enter", "next field", "Go to the next field; the last one takes it.", fixed=True),
    Command("few_fields.close", "escape", "leave it", "Leave it as it was.", typing=True),
)

FOLLOW_UPS = (
    Command("follow_ups.do", "enter", "do it", "Ring, send, take or write down the selected thing.", footer=True),
    Command("follow_ups.ring", "r", "ring", "Ring the selected patient; the script opens.", footer=True),
    Command("follow_ups.wake", "w", "wake", "Put a sleeping message back into the queue now.", footer=True),
    Command("follow_ups.undo", "u", "undo", "Take back what you just recorded, within a minute.", footer=True),
    Command("follow_ups.done", "d", "done", "Mark what is due as done, a reminder call too."),
    Command("follow_ups.next_part", "tab", "next part", "Go to the first line of the next part."),
    Command("follow_ups.back", "escape,q", "queue", "Go back to the queue.", footer=True),
)

FOLLOW_UP = (
    Command("follow_up.yes", "y", "yes", "Record what the window says."),
    Command("follow_up.other", "a", "other way", "The other way the window offers."),
    Command("follow_up.ring", "r", "ring", "Close the window and ring the patient."),
    Command("follow_up.copy", "c", "copy", "Copy the note or the words to send."),
    Command("follow_up.hide", "f9", "curtain", "Close the window and draw the curtain.", typing=True),
    Command("follow_up.leave_it", "n,escape,enter", "leave it", "Leave it as it is."),
)

SCORECARD = (
    Command("scorecard.behind", "enter", "calls", "List the calls that the selected figure is made of.", footer=True),
    Command("scorecard.formula", "f", "formula", "Say how the figure is made and what is left out.", footer=True),
    Command("scorecard.period", "p", "period", "Today, this week, this month, this quarter.", footer=True),
    Command("scorecard.site", "s", "site", "All sites together, then one after the other.", footer=True),
    Command("scorecard.people", "d", "people", "Say who made how many calls, for supervisors.", footer=True),
    Command("scorecard.export", "x", "export", "Write the figures as CSV into the desk's folder."),
    Command("scorecard.back", "escape,q", "queue", "Go back to the queue."),
)

BEHIND = (
    Command("behind.timeline", "enter", "message", "Show every call about the selected message.", footer=True),
    Command("behind.back", "escape,q", "scorecard", "Go back to the scorecard.", footer=True),
    Command("behind.hide", "f9", "curtain", "Go back and draw the curtain.", footer=True),
    Command("behind.help", "f1,question_mark", "keys", "Show the keys and what they do.", footer=True, shown="?"),
)

TIMELINE = (
    Command("timeline.close", "escape,enter,q", "close", "Go back to the calls."),
    Command("timeline.hide", "f9", "curtain", "Go back and draw the curtain."),
)

MESSAGE = (
    Command("message.ring", "enter", "call", "Go back and ring."),
    Command("message.close", "escape,m,q", "close", "Go back to the queue."),
    Command("message.hide", "f9", "curtain", "Go back and draw the curtain."),
)

CALLING_BACK = (
    Command("calling_back.open", "enter", "open", "Open the call with the selected caller.", fixed=True),
    Command("calling_back.take_down", "f4", "new message", "None of them: take down a new message.", typing=True),
    Command("calling_back.next", "down", "next", "Go to the next caller.", typing=True),
    Command("calling_back.previous", "up", "previous", "Go to the caller before.", typing=True),
    Command("calling_back.close", "escape", "close", "Go back; nothing is opened.", typing=True),
    Command("calling_back.hide", "f9", "curtain", "Go back and draw the curtain.", typing=True),
)

CALL = (
    Command("call.next_step", "f4", "next step", "Go on to the next step of the script.", footer=True, typing=True),
    Command("call.who_answered", "f5", "who", "Say who answered.", footer=True, typing=True),
    Command("call.voicemail", "f6", "voicemail", "Write the voicemail that may be left.", footer=True, typing=True),
    Command(
        "call.emergency",
        "f7",
        "EMERGENCY",
        "Message and emergency numbers, whoever answered.",
        footer=True,
        typing=True,
    ),
    Command("call.outcome", "f8", "outcome", "Log how the call ended.", footer=True, typing=True),
    Command("call.park", "f12", "park", "Leave the call for later; its notes are kept.", footer=True, typing=True),
    Command("call.card", "f2", "card", "Show the patient's card.", typing=True),
    Command("call.copy_number", "f3", "copy number", "Copy the number to the clipboard.", typing=True),
    Command("call.curtain", "f9", "curtain", "Hide names, numbers and the message; clocks run on.", typing=True),
    Command("call.help", "f1,question_mark", "keys", "Show the keys and what they do.", typing=True),
    Command("call.switch_pane", "tab", "notes", "Go to the notes, and back to the script.", typing=True),
    Command("call.leave_field", "escape", "script", "Go back to the script; what was typed is saved.", typing=True),
)

WINDOW = (
    Command("window.go_back", "escape", "back", "Close the window; what was written in it stays.", typing=True),
    Command("window.help", "f1", "keys", "Show the keys and what they do.", typing=True),
    Command("window.emergency", "f7", "EMERGENCY", "Message and emergency numbers, whoever answered.", typing=True),
)

FORM = (
    Command("form.next", "enter", "next field", "Go to the next field; from the last one it saves.", fixed=True),
    Command("form.save", "f4", "save", "Save what is written, from any field.", typing=True),
)

NEW_MESSAGE = (
    Command("new_message.next", "enter", "next field", "Go to the next field; in the message, a new line.", fixed=True),
    Command("new_message.save", "f4", "save", "Put the message into the queue, from any field.", typing=True),
    Command("new_message.priority", "f6", "priority", "Give it another priority than its words say.", typing=True),
)

VOICEMAIL = (Command("voicemail.left_it", "f4", "left it", "Log that exactly this was left.", typing=True),)

EMERGENCY = (
    Command("emergency.log_it", "f4", "sent to 911", "Log that the caller was sent to 911.", typing=True),
    Command("emergency.next", "enter", "next field", "Go to the next field; it logs nothing.", fixed=True),
)

CONFIRM = (
    Command("confirm.yes", "y", "yes", "Do it."),
    Command("confirm.no", "n,escape,enter", "no", "Leave it as it is."),
)

REASON = (
    Command("reason.ring", "enter", "ring", "Ring for the reason that is written.", fixed=True),
    Command("reason.give_up", "escape", "leave it", "Leave the call alone.", typing=True),
)

SENTENCE = (Command("sentence.close", "escape,enter,q,space", "close", "Close what was read."),)

REFUSAL = (
    Command("refusal.settle", "r", "may be rung", "Record that they want calls, or the number works."),
    *SENTENCE,
)

SIGN_IN = (
    Command("sign_in.enter", "enter", "sign in", "Sign in with name and passphrase.", footer=True, fixed=True),
    Command(
        "sign_in.next_field",
        "tab",
        "next field",
        "Go to the other field.",
        footer=True,
        typing=True,
        action="app.focus_next",
    ),
    Command("sign_in.help", "f1", "help", "Show the keys and what they do.", footer=True, typing=True),
    QUIT,
)

RECOVERY_CODE = (
    Command("recovery_code.enter", "enter", "check", "Check the code that was typed.", footer=True, fixed=True),
    Command("recovery_code.later", "escape", "later", "Go on; the next sign-in asks again.", footer=True, typing=True),
    Command("recovery_code.help", "f1", "help", "Show the keys and what they do.", footer=True, typing=True),
    QUIT,
)


SCREENS = (
    ScreenCommands("Queue", (*QUEUE, *LIST, *EVERYWHERE, *APP)),
    ScreenCommands("Days closed", (*DAYS, *LIST, *WITHOUT_LEAVE, *APP)),
    ScreenCommands("Triage rules", (*RULES, *LIST, *WITHOUT_LEAVE, *APP)),
    ScreenCommands("Texts to try", (*TRY_TEXTS, *APP)),
    ScreenCommands("A day, a region, a phrase", (*FEW_FIELDS, *APP)),
    ScreenCommands("Follow-ups", (*FOLLOW_UPS, *LIST, *WITHOUT_LEAVE, *APP)),
    ScreenCommands("A follow-up", (*FOLLOW_UP, *APP)),
    ScreenCommands("Scorecard", (*SCORECARD, *LIST, *WITHOUT_LEAVE, *APP)),
    ScreenCommands("Calls behind a figure", (*BEHIND, *LIST, *APP)),
    ScreenCommands("One message, call by call", (*TIMELINE, *APP)),
    ScreenCommands("Lists of the day", (*DAY_LISTS, *APP)),
    ScreenCommands("Message, full width", (*MESSAGE, *APP)),
    ScreenCommands("They are calling me back", (*CALLING_BACK, *APP)),
    ScreenCommands("New message", (*NEW_MESSAGE, *WINDOW, *APP)),
    ScreenCommands("Call", (*CALL, *APP)),
    ScreenCommands("Choices of a call", (*WINDOW, *APP)),
    ScreenCommands("Fields of an outcome", (*FORM, *WINDOW, *APP)),
    ScreenCommands("Voicemail", (*VOICEMAIL, *WINDOW, *APP)),
    ScreenCommands("Emergency", (*EMERGENCY, *WINDOW, *APP)),
    ScreenCommands("A question, yes or no", (*CONFIRM, *APP)),
    ScreenCommands("A reason to write", (*REASON, *APP)),
    ScreenCommands("Something to read", (*SENTENCE, *APP)),
    ScreenCommands("A call that was refused", (*REFUSAL, *APP)),
    ScreenCommands("Sign in", (*SIGN_IN, *APP)),
    ScreenCommands("Recovery code", (*RECOVERY_CODE, *APP)),
)

COMMANDS = {command.id: command for screen in SCREENS for command in screen.commands}
"""Every command by its id."""
