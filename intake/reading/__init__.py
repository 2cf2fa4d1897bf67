"""Reading an issued list: container → tables → grammar → rows. Pure, no Django."""
