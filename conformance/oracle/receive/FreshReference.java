import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

record Ask() implements Call<String> {}

record MessageQueueLen(int length) {}

void main() {
    for (int n = 1; n <= 1000; n++) {
        send(self(), n);
    }
    Pid server = spawn(() -> reply(receive(Request.class).from().as(new Ask()), "answer"));
    out(call(server, new Ask()));
    Ref ref = monitor(dead());
    out(receive(ref, Down.class).reason());
    out(new MessageQueueLen(info(self()).orElseThrow().messageQueueLength()));
}
