"""Time comes in through here: wall time as aware UTC, and a boot clock for leases."""

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Protocol

_BOOT_ID_FILE = Path("/proc/sys/kernel/random/boot_id")
_BOOT_TIME_ROUNDING_SECONDS = 60
_NANOSECONDS = 1_000_000_000


@dataclass(frozen=True, slots=True)
class BootInstant:
    """A reading of a clock that no wall-clock change moves; comparable only within one boot.

    `other_ids` are what another process of the same boot may call it, where the system itself has no name for it.
    """

    boot_id: str
    nanoseconds: int
    other_ids: tuple[str, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """Return every id under which the same boot may have been written down."""
        return (self.boot_id, *self.other_ids)


class Clock(Protocol):
    """What services ask for the time."""

    def now(self) -> datetime:
        """Return the wall time as an aware UTC datetime."""
        ...

    def boot(self) -> BootInstant:
        """Return the boot clock, which runs on through suspend and clock changes."""
        ...


class SystemClock:
    """The machine's clocks."""

    def now(self) -> datetime:
        """Return the machine's wall time in UTC."""
        return datetime.now(UTC)

    def boot(self) -> BootInstant:
        """Return CLOCK_BOOTTIME where the system has it, else the monotonic clock."""
        boot_id, *other_ids = _system_boot_ids()
        return BootInstant(boot_id, _boot_nanoseconds(), tuple(other_ids))


@dataclass(slots=True)
class FixedClock:
    """A clock that stands still until it is moved; used by tests, demos and screenshots."""

    instant: datetime
    boot_id: str = "fixed"
    boot_nanoseconds: int = field(default=0)
    other_boot_ids: tuple[str, ...] = ()

    def now(self) -> datetime:
        """Return the instant it was set to."""
        return self.instant

    def boot(self) -> BootInstant:
        """Return the boot reading that goes with the instant."""
        return BootInstant(self.boot_id, self.boot_nanoseconds, self.other_boot_ids)

    def advance(self, step: timedelta) -> None:
        """Move wall time and boot clock on together."""
        self.instant += step
        self.boot_nanoseconds += int(step.total_seconds() * _NANOSECONDS)

    def set_wall(self, instant: datetime) -> None:
        """Change the wall time alone, as a person or a time server would."""
        self.instant = instant


@dataclass(frozen=True, slots=True)
class ShiftedClock:
    """Another clock, a fixed time ahead: a made-up practice is open at whatever hour it is tried."""

    base: Clock
    ahead: timedelta

    def now(self) -> datetime:
        """Return the other clock's wall time plus the shift."""
        return self.base.now() + self.ahead

    def boot(self) -> BootInstant:
        """Return the other clock's boot reading; leases know no shift."""
        return self.base.boot()


def reckoned_boot_ids(booted_at: float) -> tuple[str, ...]:
    """Name a boot by the minute it began, in seconds since 1970, and its neighbours: two processes may differ by one.

    For systems that give a boot no id of its own.
    """
    minute = round(booted_at / _BOOT_TIME_ROUNDING_SECONDS)
    return tuple(f"booted-{near}" for near in (minute, minute - 1, minute + 1))


def _boot_nanoseconds() -> int:
    # The second choice runs on through sleep on macOS, which time.monotonic does not.
    source = getattr(time, "CLOCK_BOOTTIME", getattr(time, "CLOCK_MONOTONIC", None))
    return time.monotonic_ns() if source is None else time.clock_gettime_ns(source)


@cache
def _system_boot_ids() -> tuple[str, ...]:
    try:
        return (_BOOT_ID_FILE.read_text("ascii").strip(),)
    except OSError:
        return reckoned_boot_ids(time.time() - _boot_nanoseconds() / _NANOSECONDS)
