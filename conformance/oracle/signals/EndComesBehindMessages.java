import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

void main() {
    Pid boss = self();
    trapExits(true);
    Spawned child =
            spawnMonitor(
                    SpawnOptions.options().link(),
                    () -> {
                        for (int n = 1; n <= 100; n++) {
                            send(boss, n);
                        }
                        exit("gone");
                    });
    down(child.monitor());
    receive(Exit.class);
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
        poll(Integer.class).ifPresent(numbers::add);
    }
    out(
            numbers.equals(IntStream.rangeClosed(1, 100).boxed().toList()),
            List.of(),
            receive(Object.class, Duration.ZERO, "nothing"));
}
