"""What cannot be read is never put aside: garbled texts, other languages; wrappers and shouting change no tag."""

from collections.abc import Callable

import pytest

from callback_tui.models.vocabulary import Tier
from callback_tui.rules.triage import tag

LISTEN = "listen to the recording"
READ = "not English or Spanish: have it read"


@pytest.mark.parametrize(
    "text",
    [
        "Bonjour, je voudrais renouveler mon ordonnance, merci de me rappeler",
        "Allo c'est Marie, mon fils a de la fièvre, rappelez-moi",
        "Bonjou, mwen bezwen yon randevou ak doktè a, tanpri rele m",
        "Pitit mwen gen lafyèv, mwen pa konnen sa pou m fè",
        "Olá, preciso renovar a minha receita, obrigado",
        "estou com muita dor de barriga desde ontem à noite",
        "Xin chào bác sĩ, tôi cần lấy thêm thuốc, cảm ơn",
        "Con tôi bị sốt cao, làm ơn gọi lại",
        "您好，我需要续药，请给我回电话，谢谢",
        "我肚子很疼，从昨天开始",
        "مرحبا، أحتاج إلى تجديد الدواء من فضلك",
        "عندي ألم شديد في البطن منذ أمس",
        "Здравствуйте, мне нужно продлить рецепт, перезвоните пожалуйста",
        "Спасибо",
    ],
)
def test_another_language_is_routine_and_checked(text: str) -> None:
    for written in (text, text.upper(), text.replace(",", "")):
        found = tag(written)
        assert (found.tier, found.check, found.note) == (Tier.ROUTINE, True, READ)


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("", LISTEN),
        ("...", LISTEN),
        ("[inaudible]", LISTEN),
        ("um [unintelligible] my [unintelligible] the [inaudible]", LISTEN),
        ("\ufffd\ufffd \ufffd\ufffd\ufffd", LISTEN),
        ("kjhsd fkjh sdkfj hskdf", "not readable by the rules: have it read"),
    ],
)
def test_a_garbled_text_is_routine_and_checked(text: str, note: str) -> None:
    found = tag(text)
    assert (found.tier, found.check, found.note) == (Tier.ROUTINE, True, note)


def test_readable_english_and_spanish_are_not_taken_for_another_language() -> None:
    for text in (
        "I need a refill of my pills",
        "Necesito una cita para mi hijo, gracias",
        "Call me about Friday please",
    ):
        assert not tag(text).check


def _voice_mail(text: str) -> str:
    head = "New voicemail from WIRELESS CALLER (212) 555-0147 on Monday, November 23, 2026 at 10:32 AM"
    foot = "To listen to the message, click here. Do not reply to this email. Rate this transcript: useful / not useful"
    return f'{head}\n\nTranscription:\n"{text}"\n\n{foot}'


@pytest.mark.parametrize(
    "written",
    [
        str.upper,
        lambda text: "".join(letter for letter in text if letter.isalnum() or letter == " "),
        lambda text: (
            f"You have a new voice message from (212) 555-0147. Transcript: {text} To listen, call your voicemail."
        ),
        lambda text: (
            f"You received a voice message from +12125550147. {text} Listen to the full message in your portal."
        ),
        lambda text: f"Voicemail transcript (confidence: 0.82): {text}",
        _voice_mail,
    ],
    ids=["shouted", "no punctuation", "wrapped", "received", "confidence", "e-mail"],
)
@pytest.mark.parametrize(
    ("text", "tier"),
    [
        ("My chest has been tight since six this morning and my arm feels heavy.", Tier.EMERGENT),
        ("My baby is limp and won't wake up!", Tier.EMERGENT),
        ("The pain in my lower right belly is eight out of ten and getting worse fast.", Tier.URGENT),
        ("I need a refill of my blood pressure pills, please.", Tier.ROUTINE),
        ("What are your hours on Friday?", Tier.INFORMATIONAL),
    ],
)
def test_wrappers_shouting_and_missing_marks_change_no_tag(
    written: Callable[[str], str], text: str, tier: Tier
) -> None:
    assert tag(text).tier is tier
    assert tag(written(text)).tier is tier


def test_a_wrapper_hides_nothing_in_the_words() -> None:
    assert tag(_voice_mail("I hear a voice telling me to hurt myself")).emergent
