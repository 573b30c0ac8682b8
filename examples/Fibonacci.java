// A computation in a process of its own, and its answer as a message. Meanwhile the asker is free
// to do other things, or to stop waiting.
//
//   ./bureau run examples/Fibonacci.java 40

import module dev.bureau.kernel;
import static dev.bureau.kernel.Bureau.*;

record Answer(int n, long fibonacci) {}

long fibonacci(int n) {
    return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
}

void main(String[] args) {
    int n = args.length > 0 ? Integer.parseInt(args[0]) : 40;
    var asker = self();
    spawn(() -> send(asker, new Answer(n, fibonacci(n))));
    while (!(poll(Answer.class, ofSeconds(1)).orElse(null) instanceof Answer answer)) {
        IO.println("still computing ...");
    }
    IO.println("fibonacci(" + n + ") = " + answer.fibonacci());
}
