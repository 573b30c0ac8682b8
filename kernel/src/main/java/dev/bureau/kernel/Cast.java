package dev.bureau.kernel;

/// A message to a server that has no answer: `record Push(String item) implements Cast {}`.
///
/// `cast(server, new Push("a"))` sends it and never fails, whether the server is there or not.
public interface Cast {}
