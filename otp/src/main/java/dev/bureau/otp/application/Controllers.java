package dev.bureau.otp.application;

import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.Call;
import dev.bureau.kernel.ExitException;
import dev.bureau.kernel.From;
import dev.bureau.kernel.Guest;
import dev.bureau.kernel.Node;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Request;
import dev.bureau.kernel.process.Calling;
import dev.bureau.kernel.process.Current;
import dev.bureau.otp.GenServer;
import dev.bureau.otp.Start;
import dev.bureau.otp.StartException;
import dev.bureau.otp.StartOptions;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/// Finds the application controller of a node, which starts when it is first needed.
public final class Controllers {
    private static final String NAME = "application_controller";

    /// Stops the applications of a node before that stops.
    static final Consumer<Node> STOP_ALL = Controllers::stopAll;

    private Controllers() {}

    /// Asks that of the node of the calling process, and waits as long as it takes.
    public static <R> R ask(ControllerRequest<R> request) {
        return ask(find(), request);
    }

    /// The controller of the node of the calling process.
    static Pid find() {
        Optional<Pid> known = Bureau.whereis(NAME);
        if (known.isPresent()) return known.get();
        try {
            return GenServer.start(StartOptions.named(NAME), new Controller());
        } catch (StartException notStarted) {
            // Another was faster.
            if (notStarted.outcome() instanceof Start.AlreadyStarted(var other)) return other;
            throw notStarted;
        }
    }

    // The controller answers a request with an answer to it.
    @SuppressWarnings("unchecked")
    private static <R> R ask(Pid controller, Call<R> request) {
        Bureau.self(); // a thread that is no process becomes a guest
        return (R)
                Objects.requireNonNull(
                        Calling.call(
                                Current.process(),
                                controller,
                                (From<R> from) -> new Request(from, request),
                                null));
    }

    private static void stopAll(Node node) {
        try (Guest _ = node.guest()) {
            node.whereis(NAME)
                    .ifPresent(controller -> ask(controller, new ControllerRequest.StopAll()));
        } catch (ExitException gone) {
            // It was killed, and those who were linked to it stop by themselves.
        }
    }
}
