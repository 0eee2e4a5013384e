"""The reference settlement backend: FastAPI and SQLAlchemy, decided by an effective-dated profile.

It owns every amount and every state of a visit's settlement; terminals only show and journal them.
"""
