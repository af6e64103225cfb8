"""The agent: carries what lies in SourceOut to the centre and keeps its receipts."""
