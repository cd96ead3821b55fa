"""Programs that draw one vector file each, in a process of their own; see `bot.collage.figures.vector`."""
