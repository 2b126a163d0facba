"""Every screen at both sizes is as kept in docs/pictures; what is not is named line by line."""

import pytest

from picture_files import RENEW, difference, kept_picture, strangers
from scenes import SIZES, WALKS, PracticeDesk, Walk, picture_names, pictures_of


@pytest.fixture(scope="session")
def practice(tmp_path_factory: pytest.TempPathFactory) -> PracticeDesk:
    """Return the made-up practice of the pictures."""
    return PracticeDesk(tmp_path_factory.mktemp("pictures"))


@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.name)
@pytest.mark.parametrize("size", SIZES, ids=lambda size: str(size[0]))
async def test_every_screen_is_as_kept(practice: PracticeDesk, walk: Walk, size: tuple[int, int]) -> None:
    """The pages show these very files, so a page cannot show what the program no longer does."""
    found: list[str] = []
    for picture in await pictures_of(walk, size, practice):
        found += difference(picture.name, kept_picture(picture.name), picture.svg)
    assert not found, "\n".join([*found, RENEW])


def test_no_picture_is_left_over() -> None:
    assert strangers() == []
    assert len(picture_names()) == sum(kept_picture(name) is not None for name in picture_names())


def test_a_changed_cell_is_reported() -> None:
    """A word, a colour, a line too many, a missing picture: each is named; the same picture is not."""
    kept = kept_picture("sign-in-80")
    assert kept is not None
    assert difference("sign-in-80", kept, kept) == []
    assert difference("sign-in-80", None, kept) == ["sign-in-80: there is no such picture yet"]
    other_word = difference("sign-in-80", kept, kept.replace("Passphrase", "Password"))
    assert any("was:" in line and "Passphrase" in line for line in other_word)
    assert any("now:" in line and "Password" in line for line in other_word)
    colour = kept.partition('fill="')[2].partition("<text")[2].partition('fill="')[2][:7]
    other_colour = difference("sign-in-80", kept, kept.replace(colour, "#FF0000"))
    assert other_colour
    assert all("other colours or weight" in line for line in other_colour)
    assert "lines were kept" in difference("sign-in-80", kept, kept.replace('<g aria-label="">', "", 1))[0]
