import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

record Question() implements Call<String> {}

void main() {
    Pid boss = self();
    Pid server =
            spawn(() -> {
                Request request = receive(Request.class);
                sleep(ofMillis(ThreadLocalRandom.current().nextInt(1, 4)));
                reply(request.from().as(new Question()), "answer");
                send(boss, "replied");
            });
    Object answer = attempt(() -> call(server, new Question(), ofMillis(2)));
    out(
            answer.equals("answer")
                    || (answer instanceof Caught(ExitReason.CallFailed failed)
                            && failed.reason().equals(ExitReason.TIMEOUT)),
            mail());
}
