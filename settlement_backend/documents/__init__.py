"""Papers: slips, invoices, reports."""
