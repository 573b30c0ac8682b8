import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;
import dev.bureau.otp.*;

void main() {
    out(
            Task.asyncStream(
                            List.of(3, 1, 2),
                            item -> {
                                sleep(ofMillis(item * 100L));
                                return item * 10;
                            })
                    .maxConcurrency(3)
                    .stream()
                    .map(each -> ((Task.Ok<Integer>) each).value())
                    .toList());
    out(
            Task.asyncStream(
                            List.of(3, 1, 2),
                            item -> {
                                sleep(ofMillis(item * 100L));
                                return item * 10;
                            })
                    .maxConcurrency(3)
                    .unordered()
                    .stream()
                    .map(each -> ((Task.Ok<Integer>) each).value())
                    .toList());
}
