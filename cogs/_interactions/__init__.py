"""Being called by a command, a press or a form: by whom, and how it is answered."""
