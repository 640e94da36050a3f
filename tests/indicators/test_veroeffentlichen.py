"""A build becomes a release, is kept for ever, and can be withdrawn; what must wait stays out."""

import hashlib
import json
import stat
from datetime import date

import duckdb
import pytest

from etl import veroeffentlichungen, warehouse
from etl.errors import DefinitionError, SozialmonitorError, UnknownError, WarehouseError
from indicators.gezeigt import ENTWURF
from indicators.service import Service
from indicators.veroeffentlichen import veroeffentliche
from tests.haus import GEMEINDEN, Haus

ROWS = "\n".join(
    f"{name}|{key}|{year}-12-31|stichtag|zensus2011|{value}"
    for name, value in (("faelle", 50), ("einwohner", 1000))
    for key in sorted(GEMEINDEN)
    for year in (2019, 2020)
)
HEAD = "messgroesse|gebiet|zeit|zeitbezug|basis|wert\n"
NOTE = """
quelle: neu
sha256: {print}
pruefungen: [veroeffentlichung]
funktion: {who}
datum: {when}
grund: Geprüft und zur Veröffentlichung frei.
"""
NEU = HEAD + ROWS.replace("2019-", "2021-").replace("2020-", "2022-").replace("|50", "|777")


@pytest.fixture
def haus(tmp_path) -> Haus:
    house = Haus(tmp_path)
    house.lieferung("zahlen", HEAD + ROWS)
    house.indikator("quote")
    return house


def wartend(haus, **block):
    """Deliver a second file that needs the Freigabe of an office; return its fingerprint."""
    lines = "".join(f"\n  {name}: {value}" for name, value in block.items())
    file = haus.lieferung("neu", NEU)
    about = file.with_name("neu.quelle.yaml")
    about.write_text(f"{about.read_text()}\nfreigabe:{lines}\n")
    return hashlib.sha256(file.read_bytes()).hexdigest()


def years(service):
    return {zeit[:4] for zeit, _ in service.zeiten("quote")}


def test_a_build_is_a_draft_until_it_is_released(haus):
    assert haus.refresh().datenstand().entwurf
    neu = veroeffentliche(haus.warehouse)
    stand = Service(haus.warehouse).datenstand()
    assert (stand.id, stand.entwurf, stand.vermerk) == (neu.id, False, "")
    assert (neu.indikatoren, neu.quellen, neu.wartet) == (1, 1, {})


def test_the_public_sees_the_release_and_not_a_later_draft(haus):
    haus.refresh()
    released = veroeffentliche(haus.warehouse).id
    haus.lieferung("neu", NEU)
    haus.refresh()
    public, draft = Service(haus.warehouse), Service(haus.warehouse, ENTWURF)
    assert public.datenstand().id == released
    assert draft.datenstand().entwurf
    assert (years(public), years(draft)) == ({"2019", "2020"}, {"2019", "2020", "2021", "2022"})
    assert [kept.id for kept in public.datenstaende()] == [released]
    assert len(draft.datenstaende()) == 2


def test_the_same_figures_are_not_released_twice(haus):
    haus.refresh()
    first = veroeffentliche(haus.warehouse)
    haus.refresh()
    assert veroeffentliche(haus.warehouse) is None
    assert veroeffentlichungen.aktuelle(haus.warehouse) == first


def test_what_is_published_does_not_depend_on_the_order_in_which_threads_finish(ausgeliefert):
    with warehouse.read(warehouse.current(ausgeliefert).oeffentlich) as public:
        levels = public.execute("SELECT ebenen FROM gliederung WHERE len(ebenen) > 1").fetchall()
    assert len(levels) > 100
    assert all(ebenen == sorted(ebenen) for (ebenen,) in levels)


