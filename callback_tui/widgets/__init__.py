"""Parts of screens: they know views and rules, never the store."""
