package dev.bureau.kernel.process;

/// A message of the runtime itself, which must get through: it counts for no limit of a mailbox.
public interface Uncounted {}
