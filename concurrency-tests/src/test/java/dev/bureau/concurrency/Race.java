package dev.bureau.concurrency;

/// Two or three threads at one object, and who looks at it when they are done.
///
/// A race is a jcstress test (state, actors and arbiter in one class) that can also be run without jcstress: by
/// [Threads] on the threads of this JVM, by [Model] through all interleavings.
public interface Race<R> {
    void first(R result);

    void second(R result);

    default void third(R result) {}

    void end(R result);
}
