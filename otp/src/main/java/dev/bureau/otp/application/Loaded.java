package dev.bureau.otp.application;

import dev.bureau.kernel.From;
import dev.bureau.kernel.Pid;
import dev.bureau.otp.ApplicationError;
import dev.bureau.otp.ApplicationInfo;
import dev.bureau.otp.ApplicationInfo.Status;
import dev.bureau.otp.ChildSpec.Restart;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the controller knows of one application.
///
/*
 *              start             up                 stop
 *   LOADED  ----------> STARTING ------> RUNNING ---------> STOPPING
 *   or ENDED <---------                     |                   |
 *     ^         failed               ENDED <+ its master has    |
 *     |                                       ended             |
 *     +---------------------------------------------------------+
 *                       its master has ended: LOADED
 *
 * It has a master from STARTING to the end of STOPPING.
 */
final class Loaded {
    private Spec spec;
    private Status status = Status.LOADED;

    /// Where a start has begun that may fail.
    private Status before = Status.LOADED;

    private @Nullable Restart restart;
    private @Nullable Pid master;
    private @Nullable Pid top;

    /// Who waits for what is going on to come to its end.
    private List<From<Optional<ApplicationError>>> waiting = new ArrayList<>();

    /// What is asked for while it is being stopped, to be seen to afterwards.
    private List<Runnable> later = new ArrayList<>();

    Loaded(Spec spec) {
        this.spec = spec;
    }

    Spec spec() {
        return spec;
    }

    /// It is to be started by another object of the same class.
    void spec(Spec changed) {
        spec = changed;
    }

    String name() {
        return spec.name();
    }

    Status status() {
        return status;
    }

    @Nullable Restart restart() {
        return restart;
    }

    @Nullable Pid master() {
        return master;
    }

    void starts(Restart as, Pid by) {
        before = status;
        status = Status.STARTING;
        restart = as;
        master = by;
    }

    void up(Pid supervisor) {
        status = Status.RUNNING;
        top = supervisor;
    }

    void stops() {
        status = Status.STOPPING;
    }

    /// Its master has ended.
    void gone() {
        status =
                switch (status) {
                    case STARTING -> before;
                    case RUNNING -> Status.ENDED;
                    default -> Status.LOADED;
                };
        master = null;
        top = null;
    }

    /// It has ended by itself and is no longer taken for started.
    void forgotten() {
        status = Status.LOADED;
    }

    void waits(From<Optional<ApplicationError>> from) {
        waiting.add(from);
    }

    List<From<Optional<ApplicationError>>> takeWaiting() {
        List<From<Optional<ApplicationError>>> all = waiting;
        waiting = new ArrayList<>();
        return all;
    }

    void later(Runnable request) {
        later.add(request);
    }

    List<Runnable> takeLater() {
        List<Runnable> all = later;
        later = new ArrayList<>();
        return all;
    }

    ApplicationInfo info() {
        return new ApplicationInfo(
                name(),
                spec.type(),
                status,
                Optional.ofNullable(restart),
                Optional.ofNullable(master),
                Optional.ofNullable(top));
    }
}
