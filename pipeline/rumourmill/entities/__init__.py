"""People and clubs: names, roles, player or not, which club a form or nickname means."""
