import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

record Told(Object that, List<Object> rest) {}

void main() {
    Pid boss = self();
    Pid receiver = spawn(() -> send(boss, new Told(receive(String.class, "that"::equals), mail())));
    for (int n = 1; n <= 5; n++) {
        send(receiver, n);
        shake();
    }
    send(receiver, "that");
    out(next());
}
