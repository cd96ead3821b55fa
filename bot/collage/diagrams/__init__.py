"""Owns diagrams: a few lines of text become a picture of how something works.

One statement per line; ``#`` begins a comment. ``diagram_fault`` of `bot.collage` names the line that cannot be read.

**Nodes.** ``name: kind parameters "Label" "second line" options``. Labels break into at most three lines. The options:

- a tone: ``accent`` (the point of it all), ``tint``, ``soft`` (unless said otherwise), ``ghost`` (dashed), ``warn``;
- ``at 2,1``: column and row on a coarse grid, fractions allowed, 0,0 being the upper left. Either every node has a
  place or none has; without places the composer finds them. ``at 2,1 or 0,3`` has another one for tall boxes;
- ``size 3x2``, with a place: columns and rows it spans. Such a node lies below all others: a landscape to walk in.

**Kinds that hold their words**: ``box``, ``pill``, ``circle``, ``diamond``, ``encoder``, ``decoder``, ``database``,
``blob`` (a region), ``cloud`` (something vague), ``text`` (words alone).

**Pictures**, with their words below:

- cells: ``grid 4x4``, ``tokens 8``, ``vector 6``; with ``lit 5 6`` some stand out; digits instead of a size give
  levels, row by row: ``grid 0159/2480``. ``words the cat sat lit 2`` are tokens one can read;
- amounts: ``bars 3 5 2 lit 2``, ``gauge 0.8`` (a slider), ``dial 0.8``, ``switch on``, ``switch off``;
- layers: ``stack 3``, ``net 3 4 2``;
- functions: ``wave 1 3`` (one below the other), ``wave 1+3`` (their sum), ``curve 0,0 1,3 2,1``,
  ``band 0,0 1,3 2,1`` (sure near the points, unsure between them), ``formula "\\frac{a}{b}"``;
- spaces: ``scatter 3`` (clouds), ``hull in``, ``hull out``, ``valley`` (a loss landscape from above), ``plane``,
  ``terrain saddle``, ``terrain bowl``, ``terrain hills``, ``terrain ridge``;
- things: ``image``, ``face``, ``document lit 2``, ``person``, ``dice 5``;
- signs: ``plus``, ``minus``, ``times``, ``dot``, ``tick``, ``cross``.

**Arrows.** ``a -> b -> c "words on the last"``, ``a b -> c d`` (all pairs); ``<-`` and ``<->``; ``--`` has no head;
``..>``, ``<..>`` and ``..`` are dashed. Loops and arrows that lead back are welcome. A tone colours an arrow. With
places, ``bend 0.3`` bows it to its left by a share of its length (-0.3: to its right), ``straight`` keeps it straight.

**The rest.** ``group "Title" accent: a b`` draws an area around nodes. ``row: a b`` puts nodes side by side, across
the way. ``right`` or ``down`` says where arrows lead; without it the box decides. With places,
``path 0,0 1,2 3,1 accent dashed arrow`` is a smooth line through spots of the grid.

Annotations of the panel point at nodes by name.
"""
