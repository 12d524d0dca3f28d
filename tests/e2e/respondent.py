"""What the invented respondent answers, as the keys that the interviewer presses, by the code on the screen."""

import re

CODE = re.compile(r"^([A-Z]\d+)\b")

# Five stages: two of their own (the keys 1 and 3 of D2), three of others (1, 2 and 4 of what D4 then offers).
OWN_STAGES, OTHER_STAGES = 2, 3

_RATINGS = {
    "own": {"perf": "4352433", "imp": "5454345", "out": "4453443"},
    "other": {"perf": "3243825", "imp": "4534454", "out": ""},
}

_ANSWERS = {
    "A1": "RP-0007",
    "A2": "12.03.2026",
    "A3": "2",
    "A4": "I03",
    "A5": "2",
    "A6": "1",
    "A7": "01.06.2025",
    "B1": "1",
    "B2": "E-0007",
    "B3": "2",
    "B4": "1",
    "B5": "1",
    "B6": "1",
    "B7": "1",
    "C2": "1",
    "C3": "Technologietransfer",
    "C4": "4",
    "C5": "3",
    "C6": "1",
    "C7": "23",
    "D1": "1",
    "D2": "13",
    "D3": "2",
    "D4": "124",
    "D5": "1",
    "E24": "4",
    "E25": "23",
    "E26": "Ein Engpass, frei erfunden",
    "E27": "4",
    "F1": "20",
    "F2": "15",
    "F3": "15",
    "F4": "15",
    "F5": "15",
    "F6": "10",
    "F7": "10",
    "Mit wie vielen": "2",
    "G2": "12",
    "G3": "3",
    "G4": "3",
    "H1": "23",
    "H2": "4",
    "H3": "2",
    "I1": "23",
    "I2": "23",
    "I3": "4",
    "J1": "23",
    "J2": "4",
    "K1": "23",
    "K2": "3",
    "K3": "3",
    "K4": "4",
    "K5": "23",
    "L1": "3",
    "L2": "23",
    "M1": "3",
    "M2": "23",
    "N1": "4",
    "N2": "3",
    "N3": "23",
    "O2": "3",
    "O3": "23",
    "O4": "23",
    "P1": "Kurze Wege, frei erfunden",
    "P2": "Wenig Fläche, frei erfunden",
    "P3": "Neue Anwendungen",
    "P4": "Abwanderung",
    "Wie viele konkrete": "1",
    "Q1": "Eine gemeinsame Ausbildung schaffen",
    "Q2": "3",
    "Q3": "3",
    "Q4": "4",
    "Q5": "2",
    "Q6": "2",
    "Q7": "5",
    "Q8": "1",
    "W1": "23",
    "W2": "Erfundene Veränderung",
    "W3": "1",
    "W4": "3",
    "R1": "Erfundenes Thema",
    "R2": "Ein Hafen, frei erfunden",
    "X1": "4",
    "X2": "75",
}


def keys_for(wording: str, *, card: int, names: tuple[str, ...]) -> str:
    """The keys for a question.

    Args:
        wording: code and wording as they stand on the screen.
        card: which card of a repeat the question stands on, from 0.
        names: register entries: the own organisation, two partners, a reference network.
    """
    match = CODE.match(wording)
    code = match.group(1) if match else next((key for key in _ANSWERS if wording.startswith(key)), wording)
    is_own = card < OWN_STAGES
    if code == "C1":
        return names[0]
    if code == "G1":
        return names[1 + card]
    if code == "O1":
        return names[3]
    if code == "E1":
        return "1" if card == 0 else "2"
    if code == "E2":
        return "7" if card == 0 else "5"
    number = int(code[1:]) if match and code[0] == "E" else 0
    ratings = _RATINGS["own" if is_own else "other"]
    for first, block in ((3, "perf"), (10, "imp"), (17, "out")):
        if first <= number < first + 7:
            return ratings[block][number - first]
    return _ANSWERS[code]
