package dev.bureau.otp.application;

import dev.bureau.kernel.Body;
import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.Exit;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.SpawnOptions;

/// The master of an application: the group leader of its processes, and the last of them to end. It runs nobody's code, so
/// whatever the application does, it answers and cleans up.
///
/*
 * controller --- master --- callbacks --- top supervisor --- ...
 *
 * Each line is a link. The controller learns by the exit of the master that the application is gone, and why: the reason
 * is that of the callbacks' process, an ApplicationError if the start has failed. By then no process of it is left, so who
 * starts it again finds all names free.
 */
record Master(Pid controller, Spec spec) implements Body {
    /// The callbacks' process has started the tree.
    record Up(Pid top) {}

    /// The controller wants the application stopped.
    record Stop() {}

    /// The controller does not want to wait any longer.
    record Abort() {}

    @Override
    public void run() {
        Bureau.trapExits(true);
        Pid self = Bureau.self();
        Bureau.groupLeader(self, self);
        Masters.enter(spec.name());
        Bureau.label("master of application " + spec.name());
        Pid callbacks =
                Bureau.spawn(
                        SpawnOptions.options().link().label("application " + spec.name()),
                        new Callbacks(spec, self));
        while (true) {
            switch (Bureau.receive()) {
                case Up(var top) -> Bureau.cast(controller, new Notice.Up(self, top));
                case Stop _ -> Bureau.send(callbacks, new Callbacks.Terminate());
                case Abort _ -> Bureau.exit(callbacks, ExitReason.KILL);
                case Exit(var from, _) when from.equals(controller) ->
                        Bureau.send(callbacks, new Callbacks.Terminate());
                case Exit(var from, var reason) when from.equals(callbacks) -> {
                    Masters.killAll(self);
                    Masters.leave(self);
                    throw Bureau.exit(reason);
                }
                default -> {}
            }
        }
    }
}
