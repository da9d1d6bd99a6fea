"""Import of the two official bases of a school: two views of the same people and pairs."""
