package dev.bureau.shell.session;

import dev.bureau.shell.session.Session.Detail;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.util.Objects;
import java.util.concurrent.Callable;
import jdk.jshell.execution.DirectExecutionControl;
import jdk.jshell.execution.LoaderDelegate;
import jdk.jshell.spi.SPIResolutionException;
import org.jspecify.annotations.Nullable;

/// How JShell runs what it has compiled: in this virtual machine, in the [Evaluator]'s process.
///
/// Belongs to the session's thread, but for [#stop]. Before it has one it runs nothing, and says that all went well.
final class SnippetControl extends DirectExecutionControl {
    private final Loading loading;
    private @Nullable Evaluator evaluator;

    /// What the last call came to; null after one that was not made, or had no end.
    private @Nullable Evaluation last;

    private Evaluator.@Nullable Ended ended;
    private @Nullable String notLoaded;
    private Detail detail = Detail.NONE;

    private SnippetControl(Loading loading) {
        super(loading);
        this.loading = loading;
    }

    /// One that has no session.
    static SnippetControl idle() {
        return new SnippetControl(new Loading());
    }

    /// From now on it runs what is compiled.
    void begin(SnippetLoader loader, Evaluator inProcess) {
        loading.to = loader;
        evaluator = inProcess;
    }

    /// Before a line: nothing has come of it yet, of which `wanted` is to be told.
    void begin(Detail wanted) {
        detail = wanted;
        notLoaded = null;
        last = null;
        ended = null;
    }

    @Nullable Evaluation last() {
        return last;
    }

    Evaluator.@Nullable Ended ended() {
        return ended;
    }

    /// Why the code of a line cannot be run, which JShell does not tell.
    @Nullable String notLoaded() {
        return notLoaded;
    }

    @Override
    public void load(ClassBytecodes[] classes)
            throws ClassInstallException, NotImplementedException, EngineTerminationException {
        try {
            super.load(classes);
        } catch (ClassInstallException failure) {
            notLoaded = failure.getMessage();
            throw failure;
        }
    }

    @Override
    public String invoke(String type, String method)
            throws RunException, EngineTerminationException, InternalException {
        return evaluator == null ? "" : super.invoke(type, method);
    }

    @Override
    protected String invoke(Method entry) throws Exception {
        entry.setAccessible(true);
        MethodHandle handle = MethodHandles.lookup().unreflect(entry);
        return run(() -> call(handle));
    }

    /// Unlike [Method#invoke], it wraps nothing: what takes a process down must come through.
    private static @Nullable Object call(MethodHandle handle) throws Exception {
        try {
            return handle.invoke();
        } catch (Throwable thrown) {
            throw unchecked(thrown);
        }
    }

    /// For `throw`: whatever it is, as it is.
    static RuntimeException unchecked(Throwable thrown) {
        throw Raised.<RuntimeException>unchecked(thrown);
    }

    private String run(Callable<@Nullable Object> code) throws Exception {
        Evaluation evaluation;
        try {
            evaluation = Objects.requireNonNull(evaluator).evaluate(code, detail, true);
        } catch (Evaluator.Ended end) {
            last = null;
            ended = end;
            throw new StoppedException();
        }
        last = evaluation;
        switch (evaluation.failure()) {
            case null -> {
                return ""; // the value is told from the evaluation, and not by JShell
            }
            case SPIResolutionException unresolved -> throw unresolved;
            case Throwable thrown ->
                    throw new UserException(
                            String.valueOf(thrown.getMessage()),
                            thrown.getClass().getName(),
                            thrown.getStackTrace());
        }
    }

    @Override
    public void stop() {
        Evaluator running = evaluator;
        if (running != null) running.interrupt();
    }

    private static final class Loading implements LoaderDelegate {
        private @Nullable SnippetLoader to;

        @Override
        public void load(ClassBytecodes[] classes) throws ClassInstallException {
            if (to != null) to.load(classes);
        }

        /// JShell then makes a class of a new name.
        @Override
        public void classesRedefined(ClassBytecodes[] classes) {}

        @Override
        public void addToClasspath(String path) throws NotImplementedException {
            throw new NotImplementedException("the class path is the node's");
        }

        @Override
        public Class<?> findClass(String name) throws ClassNotFoundException {
            if (to == null) throw new ClassNotFoundException(name);
            return to.findClass(name);
        }
    }

    private static final class Raised {
        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
        static <T extends Throwable> T unchecked(Throwable thrown) throws T {
            throw (T) thrown;
        }
    }
}
