"""Small deliveries in official layouts, one builder per publisher; every figure is made up."""

import io
import json
import zipfile
from datetime import date

from tests.zellen import mappe

LINE = "60{day}{key}{vb}{name:<50}{seat:<50}64    {area:011}{people:011}{men:011}    73776*****"


def write(path, text, coding="utf-8"):
    path.write_bytes(text.encode(coding))
    return path


def gv100(path, rows, day="20231130", end="\n"):
    lines = [f"10{day}08          {'Baden-Württemberg':<50}{'Stuttgart':<50}"]
    lines += [LINE.format(day=day, key=key, vb="5006", name=name, seat="", area=area, people=people, men=men)
              for key, name, area, people, men in rows]  # fmt: skip
    return write(path, end.join(lines) + end)


ALTBACH = ("08116004", "Altbach", 334, 6422, 3230)


HEAD = [
    ["Gemeinden in Deutschland nach Fläche, Bevölkerung und Postleitzahl am 30.06.2024 (2. Quartal)"],
    [],
    ["Satz-art", "Text-kenn-zeichen", "Amtlicher Regionalschlüssel (ARS)", "", "", "", "",
     "Gemeindename", "Fläche km2 1)", "Bevölkerung2)", "", "", "", "Postleit-zahl3)",
     "Geografische Mittelpunktkoordinaten", ""],
    ["", "", "Land", "RB", "Kreis", "VB", "Gem", "", "", "insgesamt", "männlich", "weiblich", "je km2",
     "", "Längengrad", "Breitengrad"],
    ["", "", "Gebietsstand am 30.06.2024 (2. Quartal)", "", "", "", "", "", "31.12.2022 (Jahr)",
     "am 31.12.2022 (Jahr)", "", "", "", "", "Zuordnungsstand am 31.12.2023", ""],
    [],
]  # fmt: skip
MERGED = [(2, 0, 4, 0), (2, 2, 2, 6), (2, 7, 3, 7), (2, 8, 3, 8), (2, 9, 2, 12), (2, 13, 4, 13),
          (2, 14, 2, 15), (4, 2, 4, 7), (4, 9, 4, 12), (4, 14, 4, 15)]  # fmt: skip
AREA = [
    "60",
    "64",
    "08",
    "1",
    "16",
    "5006",
    "004",
    "Altbach",
    3.34,
    6422,
    3230,
    3192,
    1923,
    "73776",
]
NOTES = [
    [],
    ["1) Abweichungen bei den Flächenangaben"],
    ["© Daten (im Auftrag …)"],
    ["Destatis, 2024"],
]


def register(path, rows, head=HEAD):
    name = "Onlineprodukt_Gemeinden30062024"
    sheets = {"Inhalt": [["Gemeindeverzeichnis"]], name: [*head, *rows, *NOTES]}
    return mappe(path, sheets, [(name, *place) for place in MERGED] if head is HEAD else ())


def agency(path, rows, last="", sheet="Daten"):
    head = [
        ["", "Beschäftigungsstatistik"], ["Beschäftigte am Wohnort1)(Anzahl)"],
        ["Datenstand: Februar 2022"], [],
        ["Region (Wohnort)", "Insgesamt", "", "davon", ""],
        ["", "", "", "Akademischer Abschluss2)", ""],
        ["", date(2020, 6, 30), date(2021, 6, 30), date(2020, 6, 30), date(2021, 6, 30)],
        ["", 1, 2, 3, 4],
    ]  # fmt: skip
    notes = [["© Statistik der Bundesagentur für Arbeit"], ["1) Ein Hinweis."], ["* kleiner als 3"]]
    merged = [(sheet, 4, 0, 7, 0), (sheet, 4, 1, 5, 2), (sheet, 4, 3, 4, 4), (sheet, 5, 3, 5, 4)]
    return mappe(
        path, {"Impressum": [["Impressum"]], sheet: [*head, *rows, [last], *notes]}, merged
    )


def answer(regions, values, **more):
    data = {"type": "COMMUNAL_DATA", "remark": None, "regions": regions} | more
    data["indicators"] = [{"friendlyUrl": "geburten", "regionYearValues": values}]
    about = {"friendlyUrl": "geburten", "name": "Geburten", "title": "Geburten", "unit": "je 1.000"}
    return {"years": [2022, 2023], "indicatorsAndTopics": [about], "data": data}


KREIS = {"gkz": "08116000", "title": "Esslingen, LK (mit Altdorf)", "smallRegionReplacement": True}
TOWN = {"ags": "08116019", "name": "Esslingen am Neckar"}


