import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

void main() {
    Spawned child =
            spawnMonitor(() -> {
                shake();
                exit("gone");
            });
    shake();
    boolean live = demonitor(child.monitor());
    List<Object> all = new ArrayList<>(poll(Down.class).stream().toList());
    all.addAll(mail());
    out(live, all);
}
