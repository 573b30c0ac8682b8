import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

static final ProcessLocal<Integer> KEY = ProcessLocal.named("key");

record Child(Optional<Integer> before, Optional<Integer> put) {}

void main() {
    out(KEY.put(1), KEY.put(2), KEY.get());
    Pid boss = self();
    spawn(() -> send(boss, new Child(KEY.get(), KEY.put(3))));
    out(next(), KEY.get(), KEY.erase(), KEY.get());
}
