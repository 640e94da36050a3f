"""Downloads: from the web services of the publishers, unchanged, into data/raw."""
