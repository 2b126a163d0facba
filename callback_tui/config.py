"""Where the desk's folder is, and where a person's preferences are."""

import os
from pathlib import Path

_APPLICATION = "callback-tui"
DESK_VARIABLE = "CALLBACK_TUI_DESK"


def desk_folder(named: Path | None = None) -> Path:
    """Return the folder that was named, else the one in CALLBACK_TUI_DESK, else the platform's user data folder."""
    if named is not None:
        return named.expanduser()
    from_environment = os.environ.get(DESK_VARIABLE)
    if from_environment:
        return Path(from_environment).expanduser()
    return default_desk_folder()


def default_desk_folder() -> Path:
    """Return the platform's user data folder for this program."""
    import platformdirs

    return Path(platformdirs.user_data_dir(_APPLICATION, appauthor=False))


def preferences_file() -> Path:
    """Return the file of this person's choices, in the platform's folder for settings."""
    import platformdirs

    return Path(platformdirs.user_config_dir(_APPLICATION, appauthor=False)) / "preferences.toml"


def log_folder() -> Path:
    """Return the platform's folder for logs of this program."""
    import platformdirs

    return Path(platformdirs.user_log_dir(_APPLICATION, appauthor=False))
