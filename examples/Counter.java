// A process that keeps a count: its state is a local variable, and messages are the only way to it.
//
//   ./bureau run examples/Counter.java

import module dev.bureau.kernel;
import static dev.bureau.kernel.Bureau.*;

sealed interface Msg {}

record Increment() implements Msg {}

record Get(From<Integer> from) implements Msg {}

void counter(int count) {
    while (true) {
        switch (receive(Msg.class)) {
            case Increment _ -> count++;
            case Get(var from) -> reply(from, count);
        }
    }
}

void main() {
    var counter = spawn(() -> counter(0));
    send(counter, new Increment());
    int count = call(counter, Get::new);
    IO.println("Current count: " + count);
}
