"""The other end of every wire: virtual devices, platforms, the workbench and the story player.

Nothing in this package is shipped with the terminal, and nothing in it imports a product package
except where the workbench and the player show windows.
"""