def test_releases_are_kept_for_ever_and_drafts_only_three(haus):
    haus.refresh()
    released = veroeffentliche(haus.warehouse).id
    drafts = [haus.refresh() and warehouse.current(haus.warehouse).id for _ in range(5)]
    assert [b.id for b in warehouse.builds(haus.warehouse)] == [*reversed(drafts[-3:]), released]
    assert Service(haus.warehouse, fest=released).datenstand().fest


def test_a_withdrawn_release_says_why_and_the_one_before_is_shown_again(haus):
    haus.refresh()
    first = veroeffentliche(haus.warehouse).id
    haus.lieferung("neu", NEU)
    haus.refresh()
    second = veroeffentliche(haus.warehouse).id
    veroeffentlichungen.ziehe_zurueck(haus.warehouse, second, "Eine falsche Datei.")
    service = Service(haus.warehouse)
    assert service.datenstand().id == first
    gone = service.datenstaende()[0]
    assert (gone.id, gone.grund, gone.aenderungen) == (second, "Eine falsche Datei.", ())
    # The nightly release does not bring the same figures back, a person may.
    haus.refresh()
    with pytest.raises(SozialmonitorError, match="Eine falsche Datei"):
        veroeffentliche(haus.warehouse)
    again = veroeffentliche(haus.warehouse, second)
    assert veroeffentlichungen.aktuelle(haus.warehouse) == again


def test_when_everything_is_withdrawn_nothing_is_shown_not_even_a_draft(haus):
    haus.refresh()
    id_ = veroeffentliche(haus.warehouse).id
    veroeffentlichungen.ziehe_zurueck(haus.warehouse, id_, "Ein Fehler in den Zahlen.")
    with pytest.raises(WarehouseError, match="Ein Fehler in den Zahlen"):
        Service(haus.warehouse)
    with pytest.raises(WarehouseError):
        haus.refresh()  # builds a draft; the public still sees nothing
    assert len(warehouse.builds(haus.warehouse)) == 2


@pytest.mark.parametrize("id_", ["2020-01-01-000000", "../builds", "aktuell"])
def test_what_there_is_not_cannot_be_released_or_withdrawn(haus, id_):
    haus.refresh()
    with pytest.raises(UnknownError):
        veroeffentliche(haus.warehouse, id_)
    with pytest.raises(UnknownError):
        veroeffentlichungen.ziehe_zurueck(haus.warehouse, id_, "Weil es sein muss.")


@pytest.mark.parametrize("change", ["DROP TABLE geheimhaltung", "UPDATE geheimhaltung SET geprueft = false"])  # fmt: skip
def test_without_the_audit_there_is_no_release(haus, change):
    haus.refresh()
    with duckdb.connect(warehouse.current(haus.warehouse).oeffentlich) as public:
        public.execute(change)
    with pytest.raises(SozialmonitorError, match="nicht darauf geprüft"):
        veroeffentliche(haus.warehouse)
    assert veroeffentlichungen.lade(haus.warehouse) == ()


def test_a_damaged_list_of_releases_shows_and_removes_nothing(haus):
    haus.refresh()
    veroeffentliche(haus.warehouse)
    before = warehouse.builds(haus.warehouse)
    (haus.warehouse / veroeffentlichungen.NAME).write_text('[{"id": ')
    with pytest.raises(WarehouseError, match="beschädigt"):
        Service(haus.warehouse)
    with pytest.raises(WarehouseError, match="beschädigt"):
        haus.refresh()
    assert warehouse.builds(haus.warehouse) == before


def test_the_list_of_releases_is_plain_json(haus):
    haus.refresh()
    id_ = veroeffentliche(haus.warehouse).id
    (told,) = json.loads((haus.warehouse / veroeffentlichungen.NAME).read_text())
    assert (told["id"], told["zurueckgezogen"]) == (id_, None)


