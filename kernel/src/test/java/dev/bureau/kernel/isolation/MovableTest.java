package dev.bureau.kernel.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bureau.kernel.NotShareableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// A resource is handed over, or, if anything is refused, stays where it is.
class MovableTest {
    private final List<String> events = new ArrayList<>();
    private final Movable.Target ben = new Process("ben");

    record Process(String name) implements Movable.Target {}

    record Handover(String note, Object resource) {}

    static final class Resource implements Movable, AutoCloseable {
        final String name;
        final String owner;
        final List<String> events;
        boolean alive;

        Resource(String name, String owner, boolean alive, List<String> events) {
            this.events = events;
            this.name = name;
            this.owner = owner;
            this.alive = alive;
        }

        @Override
        public Transfer prepare(Target target) {
            if (!alive) {
                throw new IllegalStateException(
                        "expected the owner to give it away, got: " + owner);
            }
            events.add("prepare " + name);
            Resource moved = new Resource(name, ((Process) target).name(), false, events);
            return new Transfer() {
                @Override
                public Object handle() {
                    return moved;
                }

                @Override
                public void commit() {
                    events.add("commit " + name);
                    alive = false;
                    moved.alive = true;
                }

                @Override
                public void abort() {
                    events.add("abort " + name);
                }
            };
        }

        @Override
        public void close() {}
    }

    private final Resource socket = new Resource("socket", "ada", true, events);
    private final Resource file = new Resource("file", "ada", true, events);

    @Test
    void itMovesWithTheMessage() {
        Handover passed = (Handover) Isolation.pass(new Handover("yours", socket), ben);
        Resource moved = (Resource) passed.resource();
        assertThat(moved.owner).isEqualTo("ben");
        assertThat(moved.alive).isTrue();
        assertThat(socket.alive).isFalse();
        assertThat(passed.note()).isEqualTo("yours");
    }

    @Test
    void itMovesAloneAndWithinCollectionsAndLambdas() {
        assertThat(Isolation.pass(socket, ben)).isInstanceOf(Resource.class).isNotSameAs(socket);
        Resource local = file;
        Runnable lambda = () -> local.close();
        assertThat(Isolation.pass(List.of(lambda, Map.of("f", file)), ben)).isNotNull();
        assertThat(file.alive).isFalse();
    }

    @Test
    void twiceInOneMessageItMovesOnce() {
        List<?> passed =
                (List<?>) Isolation.pass(List.of(socket, new Handover("again", socket)), ben);
        assertThat(((Handover) passed.get(1)).resource()).isSameAs(passed.get(0));
        assertThat(events).containsExactly("prepare socket", "commit socket");
    }

    @Test
    void aRefusalAnywhereLeavesAllWhereTheyAre() {
        assertThatThrownBy(() -> Isolation.pass(List.of(socket, file, new AtomicLong()), ben))
                .isInstanceOf(NotShareableException.class);
        assertThat(events)
                .containsExactly("prepare socket", "prepare file", "abort socket", "abort file");
        assertThat(socket.alive).isTrue();
        assertThat(file.alive).isTrue();
    }

    @Test
    void oneThatMayNotBeGivenAwayIsRefusedWithItsPath() {
        file.alive = false;
        assertThatThrownBy(() -> Isolation.pass(List.of(socket, new Handover("no", file)), ben))
                .isInstanceOf(NotShareableException.class)
                .hasMessageStartingWith("List[1] -> MovableTest$Handover.resource -> ")
                .hasMessageContaining("expected the owner to give it away, got: ada");
        assertThat(socket.alive).isTrue();
    }

    @Test
    void withoutATargetItIsRefused() {
        assertThatThrownBy(() -> Isolation.pass(new Handover("to nobody", socket)))
                .hasMessageContaining("a resource has one owner; hand it over by sending it");
    }

    @Test
    void anObjectThatCannotBeRebuiltCannotHoldOne() {
        final class Fixed {
            final Object held;

            Fixed(Object held) {
                this.held = held;
            }
        }
        assertThatThrownBy(() -> Isolation.pass(new Fixed(socket), ben))
                .isInstanceOf(NotShareableException.class);
        assertThat(socket.alive).isTrue();
    }
}
