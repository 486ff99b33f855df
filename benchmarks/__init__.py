"""How fast Stepgrad is, each number beside that of a peer measured in the same run. They print; they judge nothing."""
