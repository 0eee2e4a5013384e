"""The finance bureau's e-invoices."""
