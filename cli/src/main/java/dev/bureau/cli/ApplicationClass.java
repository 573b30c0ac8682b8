package dev.bureau.cli;

import dev.bureau.kernel.Bureau;
import dev.bureau.otp.Application;
import dev.bureau.otp.ChildSpec.Restart;
import java.lang.reflect.Modifier;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A class that implements [Application]: started with all it needs, without which there is no
/// program; it goes on until the node stops.
///
/// @param type the class
record ApplicationClass(Class<?> type) implements EntryPoint {
    /// A class that can be started, if it is one.
    static @Nullable EntryPoint in(Class<?> type) {
        if (type.getEnclosingClass() != null
                || Modifier.isAbstract(type.getModifiers())
                || !Application.class.isAssignableFrom(type)) return null;
        EntryPoint.requireConstructor(type.getName() + " is to be started", type);
        return new ApplicationClass(type);
    }

    @Override
    public void call(List<String> args) throws Exception {
        Application.ensureAllStarted(Restart.PERMANENT, (Application) EntryPoint.instance(type));
        Bureau.sleepForever();
    }
}
