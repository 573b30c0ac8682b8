import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

record Question() implements Call<String> {}

void main() {
    Pid boss = self();
    Pid server =
            spawn(() -> {
                Request request = receive(Request.class);
                receive(String.class);
                reply(request.from().as(new Question()), "answer");
                send(boss, "replied");
            });
    out(attempt(() -> call(server, new Question(), ofMillis(20))));
    send(server, "now");
    out(mail());
}
