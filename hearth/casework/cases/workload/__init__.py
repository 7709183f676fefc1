"""Who carries how much: open cases by lead practitioner in the areas of whoever sees a team's work. It opens no family."""
