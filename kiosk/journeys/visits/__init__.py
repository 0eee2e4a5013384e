"""Places with a doctor, the queue, exams."""
