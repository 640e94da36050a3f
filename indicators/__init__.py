"""Series joined to the goals of the Agenda: intern.duckdb → indicators → oeffentlich.duckdb."""
