"""Splits one line whose quotes are broken, as by an exporter that does not escape a quote inside a name."""


def split_leniently(line: str, delimiter: str) -> tuple[list[str], bool]:
    """Return the cells of a line in which a quote ends a cell only before a delimiter or the line's end.

    And whether every quoted cell ends in this line; one that does not takes the rest of it.
    """
    line = line.rstrip("\r\n")
    cells: list[str] = []
    start = 0
    while True:
        if line.startswith('"', start):
            end = _closing_quote(line, start + 1, delimiter)
            if end is None:
                return [*cells, line[start + 1 :].replace('""', '"')], False
            cells.append(line[start + 1 : end].replace('""', '"'))
            start = end + 1
        else:
            end = line.find(delimiter, start)
            end = len(line) if end == -1 else end
            cells.append(line[start:end])
            start = end
        if start >= len(line):
            return cells, True
        start += len(delimiter)


def _closing_quote(line: str, start: int, delimiter: str) -> int | None:
    while True:
        quote = line.find('"', start)
        if quote == -1:
            return None
        if quote + 1 == len(line) or line.startswith(delimiter, quote + 1):
            return quote
        start = quote + 1
