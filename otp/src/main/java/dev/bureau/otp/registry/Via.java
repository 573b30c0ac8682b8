package dev.bureau.otp.registry;

import dev.bureau.kernel.Name;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.process.LocalProcess;
import dev.bureau.otp.Registration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Lets a registry keep names (OTP R-08).
///
/// @param registry its name
/// @param value what a process is registered with under such a name; isolated before
public record Via(String registry, @Nullable Object value) implements Name.Registrar {
    @Override
    public boolean registerName(Object key, Pid pid) {
        Directory directory = Directory.of(registry);
        directory.requireUnique("a name kept by a registry (via)");
        LocalProcess self = Registering.process();
        if (!pid.equals(self.pid())) {
            throw new IllegalArgumentException(
                    "expected the process itself to register, which is "
                            + self.pid()
                            + ", got: "
                            + pid);
        }
        return Registering.register(directory, key, value) instanceof Registration.Made;
    }

    @Override
    public void unregisterName(Object key) {
        Registering.unregister(Directory.of(registry), key, _ -> true);
    }

    @Override
    public Optional<Pid> whereisName(Object key) {
        return Directory.of(registry).whereis(key);
    }

    @Override
    public String toString() {
        return "registry " + registry;
    }
}
