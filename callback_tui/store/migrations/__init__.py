"""Schema revisions, oldest first; each is a module that moves the database one version up."""
