"""Official figures come in as files and become trustworthy series: raw deliveries → intern.duckdb."""
