package dev.bureau.kernel.process;

import java.util.function.Predicate;

/// Takes out of the mailbox what a process no longer wants to be told, however many messages came before the reference
/// that it belongs to (OTP M-06, G-05, V-08).
public final class Flushing {
    private Flushing() {}

    /// Takes the `Down` of a monitor out of the mailbox; false when it is not there.
    public static boolean down(LocalProcess self, LocalRef ref) {
        return ref instanceof MonitorRef
                && take(
                        self,
                        ref,
                        message -> message instanceof Signal.Down down && down.ref == ref);
    }

    /// Takes the exit message of `peer` out of the mailbox, whatever it has been mapped to; false if it is not there.
    /// It came after `ref` was made.
    public static boolean exit(LocalProcess self, LocalPid peer, LocalRef ref) {
        return take(self, ref, message -> message instanceof Signal.Exit exit && exit.from == peer);
    }

    private static boolean take(
            LocalProcess self, LocalRef ref, Predicate<Signal.Carrying> wanted) {
        self.receiveSignals();
        Mailbox box = self.mailbox();
        if (box == null) {
            return false;
        }
        Signal.Carrying message = Receiving.begin(box, self, ref);
        while (message != null && !wanted.test(message)) {
            message = Receiving.next(box, self, ref, message);
        }
        if (message == null) {
            return false;
        }
        return box.take(message);
    }
}
