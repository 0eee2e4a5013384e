"""Paper at a window: official invoices and their sheets, copies of slips, signatures."""
