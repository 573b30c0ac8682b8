package dev.bureau.conformance;

import static dev.bureau.conformance.Workers.*;
import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.otp.Supervisor.ONE_FOR_ONE;
import static dev.bureau.testkit.ProcessAssertions.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bureau.kernel.Pid;
import dev.bureau.otp.ChildSpec;
import dev.bureau.otp.Supervisor;
import dev.bureau.testkit.Otp;
import dev.bureau.testkit.Scenario;
import java.util.List;
import org.junit.jupiter.api.Nested;

/// Supervisors: OTP's items S-01 to S-27.
class SupervisorTest {
    /// A supervisor of the calling process, which survives its end.
    private static Pid supervise(Supervisor.Flags flags, ChildSpec... children) {
        trapExits(true);
        return Supervisor.startLink(flags.intensity(100, ofSeconds(5)), children);
    }

    @Nested
    class Starting {
        @Scenario
        @Otp("S-01")
        void childrenComeUpOneAfterTheOther() {
            supervise(ONE_FOR_ONE, slow("a", ofMillis(2)), worker("b"), worker("c"));
            for (Object id : List.of("a", "b", "c")) {
                assertThat(poll(Up.class).map(Up::id)).contains(id);
            }
        }

        @Scenario
        @Otp("S-02")
        void stopsInReverseOrder() {
            Pid boss = supervise(ONE_FOR_ONE, worker("a"), slow("b", ofMillis(2)), worker("c"));
            Supervisor.stop(boss);
            endedInOrder("c", "b", "a");
        }
    }
}
