package dev.bureau.otp.gen;

import dev.bureau.kernel.Body;
import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.ExitException;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.From;
import dev.bureau.kernel.Name;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Ref;
import dev.bureau.otp.Start;
import dev.bureau.otp.StartOptions;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a new behaviour process does first: takes its name, initialises, and says so.
///
/// @param parent whose exit ends it in order; null if it was started without a link
/// @param answer where to say that it is up
record Entry(
        LoopMaker maker,
        StartOptions options,
        @Nullable Pid parent,
        List<Pid> ancestors,
        Ref answer)
        implements Body {
    /// So often in a row no name is freed between two questions.
    private static final int MOST_TRIES = 1_000;

    @Override
    public void run() throws Exception {
        Ancestry.put(ancestors);
        Name name = options.name();
        if (name != null) {
            Optional<Pid> holder = take(name);
            if (holder.isPresent()) {
                say(new Start.AlreadyStarted(holder.get()));
                return;
            }
        }
        Loop loop = maker.make();
        loop.begin(parent, name);
        loop.debug(options.debug());
        switch (initialise(loop)) {
            case Loop.Initial.Up _ -> {
                // First: who hears that it has started takes it for what it is.
                loop.serves();
                say(Start.started(Bureau.self()));
                loop.serve();
            }
            case Loop.Initial.Ignore _ -> {
                release();
                say(Start.ignored());
            }
            case Loop.Initial.Failed(var reason) -> {
                release();
                say(Start.failed(reason));
            }
            case Loop.Initial.Stop(var reason) -> throw failed(loop, reason);
        }
    }

    private Loop.Initial initialise(Loop loop) {
        try {
            return loop.initial();
        } catch (ExitException exit) {
            throw failed(loop, exit.reason());
        } catch (Exception | Error thrown) {
            throw failed(loop, new ExitReason.Crash(thrown));
        }
    }

    /// What the process ends with; the one that has started it learns it from its end.
    private ExitException failed(Loop loop, ExitReason reason) {
        release();
        // Who looks at its end takes it for what it was to be.
        loop.serves();
        Reports.notStarted(loop, reason);
        return new ExitException(reason);
    }

    private void say(Start outcome) {
        Bureau.reply(new From<>(answer.maker(), answer), outcome);
    }

    /// Takes the name; who has it if it is taken.
    private static Optional<Pid> take(Name name) {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            boolean taken =
                    switch (name) {
                        case Name.Local(var local) -> {
                            try {
                                Bureau.register(local, Bureau.self());
                                yield true;
                            } catch (IllegalArgumentException held) {
                                yield false;
                            }
                        }
                        case Name.Via(var registrar, var key) ->
                                registrar.registerName(key, Bureau.self());
                        case Name.Remote remote ->
                                throw new IllegalArgumentException("not a name to take: " + remote);
                    };
            if (taken) return Optional.empty();
            Optional<Pid> holder = holder(name);
            // Else it has just been freed.
            if (holder.isPresent()) return holder;
        }
        throw new IllegalStateException(
                "expected the registrar to know who has the name that it refuses, got nobody for "
                        + name);
    }

    private static Optional<Pid> holder(Name name) {
        return switch (name) {
            case Name.Local(var local) -> Bureau.whereis(local);
            case Name.Via(var registrar, var key) -> registrar.whereisName(key);
            case Name.Remote _ -> Optional.empty();
        };
    }

    /// A local name is freed by the end of the process, before that is told. A registrar may hear of the end later.
    private void release() {
        if (options.name() instanceof Name.Via(var registrar, var key)
                && registrar.whereisName(key).filter(Bureau.self()::equals).isPresent()) {
            registrar.unregisterName(key);
        }
    }
}
