package dev.bureau.shell.session;

import dev.bureau.shell.session.Session.Detail;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.util.concurrent.Callable;
import jdk.jshell.execution.DirectExecutionControl;
import jdk.jshell.spi.SPIResolutionException;
import org.jspecify.annotations.Nullable;

/// How JShell runs what it has compiled: in this virtual machine, in the [Evaluator]'s process.
///
/// Belongs to the session's thread, but for [#stop].
final class SnippetControl extends DirectExecutionControl {
    private final Evaluator evaluator;

    /// What the last call came to; null after one that was not made, or had no end.
    private @Nullable Evaluation last;

    private Evaluator.@Nullable Ended ended;
    private @Nullable String notLoaded;
    private Detail detail = Detail.NONE;

    SnippetControl(SnippetLoader loader, Evaluator evaluator) {
        super(loader);
        this.evaluator = evaluator;
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
            evaluation = evaluator.evaluate(code, detail, true);
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
        evaluator.interrupt();
    }

    private static final class Raised {
        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
        static <T extends Throwable> T unchecked(Throwable thrown) throws T {
            throw (T) thrown;
        }
    }
}
