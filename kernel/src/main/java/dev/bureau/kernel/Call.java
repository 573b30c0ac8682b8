package dev.bureau.kernel;

/// A request that has an answer of type `R`: `record Pop() implements Call<Optional<String>> {}`.
///
/// `call(server, new Pop())` then returns an `Optional<String>`, and `reply(from, ...)` is checked against it.
///
/// @param <R> the type of the answer
public interface Call<R> {}
