import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

record Links(List<Pid> all) {}

void main() {
    Pid pid = dead();
    out(!attempt(() -> link(pid)).equals(true));
    trapExits(true);
    out(attempt(() -> link(pid)), mail());
    out(new Links(info(self()).orElseThrow().links()));
}
