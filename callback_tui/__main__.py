"""python -m callback_tui."""

from callback_tui.cli.start import main

__all__ = ["main"]

if __name__ == "__main__":
    main()
