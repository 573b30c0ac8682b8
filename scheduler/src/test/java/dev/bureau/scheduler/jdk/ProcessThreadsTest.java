package dev.bureau.scheduler.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InaccessibleObjectException;
import org.junit.jupiter.api.Test;

/// What is said where there is no way to threads of our own.
class ProcessThreadsTest {
    @Test
    void aClosedModuleIsToBeOpened() {
        for (Exception closed :
                new Exception[] {
                    new IllegalAccessException("not open"), new InaccessibleObjectException()
                }) {
            assertThat(ProcessThreads.wayOut(closed))
                    .contains("--add-opens java.base/java.lang=dev.bureau.scheduler");
        }
    }

    @Test
    void aJdkThatIsMadeInAnotherWayIsNamed() {
        assertThat(ProcessThreads.wayOut(new NoSuchMethodException("newVirtualThread")))
                .contains("JDK " + Runtime.version(), "newVirtualThread", "run with JDK 25")
                .doesNotContain("--add-opens");
    }

    @Test
    void anotherJvmIsNamed() {
        assertThat(ProcessThreads.isHotSpot("Eclipse OpenJ9 VM")).isFalse();
        assertThat(ProcessThreads.isHotSpot("OpenJDK 64-Bit Server VM")).isTrue();
        assertThat(ProcessThreads.isHotSpot("Java HotSpot(TM) 64-Bit Server VM")).isTrue();
        assertThat(ProcessThreads.wayOutOf("Eclipse OpenJ9 VM"))
                .contains("HotSpot", "Eclipse OpenJ9 VM");
    }

    @Test
    void hereThereIsOne() {
        assertThat(ProcessThreads.available()).isTrue();
        assertThat(ProcessThreads.wayOut()).isEmpty();
    }
}
