package dev.bureau.conformance;

import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.kernel.SpawnOptions.options;
import static dev.bureau.testkit.ProcessAssertions.*;

import dev.bureau.kernel.Body;
import dev.bureau.kernel.Destination;
import dev.bureau.kernel.From;
import dev.bureau.kernel.MailboxLimit;
import dev.bureau.kernel.MailboxUse;
import dev.bureau.kernel.Pid;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Processes with a limit for their mailbox that take nothing until they are told to, and others that fill it.
final class Fillers {
    private Fillers() {}

    /// A process with a limit asks whether it may go on; the answer gets in whatever the limit is.
    record Ready(From<Boolean> from) {}

    /// A process asks to whom it is to send.
    record Next(From<Pid> from) {}

    /// What a process has found in its mailbox.
    record Found(List<Object> messages) {}

    /// A send of `message` came back.
    record Sent(Object message) {}

    /// A send of `message` threw this.
    record Failed(Object message, RuntimeException why) {}

    /// Hands on to the caller who wants to go on: so that such a one does not wait for the caller itself.
    static Pid gate() {
        Pid boss = self();
        return spawn(() -> {
            while (true) {
                send(boss, receive(Ready.class));
            }
        });
    }

    /// Waits until it may go on.
    static void stand(Pid gate) {
        call(gate, Ready::new, ofMinutes(10));
    }

    /// Does `then` when it is told to go on.
    static Pid holding(MailboxLimit limit, Body then) {
        Pid gate = gate();
        return spawn(
                options().mailbox(limit),
                () -> {
                    stand(gate);
                    then.run();
                });
    }

    /// Tells the caller all that is in its mailbox when it is told to go on, and ends.
    static Pid telling(MailboxLimit limit) {
        Pid boss = self();
        return holding(limit, () -> send(boss, new Found(takeAll())));
    }

    static List<Object> takeAll() {
        List<Object> all = new ArrayList<>();
        Optional<Object> next = poll(Object.class);
        while (next.isPresent()) {
            all.add(next.get());
            next = poll(Object.class);
        }
        return all;
    }

    /// Lets one go on.
    static void letGo() {
        reply(receive(Ready.class).from(), true);
    }

    /// Lets one go on, and what it found.
    static List<Object> found() {
        letGo();
        return assertReceive(Found.class).messages();
    }

    static void sendAll(Destination to, int from, int last) {
        for (int i = from; i <= last; i++) {
            send(to, i);
        }
    }

    /// Sends a message in a process of its own, which tells the caller when it is back; returns once that waits in the line of
    /// `to`, `before` others before it.
    static Pid queueing(Pid to, Object message, int before) {
        Pid sender = sending(to, message);
        eventually(() -> use(to).waiting() == before + 1);
        return sender;
    }

    /// Sends a message in a process of its own, which tells the caller when it is back.
    static Pid sending(Pid to, Object message) {
        Pid boss = self();
        return spawn(() -> {
            try {
                send(to, message);
                send(boss, new Sent(message));
            } catch (RuntimeException refused) {
                send(boss, new Failed(message, refused));
            }
        });
    }

    static MailboxUse use(Pid pid) {
        return info(pid).orElseThrow().mailbox().orElseThrow();
    }
}
