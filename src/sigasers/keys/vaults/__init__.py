"""Ways to keep a small secret on this machine; ``secret_store`` picks one. What each guards against: decision 0012."""
