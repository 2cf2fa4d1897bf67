"""What is to be done: lists, their rows, who holds each, and the one door."""
