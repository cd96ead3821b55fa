"""The composer: `compose` makes one picture of an entry, `cover` one of a month; `faults` says what cannot be shown."""
