package dev.bureau.observer;

import dev.bureau.kernel.ExitException;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Node;
import dev.bureau.kernel.Request;
import dev.bureau.kernel.isolation.BoundedText;
import dev.bureau.kernel.process.Inspection;
import dev.bureau.kernel.process.LocalProcess;
import dev.bureau.kernel.process.Serving;
import dev.bureau.otp.Sys;
import dev.bureau.otp.gen.Loop;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Looks at what processes say and keep, as far as they show it.
final class ContentQuery {
    private static final int MOST = 1_000;
    private static final int LONGEST_MESSAGE = 500;

    private ContentQuery() {}

    static ProcessState state(Node node, LocalProcess process, Duration limit) {
        // Any other would find a message of ours in its mailbox, and never take it.
        if (!(Inspection.serving(process) instanceof Loop)) {
            ProcessDetails details = Inspecting.details(process);
            throw new IllegalArgumentException(
                    "expected a behaviour that has started, such as a GenServer, got: "
                            + process.pid()
                            + ", which runs "
                            + details.identity().initialCall()
                            + "; its stack tells what it does");
        }
        return Aside.asGuest(
                node,
                () -> {
                    try {
                        Sys.Status status = Sys.getStatus(process.pid(), limit);
                        return new ProcessState(
                                process.pid(),
                                status.module(),
                                status.mode(),
                                status.state(),
                                BoundedText.of(status.state(), ProcessState.LONGEST));
                    } catch (ExitException failed) {
                        if (isTimeout(failed.reason())) {
                            throw new NoAnswer(process.pid(), limit, Inspecting.stack(process));
                        }
                        throw NoSuchProcess.ended(process.pid());
                    }
                });
    }

    private static boolean isTimeout(ExitReason reason) {
        return reason instanceof ExitReason.CallFailed(var why, _, _, _, _)
                && (why instanceof ExitReason.TimedOut || why instanceof ExitReason.CallCycle);
    }

    static MailboxHead mailbox(LocalProcess process, int most) {
        if (most < 1 || most > MOST) {
            throw new IllegalArgumentException(
                    "expected how many messages to show, from 1 to " + MOST + ", got: " + most);
        }
        return Aside.get(() -> {
            int length = Inspecting.details(process).memory().messageQueueLength();
            Serving serving = Inspection.serving(process);
            Loop behaviour = serving instanceof Loop loop ? loop : null;
            List<MailboxHead.Message> messages =
                    Inspection.peek(process.pid(), most).stream()
                            .map(message -> shown(message, behaviour))
                            .toList();
            return new MailboxHead(process.pid(), Math.max(length, messages.size()), messages);
        });
    }

    private static MailboxHead.Message shown(Object message, @Nullable Loop behaviour) {
        Object payload = message instanceof Request request ? request.payload() : message;
        Object shown = behaviour == null ? payload : behaviour.shownMessageSafely(payload);
        String text = BoundedText.of(shown, LONGEST_MESSAGE);
        return new MailboxHead.Message(
                payload.getClass().getName(),
                message instanceof Request(var from, _)
                        ? "call of " + from.caller() + ": " + text
                        : text);
    }
}
