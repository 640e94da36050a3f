"""Write all schemas anew: `python -m indicators.schemas`."""

from indicators.schemas import dateien

for path, text in dateien():
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
