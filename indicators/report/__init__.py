"""The yearly report as content: what a document consists of, and what changed since the last one."""
