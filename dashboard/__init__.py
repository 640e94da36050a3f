"""Series become pages, files and sentences; the only package with German sentences on screen."""
