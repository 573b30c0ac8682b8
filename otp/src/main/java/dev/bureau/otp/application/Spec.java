package dev.bureau.otp.application;

import dev.bureau.otp.Application;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What an application says of itself, asked once, by the process that wants it loaded: the controller runs nobody's code.
public record Spec(
        String name,
        Application application,
        List<String> applications,
        Map<String, Object> env,
        List<String> startPhases) {
    public Spec {
        applications = List.copyOf(applications);
        env = Map.copyOf(env);
        startPhases = List.copyOf(startPhases);
    }

    /// Asks it.
    ///
    /// @throws IllegalArgumentException if it has no name
    public static Spec of(Application application) {
        Objects.requireNonNull(application, "expected an application, got: null");
        try {
            return new Spec(
                    nameOf(application),
                    application,
                    application.applications().stream().map(Spec::nameOf).toList(),
                    application.env(),
                    application.startPhases());
        } catch (NullPointerException none) {
            throw new IllegalArgumentException(
                    "expected no null in applications(), env() and startPhases() of "
                            + application.getClass().getName(),
                    none);
        }
    }

    /// The name of one.
    static String nameOf(Application application) {
        String name = application.name();
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException(
                    "expected a name from name() of "
                            + application.getClass().getName()
                            + ", got: "
                            + (name == null ? "null" : "'" + name + "'"));
        }
        return name;
    }

    /// The name of a class as a variable would have it.
    public static String defaultName(Class<?> type) {
        if (type.isAnonymousClass() || type.isHidden()) {
            throw new IllegalArgumentException(
                    "expected an application to have a name, got a class without one: "
                            + type.getName()
                            + "\n  to mend it, give the class a name, or write: public String name() { return \"...\"; }");
        }
        String name = type.getSimpleName();
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    Class<?> type() {
        return application.getClass();
    }
}
