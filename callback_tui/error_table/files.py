"""What can go wrong with files to import, the policy, the scorecard, and what a command or the screen puts out."""

IMPORTING: dict[str, tuple[str, str]] = {
    "unreadable": ("The file cannot be read.", "Check that it is a file and that you may read it."),
    "watched_folder": ("The folder {folder} cannot be read.", "Name a folder that you may read."),
    "empty": ("The file is empty.", "Export it again."),
    "format": ("The file is not a format that can be imported.", "Save it as CSV and import that."),
    "no_columns": (
        "No column of the file says who left a message or what it was.",
        "Its first line must name the columns, such as Phone, Name, Received and Message.",
    ),
    "no_known_columns": (
        "No column of the file is known here, read as {encoding}.",
        "Its first line must name the columns, such as Phone, Name, Received and Message.",
    ),
    "encoding": (
        "The encoding {name} is not known.",
        "Leave --encoding away so that it is found by itself, or try utf-8, cp1252, utf-16 or latin-1.",
    ),
    "not_in_encoding": (
        "The file is not text in {name}.",
        "Leave --encoding away so that it is found by itself, or name the one the file was saved in.",
    ),
    "utf_16_unmarked": (
        "The file looks like UTF-16 but does not say so.",
        "Give --encoding utf-16-le (or utf-16-be), or save it as UTF-8.",
    ),
    "profile": ("That profile is not known.", "Known are: {known}."),
    "zone": ("That time zone is not known.", "Give an IANA name such as America/New_York."),
    "rejects_file": (
        "The file for rejected rows cannot be written, so nothing was imported.",
        "Choose another place for it and import again.",
    ),
    "rejects_file_late": (
        "The import is done, but the file for rejected rows could not be written.",
        "Choose another place for it and import again: what is here already is not taken twice.",
    ),
    "file_unreadable": ("The file cannot be read: {reason}.", "Check its name and rights."),
    "not_json_lines": (
        "The first line is no JSON object, so this is no list of messages.",
        'Give one {{"id", "text"}} on each line.',
    ),
}

POLICY: dict[str, tuple[str, str]] = {
    "policy": ("The policy was refused at {path}: {remedy}{more}.", "Correct it and check it again."),
    "policy_file": ("The policy file {name} cannot be read.", "Check its path; it must be UTF-8 text."),
    "no_policy": ("This desk has no policy.", "Apply one with `callback-tui policy apply FILE`."),
    "policy_by_hand": (
        "This policy file is written in a way that single parts of it cannot be changed here.",
        "Change it with `callback-tui policy show` and `callback-tui policy apply`.",
    ),
    "policy_meanwhile": (
        "Somebody put another policy in force meanwhile, so nothing was changed.",
        "Look at it as it is now and make the change again.",
    ),
    "no_concept": ("That concept is not known: {why}.", "Write the name of a concept, such as chest or refill."),
    "phrase_refused": ("That phrase cannot be taken: {why}.", "Write it otherwise, or press esc."),
    "phrase_built_in": ("That phrase means {concept} already.", "Write another one, or press esc."),
    "holidays_country": (
        "The holidays of {region} are not known.",
        'Name a country in two capital letters, or a state of it, such as "US-NY".',
    ),
    "holidays_state": (
        "There is no {region} among the regions with holidays of their own.",
        "Known in that country: {known}.",
    ),
    "day_unreadable": ("That day cannot be read.", "Write it like {examples}."),
    "day_hours": (
        "Those hours cannot be read.",
        "Write them like 08:00-12:00 13:00-15:00, or nothing for a closed day.",
    ),
    "site": ("The policy has no site of that name.", "Choose one of: {names}."),
}

SCORECARD: dict[str, tuple[str, str]] = {
    "period": ("The last day is before the first one.", "Write the earlier day first."),
    "no_site": ("This practice has no such site.", "Choose one that the policy names."),
    "no_message": ("This message is no longer there.", "Go back to the scorecard."),
    "export": (
        "The scorecard could not be written to the desk's folder.",
        "Look for room on the disk, then try again.",
    ),
}

OUTPUT: dict[str, tuple[str, str]] = {
    "no_terminal": ("This needs a terminal.", "For text use callback-tui queue --plain."),
    "too_small": ("This window is too small: {width}x{height}, at least {least}.", "Make it larger."),
    "stopped": ("Stopped before the end.", "Nothing half done is kept: run the command again."),
    "output_closed": ("The output is closed, so nothing was done.", "Open it and run the command again."),
    "output_lost": (
        "The output could not be written ({reason}); what the command changed stays changed.",
        "Write it to a place with room.",
    ),
    "crash": (
        "Something unexpected went wrong (error {error_id}).",
        "Report it with the end of {log}, which holds no patient's words.",
    ),
    "crash_unlogged": (
        "Something unexpected went wrong (error {error_id}).",
        "Report it; its log could not be written.",
    ),
    "unexpected": (
        "That did not work (error {error_id}).",
        "Look whether it was saved before you try again, and tell your admin the number.",
    ),
}
