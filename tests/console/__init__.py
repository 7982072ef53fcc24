"""The console, asked as a browser asks it, over the whole product on a moved clock."""
