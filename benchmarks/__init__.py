"""What is scored and timed, and against whom."""
