import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

static List<Pid> links() {
    return info(self()).orElseThrow().links();
}

void main() {
    trapExits(true);
    Pid a = spawnLink(() -> sleepForever());
    Pid b = spawnLink(() -> sleepForever());
    out(Set.copyOf(links()).equals(Set.of(a, b)));
    exit(a, "gone");
    out(next(), links());
    unlink(b);
    out(links());
}
