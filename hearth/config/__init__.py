"""The roof: settings, addresses, navigation and the command line. Nothing imports it."""
