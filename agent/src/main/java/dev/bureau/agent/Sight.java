package dev.bureau.agent;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;

/// Which class loaders know the class that woven code calls.
///
/// What is remembered must not hold on to a loader, so it is no more than yes or no. Two threads may find it out at the
/// same time: a loader is never asked under a lock.
final class Sight {
    private static final String YIELD_POINT = "dev.bureau.scheduler.woven.YieldPoint";

    private final Map<ClassLoader, Boolean> known =
            Collections.synchronizedMap(new WeakHashMap<>());

    boolean has(ClassLoader loader) {
        var answer = known.get(loader);
        if (answer == null) {
            answer = yieldPoint(loader).isPresent();
            known.put(loader, answer);
        }
        return answer;
    }

    static Optional<Class<?>> yieldPoint(ClassLoader loader) {
        try {
            return Optional.of(Class.forName(YIELD_POINT, false, loader));
        } catch (ClassNotFoundException | LinkageError _) {
            return Optional.empty();
        }
    }
}
