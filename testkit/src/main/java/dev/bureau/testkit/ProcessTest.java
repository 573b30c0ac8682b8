package dev.bureau.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/// A class of tests in which each test is a process of a node of its own, as ExUnit's are processes.
///
/// ```java
/// import static dev.bureau.otp.Supervisor.*;
/// import static dev.bureau.testkit.ProcessAssertions.*;
///
/// @ProcessTest
/// class StackTest {
///     @Test
///     void popsWhatWasPushed() {
///         Pid stack = startSupervised(worker("stack", new Stack(List.of())));
///         cast(stack, new Push("hello"));
///         assertThat(Sys.getState(stack)).isEqualTo(List.of("hello"));
///     }
/// }
/// ```
///
/// The test's thread takes part in the node from before `@BeforeEach` until after `@AfterEach`: `self()`, `receive`,
/// `link` and the rest work, and names are the test's own, so tests can run beside each other. What the test has started by
/// [ProcessAssertions#startSupervised] is stopped at its end, the latest first; then whoever is linked to it is told to
/// shut down.
///
/// A test that leaves something behind fails, and is told what and where it came from: a process, a thread of the node, a
/// report of an error that no [ProcessAssertions#captureLog] has taken. What it may leave, `allows` says, for the class or
/// for one test.
///
/// With `virtualTime` the processes run one at a time, and when all of them and the test itself wait, time jumps to the
/// next timer: an hour takes no time. What only real time brings about, a socket or a sleep of Java's, does not belong there.
///
/// A rule that has to hold in whatever order things happen is for [Scenario]. A test with a `@Timeout` in a thread of its
/// own (`SEPARATE_THREAD`) takes part in the default node instead.
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(ProcessTestExtension.class)
public @interface ProcessTest {
    /// What a test may leave behind.
    Leak[] allows() default {};

    /// Whether time is virtual.
    boolean virtualTime() default false;
}
