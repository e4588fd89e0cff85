"""The `flask` commands. `plan` needs no application and is imported without the others."""
