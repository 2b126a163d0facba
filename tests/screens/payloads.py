"""Texts as an attacker or a broken export would send them; each carries a marker that no screen of ours contains."""

MARKER = "PWNED"
ESCAPE = "\x1b"
PAYLOADS = {
    "closing markup": f"[/] {MARKER}",
    "unknown closing markup": f"[/nope] [ {MARKER}",
    "colour markup": f"[red]{MARKER}[/red]",
    "open markup": f"[b {MARKER}",
    "click markup": f"[@click=app.quit()]{MARKER}[/]",
    "variable markup": f"[$late]{MARKER} $unknown [link='x']",
    "clipboard": f"{ESCAPE}]52;c;UFdORUQ={ESCAPE}\\{MARKER}",
    "window title": f"{ESCAPE}]0;{MARKER}\x07",
    "hyperlink": f"{ESCAPE}]8;;http://{MARKER}{ESCAPE}\\x{ESCAPE}]8;;{ESCAPE}\\",
    "colour escape": f"{ESCAPE}[31;5m{MARKER}{ESCAPE}[0m",
    "clear screen": f"{ESCAPE}[2J{ESCAPE}[H{MARKER}",
    "device request": f"{ESCAPE}[6n{ESCAPE}[c{MARKER}",
    "one-byte CSI": f"\x9b31m{MARKER}\x9b0m",
    "one-byte OSC": f"\x9d0;{MARKER}\x9c",
    "NUL": f"\x00{MARKER}\x00",
    "bell and backspace": f"\x07\x08\x08{MARKER}\x7f",
    "line ends": f"{MARKER}\r\n\n\rover",
    "bidi overrides": f"\u202e{MARKER}\u202c\u2066x\u2069\u200f",
    "zero width": f"\u200b{MARKER}\ufeff\u2060",
    "surrogate": f"\ud800{MARKER}\udfff",
    "tag characters": f"{MARKER}\U000e0041\U000e007f",
    "many accents": MARKER + "e" + "\u0301" * 500,
    "wide": "\U0001f469\u200d\U0001f692" * 20 + MARKER + "日本語" * 20,
    "formula": f"=HYPERLINK({MARKER})",
    "very long line": MARKER + "A" * 200_000,
}
FORBIDDEN_ON_SCREEN = frozenset(
    chr(code)
    for code in (
        *range(0x20),
        *range(0x7F, 0xA0),
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x206A),
        0xFEFF,
        *range(0xD800, 0xE000),
        *range(0xE0000, 0xE0080),
    )
)
