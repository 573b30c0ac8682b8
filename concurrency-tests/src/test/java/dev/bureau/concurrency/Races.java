package dev.bureau.concurrency;

import dev.bureau.kernel.process.EndOfACall;
import dev.bureau.kernel.process.ExactlyOneDown;
import dev.bureau.kernel.process.LinkAndUnlink;
import dev.bureau.kernel.process.NameAndExit;
import dev.bureau.kernel.process.ParkedInACircle;
import dev.bureau.kernel.process.ReceivedOnBehalf;
import dev.bureau.kernel.process.SignalledHandOver;
import dev.bureau.kernel.process.SingleMessage;
import dev.bureau.kernel.process.WaitTimerFires;
import dev.bureau.kernel.process.WaitingMark;
import dev.bureau.scheduler.CarrierParking;
import dev.bureau.scheduler.ClockFallsAsleep;
import dev.bureau.scheduler.HoldAndRelease;
import dev.bureau.scheduler.LaneTakenAway;
import dev.bureau.scheduler.LookedAtWhileYielding;
import dev.bureau.scheduler.RunQueueRaces;
import dev.bureau.scheduler.SlotHandOver;
import dev.bureau.scheduler.SuspendWhileMounting;
import dev.bureau.scheduler.TimerRaces;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;

/// All races, and what their annotations say.
final class Races {
    private static final List<Class<?>> PROTOCOLS =
            List.of(
                    WaitingMark.class,
                    ReceivedOnBehalf.class,
                    SignalledHandOver.class,
                    SingleMessage.class,
                    WaitTimerFires.class,
                    NameAndExit.class,
                    LinkAndUnlink.class,
                    ExactlyOneDown.class,
                    EndOfACall.class,
                    ParkedInACircle.class,
                    RunQueueRaces.class,
                    TimerRaces.class,
                    CarrierParking.class,
                    LaneTakenAway.class,
                    SlotHandOver.class,
                    HoldAndRelease.class,
                    SuspendWhileMounting.class,
                    LookedAtWhileYielding.class,
                    ClockFallsAsleep.class);

    private Races() {}

    static Stream<Class<?>> sound() {
        return all().filter(race -> !isBroken(race));
    }

    static Stream<Class<?>> broken() {
        return all().filter(Races::isBroken);
    }

    static boolean isBroken(Class<?> race) {
        return race.getSimpleName().startsWith("Broken");
    }

    private static Stream<Class<?>> all() {
        return PROTOCOLS.stream()
                .flatMap(protocol -> Arrays.stream(protocol.getDeclaredClasses()))
                .filter(race -> race.isAnnotationPresent(JCStressTest.class))
                .sorted(Comparator.comparing(Class::getName));
    }

    static String name(Class<?> race) {
        return race.getDeclaringClass().getSimpleName() + "." + race.getSimpleName();
    }

    static int actors(Class<?> race) {
        return (int)
                Arrays.stream(race.getDeclaredMethods())
                        .filter(method -> !method.isBridge())
                        .filter(method -> method.isAnnotationPresent(Actor.class))
                        .count();
    }

    static Race<Object> newRace(Class<?> race) {
        return Races.<Race<Object>>instance(race);
    }

    static Object newResult(Class<?> race) {
        for (var method : race.getDeclaredMethods()) {
            if (method.isAnnotationPresent(Actor.class) && !method.isBridge()) {
                return Races.<Object>instance(method.getParameterTypes()[0]);
            }
        }
        throw new IllegalArgumentException("expected a race with actors, got: " + race);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T> T instance(Class<?> type) {
        try {
            return (T) type.getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("cannot make a " + type, e);
        }
    }

    /// What the annotations expect of an outcome; the first that matches counts.
    static Expectation expectation(Class<?> race) {
        List<Expected> list = new ArrayList<>();
        Expect otherwise = Expect.FORBIDDEN;
        for (Outcome outcome : race.getAnnotationsByType(Outcome.class)) {
            if (outcome.id().length == 1 && outcome.id()[0].isEmpty()) {
                otherwise = outcome.expect();
            }
            for (String id : outcome.id()) {
                list.add(new Expected(id, Pattern.compile(id), outcome.expect()));
            }
        }
        return new Expectation(list, otherwise);
    }

    record Expected(String id, Pattern pattern, Expect expect) {}

    record Expectation(List<Expected> list, Expect otherwise) {
        Expect of(String outcome) {
            for (Expected expected : list) {
                if (!expected.id().isEmpty()
                        && (expected.id().equals(outcome)
                                || expected.pattern().matcher(outcome).matches())) {
                    return expected.expect();
                }
            }
            return otherwise;
        }
    }
}
