"""The steps by which the schema grew, run by `bot.store.schema`."""
