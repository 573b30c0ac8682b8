// One process per query, and the answers in the order of the questions, whichever comes first. The
// processes are
// linked: if one query fails, all of this ends, and no process is left behind.
//
//   ./bureau run examples/ParallelQueries.java 5

import module dev.bureau.kernel;
import static dev.bureau.kernel.Bureau.*;

record Answer(int query, String text) {}

String run(int query) {
    sleep(ofMillis(ThreadLocalRandom.current().nextInt(500))); // as a database would, this blocks
    return "query " + query + " result";
}

List<String> runAll(int queries) {
    var caller = self();
    for (int i = 1; i <= queries; i++) {
        int query = i;
        spawnLink(() -> send(caller, new Answer(query, run(query))));
    }
    return IntStream.rangeClosed(1, queries)
            .mapToObj(query -> receive(Answer.class, answer -> answer.query() == query).text())
            .toList();
}

void main(String[] args) {
    runAll(args.length > 0 ? Integer.parseInt(args[0]) : 5).forEach(IO::println);
}
