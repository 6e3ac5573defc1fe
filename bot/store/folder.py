"""How the folder of everything that is kept is laid out."""

# The database's name under the settings' storage path.
DATABASE = "second-opinion.sqlite3"
