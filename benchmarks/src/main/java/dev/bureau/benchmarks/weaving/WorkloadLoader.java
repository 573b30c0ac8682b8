package dev.bureau.benchmarks.weaving;

import dev.bureau.weaver.Selection;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Has workloads and libraries itself, woven or not: all but the JDK and Bureau's rooms, as when a user's program runs.
public final class WorkloadLoader extends ClassLoader {
    static {
        registerAsParallelCapable();
    }

    private final Selection selection = Selection.all();
    private final UnaryOperator<byte[]> weaving;

    public WorkloadLoader(Weaving weaving) {
        super(WorkloadLoader.class.getClassLoader());
        this.weaving = weaving.transform();
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!selection.selects(name)) return super.loadClass(name, resolve);
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            if (known != null) return known;
            byte[] bytes = read(name);
            if (bytes == null) return super.loadClass(name, resolve);
            byte[] woven = weaving.apply(bytes);
            return defineClass(name, woven, 0, woven.length);
        }
    }

    private byte @Nullable [] read(String name) throws ClassNotFoundException {
        try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }
}
