"""What can go wrong with the desk's folder, its files and keys, at sign-in, and with the people of the desk."""

OPENING: dict[str, tuple[str, str]] = {
    "no_desk": ("There is no desk in {folder}.", "Run `callback-tui init`, or name its folder with --desk."),
    "exists": ("There is a desk in {folder} already.", "Sign in to it, or choose another folder."),
    "not_empty": ("The folder {folder} holds other things.", "Name a new or an empty folder with --desk."),
    "no_folder": ("{folder} cannot be used as a folder ({reason}).", "Name another one with --desk."),
    "no_access": (
        "{path} cannot be written by this user ({reason}).",
        "Ask the folder's owner, or choose another folder.",
    ),
    "network_share": (
        "The desk folder {folder} is on a network share ({share}), where two programs can damage the database.",
        "Choose a folder on this machine's own disk.",
    ),
    "unsafe_sqlite": (
        "Python's own SQLite {version} can damage a file that two programs write to.",
        "Use the encrypted desk, which brings its own.",
    ),
    "foreign_file": (
        "The database in this folder was not made by callback-tui.",
        "Name the desk's folder with --desk.",
    ),
    "newer_desk": (
        "This desk was opened by a newer callback-tui (schema {version}, this one knows {known}).",
        "Update callback-tui on this machine.",
    ),
    "damaged": (
        "The desk's database cannot be read: it is damaged, or was made with other keys.",
        "Keep the folder as it is and restore the latest backup.",
    ),
    "busy": ("The desk is busy: another program is writing to it.", "Try again."),
    "disk": ("The disk is full or failing, so nothing was saved.", "Free some space, then do it again."),
    "read_only": ("The desk's files cannot be written.", "Ask the owner of the desk folder for write access."),
    "upgrade": ("The upgrade of this desk did not fit its data.", "Nothing was changed. Report it."),
    "audit_changed": (
        "An audit entry cannot be read: it was changed after it was written.",
        "Keep the desk as it is and run `callback-tui audit verify`.",
    ),
    "keys_unreadable": ("The key file in {folder} cannot be read by this user ({reason}).", "Ask the folder's owner."),
    "newer_keys": ("The key file was made by a newer callback-tui.", "Update callback-tui."),
    "key_file_missing": (
        "The key file in {folder} is missing.",
        "Copy {older} over {name} and sign in; the last change of a passphrase may be undone by it.",
    ),
    "key_file_gone": ("The key file in {folder} is missing.", "Restore the latest backup of the folder."),
    "key_file_damaged": (
        "The key file in {folder} is damaged.",
        "Copy {older} over {name} and sign in; the last change of a passphrase may be undone by it.",
    ),
    "key_file_lost": ("The key file in {folder} is damaged.", "Restore the latest backup of the folder."),
    "key_file_unfit": ("The key file does not fit together.", "Restore the latest backup of the desk's folder."),
    "region": ("Phone numbers of that region cannot be read.", "Give --region as US, CA or GB."),
    "callback_number": ("That callback number cannot be read.", "Write it with its area code."),
    "code_lost": ("The recovery code could not be written, so nobody has it.", "Delete {folder} and start over."),
}

SIGNING_IN: dict[str, tuple[str, str]] = {
    "sign_in": (
        "The name or the passphrase is not right.",
        "Try again, or ask an admin to set a new passphrase.",
    ),
    "too_many_tries": (
        "{tries} wrong passphrases in a row closed this name.",
        "Wait {minutes} min, or ask an admin to set a new passphrase.",
    ),
    "deactivated": ("This account was deactivated.", "Ask an admin of the practice."),
    "deactivated_meanwhile": (
        "This account was deactivated, so nothing was saved.",
        "Ask an admin of the practice.",
    ),
    "unknown_person": ("Nobody here has that user name.", "Type it as at sign-in."),
    "recovery": ("That is not the recovery code of this desk.", "Type all eight groups as printed."),
    "short_passphrase": (
        "The passphrase is shorter than {least} characters.",
        "Take a longer one, for example four or five words.",
    ),
    "passphrase_file": ("The passphrase file cannot be read.", "Check its path and who may read it."),
    "nobody_to_ask": (
        'The question "{question}" was asked and nobody is there to answer.',
        "Give it with {instead}.",
    ),
}

STAFF: dict[str, tuple[str, str]] = {
    "role": ("A {role} cannot {doing} here.", "Ask somebody who is {who}."),
    "username": (
        "A user name is 2 to 32 letters, digits, dots or dashes, without blanks.",
        "Choose another one.",
    ),
    "username_taken": ("That user name is taken.", "Choose another one."),
    "unknown_user": ("Nobody here has that user name.", "See `callback-tui staff list`."),
    "person_deactivated": ("That person was deactivated.", "Add them under a new user name."),
    "last_admin": ("That is the last admin of this desk.", "Add another admin first."),
}
