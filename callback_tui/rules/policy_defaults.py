"""Every number of the policy an admin need not write: the file's defaults, in the file's own form."""

POLICY_DEFAULTS = """
[targets]
emergent = { target = "5m", clock = "always" }
urgent = { target = "60m", clock = "always" }
routine = { target = "4h", clock = "open" }
informational = { target = "1 open day", clock = "open" }
warn = [50, 80]

[hand_off_targets]
emergent = { target = "5m", clock = "always" }
urgent = { target = "15m", clock = "always" }
routine = { target = "4h", clock = "open" }
informational = { target = "4h", clock = "open" }

[feeds.limit_minutes]
default = 240
csv = 240
ringcentral = 120
twilio = 240

[feeds.quiet_minutes]

[retries]
busy_minutes = 7
voicemail_from_try = 2
letter_open_days = 10
promise_minutes = 15
noted_after_hours = 24

[retries.emergent]
step_minutes = [0, 0]
then_other_half_days = 0
max_dials = 3
decision_within_minutes = 10

[retries.urgent]
step_minutes = [12, 15]
then_other_half_days = 0
max_dials = 3
decision_within_minutes = 45

[retries.routine]
step_minutes = [12]
then_other_half_days = 1
max_dials = 3

[retries.informational]
step_minutes = [12]
then_other_half_days = 0
max_dials = 2

[dialling]
not_before = "08:00"
not_after = "21:00"
dials_per_day = 3
voicemails_per_day = 1

[identity]
kinds = ["date_of_birth", "address", "record_number", "ssn_last_four"]
needed = 2
failures_allowed = 2

[desk]
undo_seconds = 60
lease_seconds = 120
heartbeat_seconds = 30
curtain_after_seconds = 300
lock_after_seconds = 600
lock_in_call_after_seconds = 1200
pause_cap_open_days = 2
reopen_days = 7
seen_every_seconds = 240
away_after_seconds = 900

[forecast]
handling_minutes = 6
days = 14
calls_needed = 20
calls_most = 400
hours_ahead = 24

[batch]
windows = []

[rotation]
same_due_minutes = 10
hard_from_try = 3
long_call_minutes = 15

[huddle]
first_minutes = 60

[assignment.mine_minutes]
urgent = 15
routine = 120
informational = 240

[scorecard]
call_back_in_office_minutes = 120
call_back_after_hours_minutes = 1440
first_call_resolution_percent = 80
satisfaction = 4.5
trend_needs = 20
satisfaction_needs = 10

[on_call]
roster = []
command = []
repeat_minutes = 10
near_due_minutes = 15
rounds = 3
command_seconds = 30

[triage]
rules_off = []

[triage.phrases]
"""

NEW_POLICY = """\
[practice]
name = {name}
short_name = {short_name}   # what a voicemail may say: it must not give a condition away
region = {region}   # default for phone numbers

[[site]]
name = "Main"
zone = {zone}
callback_number = {callback_number}
records_calls = false
hours.mon = ["08:00-17:00"]
hours.tue = ["08:00-17:00"]
hours.wed = ["08:00-17:00"]
hours.thu = ["08:00-17:00"]
hours.fri = ["08:00-17:00"]
holidays = []   # "2026-11-26": nothing opens that day
special = {{}}   # "2026-12-24" = ["08:00-12:00"]: instead of the weekday's hours

[targets]   # until the first call; a site may carry its own targets
emergent = {{ target = "5m", clock = "always" }}
urgent = {{ target = "60m", clock = "always" }}
routine = {{ target = "4h", clock = "open" }}
informational = {{ target = "1 open day", clock = "open" }}
warn = [50, 80]   # per cent of the target used
"""
