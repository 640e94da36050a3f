"""Statistics as pure functions: arrays in, arrays out, nothing read, nothing written.

Only a refresh imports this package; the web process never does (it would load scipy).
"""
