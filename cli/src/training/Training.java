// Run once by the build, so that what programs commonly need of Bureau and of the compiler is at
// hand when the next one starts.
import module dev.bureau.kernel;
import static dev.bureau.kernel.Bureau.*;

sealed interface Message {}

record Increment(int by) implements Message {}

record Get(Pid sender) implements Message {}

enum Outcome {
    DONE
}

void counter(int count) {
    while (true) {
        switch (receive(Message.class)) {
            case Increment(var by) -> count += by;
            case Get(var sender) -> send(sender, count);
        }
    }
}

void main(String[] args) {
    var counter = spawn(() -> counter(args.length));
    for (int number : List.of(1, 2, 3)) send(counter, new Increment(number));
    send(counter, new Get(self()));
    IO.println("count: " + receive(Integer.class, ofSeconds(5)));

    var worker = spawnMonitor(() -> exit(Outcome.DONE));
    IO.println(receive(worker.monitor(), Down.class, ofSeconds(5)));

    trapExits(true);
    spawnLink(() -> sleep(ofMillis(1)));
    IO.println(receive(Exit.class, ofSeconds(5)).reason().equals(NORMAL));

    register("training", self());
    sendAfter(self(), "late", ofMillis(1));
    IO.println(receive(String.class, text -> text.startsWith("l")));
    IO.println(Stream.of("a", "b").map(String::toUpperCase).toList());

    // the build has somebody attach, who says when it is over
    receive(String.class, text -> text.equals("leave"), ofSeconds(30), "leave");
}
