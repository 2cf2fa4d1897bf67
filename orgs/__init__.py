"""Who: units and their names, groups of units, people, posts and grants."""
