"""What each page shows, view by view, with the evidence behind what is picked."""