FFCSV = """statistics_code;statistics_label;time_code;time_label;time;1_variable_code;\
1_variable_label;1_variable_attribute_code;1_variable_attribute_label;2_variable_code;\
2_variable_label;2_variable_attribute_code;2_variable_attribute_label;value;value_unit;\
value_variable_code;value_variable_label;value_q
12411;Fortschreibung;STAG;Stichtag;2023-12-31;KREISE;Kreise;08116;Esslingen, Landkreis;GES;\
Geschlecht;GESM;männlich;267206;Anzahl;BEVSTD;Bevölkerungsstand;e
12411;Fortschreibung;STAG;Stichtag;2023-12-31;KREISE;Kreise;08116;Esslingen, Landkreis;GES;\
Geschlecht;;Insgesamt;-;Anzahl;BEVSTD;Bevölkerungsstand;
"""
TABELLE = """GENESIS-Tabelle: 13211-01-03-5
Arbeitslose nach ausgewählten Personengruppen;;;
- Jahresdurchschnitt -;;;
Arbeitsmarktstatistik;;;
Jahr: 2016;;;
;;Arbeitslose insgesamt;Arbeitslose
;;;und zwar
;;;Ausländer
;;Anzahl;Anzahl
DG;Deutschland;20;6
08116;      Esslingen, Landkreis;10;.
08116005;        Altdorf;1;-
__________
"zu ""gesamte Tabelle"":
eine Anmerkung"
(C)opyright Statistische Ämter, 2017
Stand: 10.10.2017 / 14:10:42
"""
INKAR_CSV = 'Kennziffer;Raumeinheit;Aggregat;Quote\r\n;;;2017\r\n"08116";"Esslingen";"Landkreis";"1.560"\r\n'
STALA_CSV = (
    "Anlagen,AGS,Ort,Alter von bis unter,Bevölkerung insgesamt\n"
    "False,8116,Landkreis Esslingen,3 -  6 Jahre,7\nFalse,8116004,Altbach,unter 3 Jahre,2\n"
)
WAHL = "AGS,Gemeindename,Wahlberechtigte,Wähler(innen)\n08116004,Altbach,4472,2178\nBW,Land,9,8\n"
GV_CSV = (
    "satzart,land,rb,kreis,vb,gemeinde,gemeindename,flaeche,bevoelkerung\n"
    '60,08,1,16,0019,019,"Esslingen am Neckar, Stadt", 46.43, 94 145\n'
)
MATRIX_FORM = {"kopf": [1, 2], "schluessel": "A", "zeit": {"kopfzeile": 2}, "fuellen": [1]}
MATRIX = "Schlüssel;Fälle;;\n;2019;2020;2021\n08116;1.234,5;-;(3) r\n08;7;8;.\n"


FFCSV_ALT = """Statistik_Code;Statistik_Label;Zeit_Code;Zeit_Label;Zeit;1_Merkmal_Code;1_Merkmal_Label;\
1_Auspraegung_Code;1_Auspraegung_Label;2_Merkmal_Code;2_Merkmal_Label;2_Auspraegung_Code;\
2_Auspraegung_Label;ERWP01__Arbeitslose__Anzahl;ERWP01__Arbeitslose__q
13211;Arbeitsmarkt;JAHR;Jahr;2020;KREISE;Kreise;08116;Esslingen, Landkreis;MONAT;Monat;MONAT07;\
Juli;1.234;e
13211;Arbeitsmarkt;JAHR;Jahr;2020;KREISE;Kreise;08116;Esslingen, Landkreis;MONAT;Monat;MONAT08;\
August;-;
"""
WUERFEL = """* Der Benutzer hat diesen Export angestossen.
K;DQ;FACH-SCHL;GHH-ART;GHM-WERTE-JN
D;13211KJ001;N;N
K;DQA;NAME;RHF-BSR;RHF-ACHSE
D;KREISE;1;1
D;GES;2;2
K;DQZ;NAME;ZI-RHF-BSR;ZI-RHF-ACHSE
D;JAHR;3;3
K;DQI;NAME;ME-NAME;DST;TYP;NKM-STELLEN
D;ERWP01;Anzahl;FEST;SUMMENMERKMAL;0
K;QEI;FACH-SCHL;FACH-SCHL;ZI-WERT;WERT;QUALITAET;GESPERRT;WERT-VERFAELSCHT
D;08116;GESM;2020;7;e;;0.0
D;08116;GESW;2020;0;-;;0.0
"""
KREISFORMAT = (
    "messgroesse;gebiet;zeit;zeitbezug;geschlecht;alter_von;alter_bis;nationalitaet;gruppe;basis;"
    "wert;symbol;guete;bemerkung\n"
    "arbeitslose;08116004;2023;jahresdurchschnitt;;;;;;;1.234,5;;;\n"
    "arbeitslose;08116019;2023;jahresdurchschnitt;;;;;;;;*;;klein\n"
)
PKS = (
    "1;2;3;4;5;6\nSchluessel;Straftat;Gemeindeschluessel;Kreis;Faelle;Anteil\n"
    "------;Straftaten insgesamt;8116;Esslingen;21,049;6.8\n"
)


def gezippt(text, name="12411-01-01-4_1_de_flat.csv"):
    """Return the bytes of a ZIP with one CSV, as the web service sends it."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, text.encode("utf-8-sig"))
    return packed.getvalue()


def wegweiser_csv():
    """Return a table of Wegweiser Kommune."""
    head = 'Indikatoren;"2022\nEsslingen am Neckar";"2022\nEsslingen, LK"'
    return f"Geburten;;\nEsslingen;;\n{head}\nGeburten;9,1;8,0\n\nQuelle: Ämter;;\n"


def texte():
    """Return the text deliveries: name → bytes, form, recognised by content."""
    json_ = json.dumps(answer([TOWN, KREIS], [[9.1, None], [8, 8.5]]))
    return {
        "flat.csv": (FFCSV.encode("utf-8-sig"), None),
        "flat.zip": (gezippt(FFCSV), None),
        "alt_flat.csv": (FFCSV_ALT.encode("utf-8-sig"), None),
        "wuerfel.csv": (WUERFEL.encode(), None),
        "kreisformat.csv": (KREISFORMAT.encode("utf-8-sig"), None),
        "pks.csv": (PKS.encode("latin-1"), {"zeit": {"fest": "2022"}}),
        "tabelle.csv": (TABELLE.encode("latin-1"), None),
        "inkar.csv": (INKAR_CSV.encode("utf-8-sig"), None),
        "Bevoelkerung 2010.csv": (STALA_CSV.encode(), None),
        "btw25.csv": (WAHL.encode("latin-1"), None),
        "Auszug_31122020.csv": (GV_CSV.encode("utf-8-sig"), None),
        "wegweiser.csv": (wegweiser_csv().encode("latin-1"), None),
        "wegweiser.json": (json_.encode(), None),
        "matrix.csv": (MATRIX.encode(), MATRIX_FORM),
    }
