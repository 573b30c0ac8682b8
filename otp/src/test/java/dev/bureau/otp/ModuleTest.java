package dev.bureau.otp;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The room as a module; all other tests have it on the class path.
class ModuleTest {
    /// Any package may hold what is sent from process to process, and the kernel looks at that.
    @Test
    void isOpenToTheKernelInAllItsPackages() throws Exception {
        Path home =
                Path.of(
                        GenServer.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI());
        ModuleDescriptor room =
                ModuleFinder.of(home).find("dev.bureau.otp").orElseThrow().descriptor();
        Set<String> open =
                room.opens().stream()
                        .filter(opens -> opens.targets().contains("dev.bureau.kernel"))
                        .map(ModuleDescriptor.Opens::source)
                        .collect(Collectors.toSet());
        assertThat(open).containsExactlyInAnyOrderElementsOf(room.packages());
    }
}
