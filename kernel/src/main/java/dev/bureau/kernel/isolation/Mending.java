package dev.bureau.kernel.isolation;

import java.nio.Buffer;
import java.util.Collection;
import java.util.Date;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.Map;
import java.util.Spliterator;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.random.RandomGenerator;
import java.util.stream.BaseStream;

/// What to advise when something is refused.
final class Mending {
    static final String UNKNOWN = "not immutable and not known how to copy";
    static final String VALUE =
            "make it a record, or send a record with what the receiver needs of it";

    private Mending() {}

    /// The best advice for a class that cannot pass.
    static String of(Class<?> type) {
        if (Names.isLambda(type)) {
            return "write it as a lambda of your own";
        }
        if (is(type, BaseStream.class, Iterator.class, Enumeration.class, Spliterator.class)) {
            return "collect it into a list and send that";
        }
        if (is(type, Thread.class, ThreadGroup.class, Executor.class)) {
            return "spawn a process instead";
        }
        if (is(type, AutoCloseable.class)) {
            return "a resource has one owner: hand it over with Owned, or send what was read from it";
        }
        if (type.getName().startsWith("java.util.concurrent.atomic.")) {
            return "keep it in one process and send its value";
        }
        if (is(type, Lock.class, ReadWriteLock.class, Condition.class)
                || type.getName().startsWith("java.util.concurrent.locks.")) {
            return "keep what it guards in one process, where nothing needs a lock";
        }
        if (is(type, Future.class, CompletionStage.class)) {
            return "wait for its result and send that";
        }
        if (is(type, RandomGenerator.class)) {
            return "make a new one in the receiving process";
        }
        if (is(type, ThreadLocal.class)) {
            return "send its value";
        }
        if (is(type, Buffer.class)) {
            return "copy it into an array or a heap ByteBuffer";
        }
        if (is(type, Date.class)) {
            return "send a value of java.time";
        }
        if (type.getName().equals("java.net.URL")) {
            return "send a java.net.URI";
        }
        if (is(type, Collection.class, Map.class)) {
            return "send a collection of java.util, such as List.copyOf(...) or new ArrayList<>(...)";
        }
        return VALUE;
    }

    private static boolean is(Class<?> type, Class<?>... kinds) {
        for (Class<?> kind : kinds) {
            if (kind.isAssignableFrom(type)) {
                return true;
            }
        }
        return false;
    }
}
