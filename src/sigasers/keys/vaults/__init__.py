"""Ways to keep a small secret on this machine; ``secret_store`` picks one. What each protects against: 0008."""
