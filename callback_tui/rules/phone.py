"""Reads phone numbers as exports write them: plain US and Canadian ones fast, the rest with `phonenumbers`."""

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from callback_tui.views.intake import PhoneReading

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

NO_NUMBER_NOTE = "no number"
WITHHELD_NOTE = "number withheld by the caller"
NOT_VALID_NOTE = "not a valid number"
SEVERAL_NOTE = "several numbers, the first is used"
HEARD_NOTE = "found in the words of the message"

_FAST_REGIONS = frozenset({"US", "CA"})
_PLAIN = re.compile(
    r"(?:\+?1[ .-]?)?(?:\(([2-9][0-9]{2})\) ?|([2-9][0-9]{2})[ .-]?)"
    r"([2-9][0-9]{2})[ .-]?([0-9]{4})(?: ?x ?([0-9]{1,7}))?"
)
_PREFIX = re.compile(r"(?:tel|sips?|whatsapp|sms|rcs|voice)[:=]\s*", re.IGNORECASE)
_ADDRESS_TAIL = re.compile(r"@.*$", re.DOTALL)
_EXTENSION_MARK = re.compile(r"(?:;ext=|ext(?:ension)?\.?|x|#)\s*[0-9]{1,7}\s*$", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")
_LONGEST_READ = 100
_NO_NUMBER = frozenset({"", "-", "none", "n/a", "na", "no number"})
# 266696687 spells ANONYMOUS on a keypad; carriers send it for a withheld caller id.
_WITHHELD = frozenset(
    {
        "anonymous",
        "restricted",
        "unavailable",
        "private",
        "unknown",
        "blocked",
        "withheld",
        "266696687",
        "+266696687",
        "private number",
        "private caller",
        "unknown caller",
        "unknown number",
        "blocked caller",
        "no caller id",
        "not available",
        "out of area",
    }
)

# Area codes in which every exchange 200-999 is valid; the others, and new ones, take the slow path to the same answer.
_AREA_CODES_TEXT = (
    "201 202 203 204 205 206 207 208 209 210 212 213 214 215 216 217 218 219 220 223 224 225 226 227 228 229 231 "
    "234 235 236 239 240 248 249 250 251 252 253 254 256 257 260 262 263 267 269 270 272 273 274 276 279 281 283 "
    "289 301 302 303 304 305 306 307 308 309 310 312 313 314 315 316 317 318 319 320 321 323 324 325 326 327 329 "
    "330 331 332 334 336 337 339 341 343 346 347 350 351 352 353 354 360 361 363 364 365 367 368 369 380 382 385 "
    "386 401 402 403 404 405 406 407 408 409 410 412 413 414 415 416 417 418 419 423 424 425 428 430 431 432 434 "
    "435 437 438 440 442 443 445 447 448 450 458 463 464 468 469 470 472 474 475 478 479 480 484 500 501 502 503 "
    "504 505 506 507 508 509 510 512 513 514 515 516 517 518 519 520 521 522 525 526 527 528 529 530 531 532 533 "
    "534 539 540 541 544 548 551 557 559 561 562 563 564 566 567 570 571 572 573 574 575 577 579 580 581 582 584 "
    "585 586 587 588 600 601 602 603 604 605 606 607 608 609 610 612 613 614 615 616 617 618 619 620 622 623 626 "
    "628 629 630 631 633 636 639 640 641 645 646 647 650 651 656 657 658 659 660 661 662 667 669 672 678 680 681 "
    "682 683 686 689 701 702 703 704 705 706 707 708 709 712 713 714 715 716 717 718 719 720 724 725 726 727 728 "
    "730 731 732 734 737 738 740 742 743 747 748 753 754 757 760 762 763 765 769 770 771 772 773 774 775 778 779 "
    "780 781 782 785 786 787 800 801 802 803 804 805 806 807 808 809 810 812 813 814 815 816 817 818 819 820 821 "
    "825 826 828 829 830 831 832 833 835 838 839 840 843 844 845 847 848 849 850 854 855 856 857 858 859 860 862 "
    "863 864 865 866 867 870 872 873 877 878 879 888 900 901 902 903 904 905 906 907 908 909 910 912 913 914 915 "
    "916 917 918 919 920 925 928 929 930 931 934 936 937 938 939 940 941 942 943 945 947 948 949 951 952 954 956 "
    "959 970 971 972 973 975 978 979 980 984 985 986 989 "
)
_AREA_CODES = frozenset(_AREA_CODES_TEXT.split())


def read_phone(raw: str, region: str) -> PhoneReading:
    """Read one cell. `e164` is set only for a valid number, `raw` always stays, `note` says why there is none.

    `region` is the two-letter code for numbers without a country code. Extensions ("x12") are kept apart. A number for
    fiction such as (212) 555-0147 counts as valid. Never raises. Source: ref-formats section 1.3.
    """
    if region in _FAST_REGIONS:
        match = _PLAIN.fullmatch(raw)
        if match:
            first, second, exchange, line, extension = match.groups()
            area = first or second
            if area in _AREA_CODES:
                return PhoneReading(raw, f"+1{area}{exchange}{line}", extension or "")
    return _read_rest(raw, region)


def is_phone_region(region: str) -> bool:
    """Return whether numbers of a two-letter country can be read ("US", "GB"; not "UK" or "ZZ")."""
    if region in _FAST_REGIONS:
        return True
    import phonenumbers

    return region in phonenumbers.SUPPORTED_REGIONS


def has_no_number(reading: PhoneReading) -> bool:
    """Return whether the cell named no number at all, as against one that cannot be read."""
    return reading.e164 is None and reading.note in (NO_NUMBER_NOTE, WITHHELD_NOTE)


def national(e164: str) -> str:
    """Return a number as people of its country write it, "(212) 555-0147"; other text comes back as it is."""
    if len(e164) == 12 and e164.startswith("+1") and e164[2:].isdecimal():
        return f"({e164[2:5]}) {e164[5:8]}-{e164[8:]}"
    import phonenumbers

    try:
        number = phonenumbers.parse(e164, None)
    except phonenumbers.NumberParseException:
        return e164
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL))


