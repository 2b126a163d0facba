"""Time comes in through here: wall time as aware UTC, and a boot clock for leases."""

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Protocol

_BOOT_ID_FILE = Path("/proc/sys/kernel/random/boot_id")
_BOOT_TIME_ROUNDING_SECONDS = 60


@dataclass(frozen=True, slots=True)
class BootInstant:
    """A reading of a clock that no wall-clock change moves; comparable only within one boot."""

    boot_id: str
    nanoseconds: int


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
        return BootInstant(_system_boot_id(), _boot_nanoseconds())


@dataclass(slots=True)
class FixedClock:
    """A clock that stands still until it is moved; used by tests, demos and screenshots."""

    instant: datetime
    boot_id: str = "fixed"
    boot_nanoseconds: int = field(default=0)

    def now(self) -> datetime:
        """Return the instant it was set to."""
        return self.instant

    def boot(self) -> BootInstant:
        """Return the boot reading that goes with the instant."""
        return BootInstant(self.boot_id, self.boot_nanoseconds)

    def advance(self, step: timedelta) -> None:
        """Move wall time and boot clock on together."""
        self.instant += step
        self.boot_nanoseconds += int(step.total_seconds() * 1_000_000_000)

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


def _boot_nanoseconds() -> int:
    boottime = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic_ns() if boottime is None else time.clock_gettime_ns(boottime)


@cache
def _system_boot_id() -> str:
    try:
        return _BOOT_ID_FILE.read_text("ascii").strip()
    except OSError:
        booted_at = time.time() - time.monotonic()
        return f"booted-{round(booted_at / _BOOT_TIME_ROUNDING_SECONDS)}"
