"""The machine at run time, without Qt: opens what the settings name and carries Acts out."""
