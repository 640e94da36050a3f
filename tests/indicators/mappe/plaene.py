"""Everything the planning files may say, as strategies: long, odd and empty, in every field."""

from datetime import date

from hypothesis import strategies as st

from indicators.model_agenda import Angabe, Beschluss, Massnahme, Sitzung, Unterziel, Wirkung
from indicators.model_steuerung import (
    Fachnotiz,
    Geldbetrag,
    Handlungsempfehlung,
    Planungsauftrag,
    Zielwert,
)
from indicators.planung import Planung, schluessel

text = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Cn", "Zl", "Zp"], exclude_characters="\ufeff"),
    max_size=20,
).map(lambda t: t.strip() or "ä") | st.sampled_from(
    ["=1+1", "_x0041_", "'a", "-", "007", "1,5", "wahr", "2014-06-30", "no", "#N/A", "TRUE", "1e3",
     "@SUMME(A1)", "+49 711", "31.12.2024", "{=A1}", "ä: ß – »ö« „ü“ … €", "https://a.example/?b#c"]
)  # fmt: skip
absatz = text | text.map(lambda t: (t * 420)[:420].strip() or "ä")
texts = st.lists(text, max_size=3).map(tuple)
jahr, tag = st.integers(1990, 2100), st.dates(date(1990, 1, 1), date(2100, 12, 31))
number = st.floats(allow_nan=False, allow_infinity=False)
ids = st.from_regex(r"[a-z0-9]{1,9}(_[a-z0-9]{1,5})?", fullmatch=True)
ENTRIES = {
    "massnahmen": st.builds(
        Massnahme, id=ids, titel=text, beschreibung=absatz,
        leitziele=st.lists(text, min_size=1, max_size=3).map(tuple), querschnittsthemen=texts,
        status=st.just("idee"), status_quelle=text, zustaendig=st.none() | text,
        von=st.none() | st.just(1990), bis=st.none() | jahr, wirkungen_durch=text,
        wirkungen=st.lists(st.builds(Wirkung, indikator=text, absicht=st.just("senken")),
                           min_size=1, max_size=3).map(tuple),
        angaben=st.lists(st.builds(Angabe, text=text, jahr=jahr, quelle=text),
                         max_size=2).map(tuple),
        quelle=text),
    "unterziele": st.builds(
        Unterziel, leitziel=text, text=text, stand=st.sampled_from(["agenda", "beschlossen"]),
        zustaendig=st.none() | text, indikatoren=texts, quelle=text),
    "zielwerte": st.builds(
        Zielwert, indikator=text, wert=number, jahr=jahr, basisjahr=jahr, quelle=text),
    "planungsauftraege": st.builds(
        Planungsauftrag, id=ids, titel=text, text=absatz, gremium=text, jahr=jahr,
        beschluss=st.none() | ids, leitziele=texts, zustaendig=st.none() | text,
        faellig=st.none() | tag, status=st.just("in_arbeit"), status_quelle=text, quelle=text),
    "handlungsempfehlungen": st.builds(
        Handlungsempfehlung, id=ids, titel=text, text=absatz, leitziele=texts, indikatoren=texts,
        empfohlen_von=text, datum=tag, stand=st.just("beschlossen"), beschluss=ids, quelle=text),
    "beschluesse": st.builds(
        Beschluss, id=ids, gremium=text, jahr=st.just(2024),
        datum=st.none() | st.dates(date(2024, 1, 1), date(2024, 12, 31)), titel=text, text=absatz,
        leitziele=texts, vorlage=st.none() | text, quelle=text),
    "sitzungen": st.builds(
        Sitzung, gremium=text, datum=tag, titel=text, themen=texts, leitziele=texts,
        unterlagen=st.none() | text, quelle=text),
    "geld": st.builds(
        Geldbetrag, id=ids, titel=text, abgrenzung=absatz, rechnung=st.just("netto"),
        art=st.just("plan"), jahr=jahr, betrag=number, aus_indikator=st.none(),
        einheit=st.just("Euro"), handlungsfelder=texts, leitziele=texts, indikatoren=texts,
        quelle=text, adresse=st.none() | st.just("https://a.example/?b=1&c=%20#d"))
        | st.builds(
        Geldbetrag, id=ids, titel=text, abgrenzung=text, rechnung=st.just("brutto"),
        art=st.just("ist"), jahr=jahr, betrag=st.none(), aus_indikator=text,
        einheit=st.just("Prozent"), quelle=text),
    "fachnotizen": st.builds(
        Fachnotiz, id=ids, indikator=text, handlungsfeld=st.none(), gebiet=text, zeit=text,
        text=absatz, gezeichnet=text, datum=tag)
        | st.builds(
        Fachnotiz, id=ids, indikator=st.none(), handlungsfeld=text, gebiet=st.none(),
        zeit=st.none(), text=text, gezeichnet=text, datum=tag),
}  # fmt: skip
plans = st.one_of(
    st.lists(entry, min_size=1, max_size=3, unique_by=schluessel(name)).map(
        lambda entries, name=name: Planung(**{name: tuple(entries)})
    )
    for name, entry in ENTRIES.items()
)
