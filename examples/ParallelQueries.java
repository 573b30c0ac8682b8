// Parallel queries: a process for each, which sends its result to whoever asked. They come in the
// order in which they are ready. If one fails, who asked is linked to it and ends too, instead of
// waiting for ever, and the others with it.
//
//   ./bureau run examples/ParallelQueries.java 5

import module dev.bureau.kernel;
import static dev.bureau.kernel.Bureau.*;

record QueryResult(String text) {}

String runQuery(String query) {
    sleep(ofMillis(ThreadLocalRandom.current().nextInt(500))); // as a database would, this blocks
    return query + " result";
}

void asyncQuery(String query) {
    var caller = self();
    spawnLink(() -> send(caller, new QueryResult(runQuery(query))));
}

void main(String[] args) {
    int queries = args.length > 0 ? Integer.parseInt(args[0]) : 5;
    for (int i = 1; i <= queries; i++) asyncQuery("query " + i);
    for (int i = 1; i <= queries; i++) IO.println(receive(QueryResult.class).text());
}
