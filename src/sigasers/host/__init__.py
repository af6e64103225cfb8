"""What every program needs of its machine: its folders, locks, and later tasks, services and accounts."""