def test_what_waits_for_a_freigabe_is_in_no_public_table(haus):
    wartend(haus, durch="Amt für Soziales")
    service = haus.refresh()
    assert years(service) == {"2019", "2020"}
    waiting = {q.id: q.wartet for q in service.quellen()}
    assert waiting == {"neu": "wartet auf Freigabe durch Amt für Soziales", "zahlen": ""}
    assert [q.id for q in service.wartende("quote")] == ["neu"]
    neu = veroeffentliche(haus.warehouse)
    assert neu.wartet == {"neu": "wartet auf Freigabe durch Amt für Soziales"}
    with duckdb.connect(
        warehouse.shown(haus.warehouse).oeffentlich,
        read_only=True,
        config=dict(warehouse.LOCKED_DOWN),
    ) as public:
        tables = [t for (t,) in public.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
        found = [t for t in tables if "777" in str(public.execute(f"FROM {t}").fetchall())]
    assert found == [t for t in found if t == "geometrie"]


def test_a_note_of_the_right_office_for_this_file_lets_it_out(haus):
    print_ = wartend(haus, durch="Amt für Soziales")
    for who, when, wanted in (
        ("Eine andere Stelle", "2026-03-01", {"2019", "2020"}),
        ("Amt für Soziales", "2999-03-01", {"2019", "2020"}),
        ("Amt für Soziales", "2026-03-01", {"2019", "2020", "2021", "2022"}),
    ):
        haus.write("freigaben/neu.yaml", NOTE.format(print=print_, who=who, when=when))
        assert years(haus.refresh()) == wanted
    haus.lieferung("neu", NEU.replace("777", "778"))
    about = haus.raw / "amt" / "neu.quelle.yaml"
    about.write_text(f"{about.read_text()}\nfreigabe: {{durch: Amt für Soziales}}\n")
    assert years(haus.refresh()) == {"2019", "2020"}


def test_an_embargo_holds_until_its_day(haus):
    print_ = wartend(haus, durch="Amt für Soziales", fruehestens=date(2999, 1, 1))
    haus.write("freigaben/neu.yaml", NOTE.format(print=print_, who="Amt für Soziales", when="2026-03-01"))  # fmt: skip
    service = haus.refresh()
    assert [q.wartet for q in service.wartende("quote")] == ["gesperrt bis zum 01.01.2999"]
    about = haus.raw / "amt" / "neu.quelle.yaml"
    about.write_text(about.read_text().replace("2999-01-01", "2020-01-01"))
    assert years(haus.refresh()) == {"2019", "2020", "2021", "2022"}


def test_a_freigabe_counts_even_if_only_another_source_is_read_anew(haus):
    print_ = wartend(haus, durch="Amt für Soziales")
    haus.refresh()
    haus.write("freigaben/neu.yaml", NOTE.format(print=print_, who="Amt für Soziales", when="2026-03-01"))  # fmt: skip
    assert years(haus.refresh(nur="zahlen")) == {"2019", "2020", "2021", "2022"}


def test_an_internal_delivery_waits_unless_its_office_has_signed(haus):
    haus.datei(
        "neu",
        (haus.lieferung("neu", NEU)).read_bytes(),
        folder="vertraulich/amt",
        rechtsgrundlage="§ 67c SGB X",
        zweck="Sozialplanung",
        loeschfrist="2999-12-31",
        geheimhaltung={},
    )
    for path in (haus.raw / "amt").glob("neu.*"):
        path.unlink()
    service = haus.refresh(intern=haus.folder / "vertraulich")
    assert years(service) == {"2019", "2020"}
    assert [q.wartet for q in service.wartende("quote")] == ["wartet auf Freigabe durch Ein Amt"]


def test_a_block_without_an_office_is_refused(haus):
    wartend(haus, fruehestens=date(2999, 1, 1))
    with pytest.raises(DefinitionError, match="durch"):
        haus.refresh()


def test_only_the_public_file_may_be_read_by_others(haus):
    haus.refresh()
    build = warehouse.current(haus.warehouse)
    for path in build.folder.iterdir():
        others = stat.S_IMODE(path.stat().st_mode) & 0o077
        assert (others == 0) == (path.name != "oeffentlich.duckdb"), path.name
