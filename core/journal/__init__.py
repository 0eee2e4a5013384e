"""The journal: what this machine intended and what became of it, append-only and hash-chained."""
