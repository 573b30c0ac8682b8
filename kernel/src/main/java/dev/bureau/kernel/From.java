package dev.bureau.kernel;

/// Who waits for the answer to a call, and of what type that is.
///
/// A component of type `From<R>` in a message is a reply address: `record Get(From<Integer> from) implements Msg` is
/// called by `int n = call(pid, Get::new)` and answered by `reply(from, 42)`, also later and by another process.
///
/// @param caller the process that called
/// @param tag the alias through which the answer reaches it, once
/// @param <R> the type of the answer
public record From<R>(Pid caller, Ref tag) {
    /// This address as that of `request`, for answering later with the type checked.
    @SuppressWarnings("unchecked")
    public <T> From<T> as(Call<T> request) {
        return (From<T>) this;
    }
}
