"""The panel in which a server's admins set what the bot does there."""
