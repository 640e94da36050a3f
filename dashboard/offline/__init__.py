"""One archive with everything for a server without internet: how it is packed, and how looked at."""
