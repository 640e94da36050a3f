"""Small and hard tables for the tests of disclosure control."""

from itertools import product

import numpy as np

from indicators.disclosure import Netz, Regel, wuerfel
from indicators.disclosure.tables import mit_summen


def achsen(*laengen):
    return [[f"{i}" for i in range(length)] + [""] for length in laengen]


def duenn(seed, form, mittel=3.0):
    """Return a table of counts with totals: uneven areas, many small cells, many zeros."""
    rng = np.random.default_rng(seed)
    size = rng.gamma(0.7, 1 / 0.7, size=(form[0],) + (1,) * (len(form) - 1))
    return mit_summen(rng.poisson(mittel * size * rng.gamma(1.5, 1 / 1.5, size=form)))


def netz(zahlen, regel, vorsilbe=()):
    """Return the Netz of one table with totals."""
    result = Netz()
    wuerfel(result, zahlen, achsen(*(n - 1 for n in zahlen.shape)), regel, vorsilbe=vorsilbe)
    return result


def geflecht(zahlen, k=3, **felder):
    return netz(zahlen, Regel(kleinste_zahl=k, **felder)).fertig()


def veroeffentlicht(zahlen, geheim):
    """Return what a reader sees: {name: count or None}."""
    names = product(*achsen(*(n - 1 for n in zahlen.shape)))
    return {
        name: None if name in geheim else float(value)
        for name, value in zip(names, zahlen.ravel(), strict=True)
    }


def moegliche(geflecht, gesperrt, hoechstens):
    """Enumerate every table of whole numbers up to a bound that agrees with what is published."""
    hidden = np.flatnonzero(gesperrt)
    ranges = [np.arange(int(geflecht.unten[c]), int(hoechstens) + 1) for c in hidden]
    values = np.stack(np.meshgrid(*ranges, indexing="ij"), axis=-1).reshape(-1, len(hidden))
    shown = geflecht.matrix @ np.where(gesperrt, 0.0, geflecht.wert)
    sums = (geflecht.matrix[:, hidden] @ values.T).T + shown
    return hidden, values[(sums == geflecht.rest).all(axis=1)]
