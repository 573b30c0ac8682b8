package dev.bureau.agent;

import dev.bureau.weaver.Weaver;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Weaves each class that is selected. Whatever goes wrong, the class is loaded as it is.
final class WeavingTransformer implements ClassFileTransformer {
    private final Settings settings;
    private final Weaver weaver;
    private final Instrumentation jvm;
    private final Sight sight = new Sight();
    private final AtomicBoolean complained = new AtomicBoolean();

    WeavingTransformer(Settings settings, Instrumentation jvm) {
        this.settings = settings;
        this.weaver = Weaver.with(settings.options());
        this.jvm = jvm;
    }

    @Override
    public byte @Nullable [] transform(
            Module module,
            @Nullable ClassLoader loader,
            @Nullable String name,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] classFile) {
        if (loader == null || name == null) return null;
        try {
            if (!settings.selection().selects(name) || !sight.has(loader)) return null;
            var woven = woven(classFile);
            if (woven == classFile) return null;
            letRead(module, loader);
            return woven;
        } catch (Throwable failure) { // thrown out of here it would be lost
            complain(name, failure);
            return null;
        }
    }

    byte[] woven(byte[] classFile) {
        return weaver.weave(classFile);
    }

    /// A named module may not know where the yield point lives.
    private void letRead(Module module, ClassLoader loader) {
        if (!module.isNamed()) return;
        var target = Sight.yieldPoint(loader).orElseThrow().getModule();
        if (module.canRead(target)) return;
        jvm.redefineModule(module, Set.of(target), Map.of(), Map.of(), Set.of(), Map.of());
    }

    private void complain(String name, Throwable failure) {
        if (!complained.compareAndSet(false, true)) return;
        try {
            System.getLogger("dev.bureau.agent")
                    .log(
                            System.Logger.Level.WARNING,
                            "cannot weave " + name + ", nor perhaps others; they run as they are",
                            failure);
        } catch (Throwable _) {
            // no logging either
        }
    }
}
