"""Where orders are carried out: exam appointments, desks, the pharmacy, reports."""