def spoken(e164: str) -> str:
    """Return a number as it stands among words, "212-555-0147": it has no blank a line could break at."""
    return national(e164).replace("(", "").replace(") ", "-").replace(" ", "-")


def said_back(e164: str) -> str:
    """Return a number as it is read back to a caller, group by group: "2 1 2, 5 5 5, 0 1 4 7"."""
    groups = ("".join(filter(str.isdecimal, group)) for group in spoken(e164).split("-"))
    return ", ".join(" ".join(group) for group in groups if group)


@lru_cache(maxsize=1024)
def zones_of(e164: str) -> tuple[str, ...]:
    """Return the IANA zones a number may be in, most likely first; empty when nothing is known of it."""
    import phonenumbers
    from phonenumbers.timezone import UNKNOWN_TIMEZONE, time_zones_for_number

    try:
        number = phonenumbers.parse(e164, None)
    except phonenumbers.NumberParseException:
        return ()
    return tuple(zone for zone in time_zones_for_number(number) if zone != UNKNOWN_TIMEZONE)


@lru_cache(maxsize=4096)
def _read_rest(raw: str, region: str) -> PhoneReading:
    text = " ".join(raw.split())
    word = text.casefold().strip("<>()[]\"' .")
    if word in _NO_NUMBER:
        return PhoneReading(raw, None, note=NO_NUMBER_NOTE)
    if word in _WITHHELD or "".join(filter(str.isdecimal, text)) == "266696687":
        return PhoneReading(raw, None, note=WITHHELD_NOTE)
    if len(text) > _LONGEST_READ:
        return PhoneReading(raw, None, note=NOT_VALID_NOTE)
    prefix = _PREFIX.match(text)
    if prefix:
        text = _ADDRESS_TAIL.sub("", text[prefix.end() :])
    return _parsed(raw, text, region)


def _parsed(raw: str, text: str, region: str) -> PhoneReading:
    import phonenumbers

    numbers = []
    try:
        if _LETTER.search(_EXTENSION_MARK.sub("", text)):
            # Parsed whole, the letters of a sender's name would be read as keys.
            raise phonenumbers.NumberParseException(phonenumbers.NumberParseException.NOT_A_NUMBER, "letters")
        numbers = [phonenumbers.parse(text, region)]
    except phonenumbers.NumberParseException:
        numbers = [match.number for match in phonenumbers.PhoneNumberMatcher(text, region)]
    usable = [number for number in numbers if _can_be_dialled(number)]
    if not usable:
        return PhoneReading(raw, None, note=NOT_VALID_NOTE)
    forms = [phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) for number in usable]
    note = SEVERAL_NOTE if len(set(forms)) > 1 else ""
    return PhoneReading(raw, forms[0], usable[0].extension or "", note)


def _can_be_dialled(number: "PhoneNumber") -> bool:
    import phonenumbers

    # The library also counts Canada's seven-digit 310 numbers as valid; without an area code nobody can ring them.
    whole = number.country_code != 1 or len(str(number.national_number)) == 10
    return whole and bool(phonenumbers.is_valid_number(number))
