"""Virtual devices, each speaking its real protocol at the other end of a real wire.

Start them with ``python -m sandbox.units --run-dir DIR``; ``DIR/units.json`` then names the wires
and ``DIR/control.sock`` is where a person's hand (insert, take, jam, cut) reaches in. The units
never import the drivers or their coders: one misreading would then satisfy both ends.
"""
