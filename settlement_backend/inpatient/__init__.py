"""From the doctor's admission request to discharge."""
