"""The settlement saga and its tenders."""
