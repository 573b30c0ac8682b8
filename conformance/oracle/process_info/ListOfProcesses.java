import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

void main() {
    List<Pid> alive = Stream.generate(() -> idle()).limit(20).toList();
    Pid dead = dead();
    List<Pid> missing = new ArrayList<>(alive);
    missing.removeAll(processes());
    out(missing, processes().contains(self()), processes().contains(dead));
}
