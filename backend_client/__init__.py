"""The settlement backend as a terminal knows it: the only package that speaks HTTP.

`client` has a small method per request of `docs/backend_api.md`; below it `exchange` turns a
status into an outcome, `shapes` a body into core's words, `wire` a request into bytes, and
`certainty` an exception into NotSent or Unknown. What a reader would get wrong: nothing here ever
sends twice; who may ask again, and when, is decided by the journeys and by recovery.
"""
