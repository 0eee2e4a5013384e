"""The HTTP surface: thin, one file per subject; each route is one line of docs/backend_api.md."""
