"""One reader per delivery format; each turns a file into staged cells."""
