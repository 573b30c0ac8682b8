package dev.bureau.kernel.isolation;

import dev.bureau.kernel.isolation.Verdict.Refused;
import dev.bureau.kernel.isolation.Verdict.Settled;
import java.io.File;
import java.lang.invoke.MethodType;
import java.lang.ref.Reference;
import java.lang.reflect.AccessibleObject;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.WeakHashMap;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What is known of a class before any look at its fields.
final class KnownTypes {
    private static final Set<Class<?>> IMMUTABLE =
            Set.of(
                    Object.class,
                    String.class,
                    Boolean.class,
                    Character.class,
                    Byte.class,
                    Short.class,
                    Integer.class,
                    Long.class,
                    Float.class,
                    Double.class,
                    BigInteger.class,
                    BigDecimal.class,
                    Class.class,
                    StackTraceElement.class,
                    MethodType.class,
                    Runtime.Version.class,
                    UUID.class,
                    Locale.class,
                    Pattern.class,
                    OptionalInt.class,
                    OptionalLong.class,
                    OptionalDouble.class,
                    URI.class,
                    InetSocketAddress.class,
                    UnixDomainSocketAddress.class,
                    File.class,
                    FileTime.class);

    /// Of the JDK's own subclasses of these; a user's is judged by its fields.
    private static final Set<Class<?>> IMMUTABLE_IN_THE_JDK =
            Set.of(Charset.class, Path.class, InetAddress.class);

    /// Refused whatever their fields: they are bound to a thread or a place, or have state that fields do not show.
    private static final Set<Class<?>> REFUSED =
            Set.of(
                    AutoCloseable.class,
                    Thread.class,
                    ThreadGroup.class,
                    ThreadLocal.class,
                    ClassLoader.class,
                    Reference.class,
                    AccessibleObject.class,
                    Random.class,
                    WeakHashMap.class,
                    DelayQueue.class,
                    SynchronousQueue.class);

    private KnownTypes() {}

    /// The verdict, or null if the fields have to tell; arrays and throwables are not asked for here.
    static @Nullable Verdict verdict(Class<?> type) {
        if (Immutable.class.isAssignableFrom(type) || isImmutable(type)) {
            return Settled.IMMUTABLE;
        }
        if (Movable.class.isAssignableFrom(type)) {
            return Settled.MOVABLE;
        }
        if (isAny(type, REFUSED)) {
            return new Refused(Mending.UNKNOWN, Mending.of(type));
        }
        if (isJdk(type)) {
            return ofJdk(type);
        }
        if (extendsJdkCollection(type)) {
            return new Refused(
                    "extends "
                            + type.getSuperclass().getName()
                            + ", and only the JDK's own collections are copied",
                    Mending.of(Collection.class));
        }
        return null;
    }

    /// Whether the class belongs to the JDK itself, so that nothing but what is written here is known of it.
    static boolean isJdk(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        return type.getModule().isNamed()
                && (loader == null || loader == ClassLoader.getPlatformClassLoader());
    }

    private static boolean isImmutable(Class<?> type) {
        return IMMUTABLE.contains(type)
                || Enum.class.isAssignableFrom(type)
                || (isJdk(type)
                        && (isAny(type, IMMUTABLE_IN_THE_JDK)
                                || isJavaTime(type)
                                || type.getName().startsWith("java.util.Collections$Empty")));
    }

    // But for the builder, and clocks over a clock of somebody else.
    private static boolean isJavaTime(Class<?> type) {
        String name = type.getName();
        return name.startsWith("java.time.")
                && !type.isHidden()
                && !name.startsWith("java.time.format.DateTimeFormatterBuilder")
                && !name.equals("java.time.Clock$OffsetClock")
                && !name.equals("java.time.Clock$TickClock");
    }

    private static @Nullable Verdict ofJdk(Class<?> type) {
        Shape shape = CopiedTypes.shapeOf(type);
        if (shape == null) {
            shape = UnmodifiableShape.of(type);
        }
        if (shape == null) {
            shape = SmallShell.of(type);
        }
        return shape == null ? JdkViews.shapeOf(type) : shape;
    }

    private static boolean extendsJdkCollection(Class<?> type) {
        for (Class<?> c = type.getSuperclass();
                c != null && c != Object.class;
                c = c.getSuperclass()) {
            if (isJdk(c)
                    && (Collection.class.isAssignableFrom(c) || Map.class.isAssignableFrom(c))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAny(Class<?> type, Set<Class<?>> kinds) {
        for (Class<?> kind : kinds) {
            if (kind.isAssignableFrom(type)) {
                return true;
            }
        }
        return false;
    }
}
