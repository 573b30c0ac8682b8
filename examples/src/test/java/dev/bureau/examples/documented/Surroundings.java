package dev.bureau.examples.documented;

import dev.bureau.kernel.Call;
import dev.bureau.kernel.Cast;
import dev.bureau.kernel.Owned;
import dev.bureau.kernel.Pid;
import dev.bureau.otp.ChildSpec;
import dev.bureau.otp.GenServer;
import dev.bureau.otp.Init;
import dev.bureau.otp.Start;
import dev.bureau.otp.Table;
import dev.bureau.otp.Task;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;

/// What the code in pages and documentation comments leaves out: names of which a reader guesses what they are. It is
/// compiled with this, and never run.
///
/// What a text declares itself hides what is here.
@SuppressWarnings({"unused", "NullAway", "DoNotCallSuggester"})
public class Surroundings {
    // ---- things

    public record User(int id, String name) {}

    public record Receipt() {}

    public record Letter() {}

    public record Tables(dev.bureau.kernel.Node node) {}

    public static User user;
    public static Letter letter;
    public static List<String> urls;
    public static boolean isEnough;
    public static ServerSocket listener;
    public static Owned<Socket> socket;
    public static byte[] classFile;
    public static Table<String, User> sessions;

    // ---- processes

    public static Pid supervisor;
    public static Pid adder;
    public static List<Pid> shops;
    public static ChildSpec session;
    public static Task<String> task;

    public record Add(int a, int b) implements Call<Integer> {}

    public record Price(String what) implements Call<Integer> {}

    public record Increment() implements Cast {}

    public record Push(String item) implements Cast {}

    public record Greet() implements Call<String> {}

    public record Connection() {
        public static ChildSpec spec(Owned<Socket> socket) {
            return ChildSpec.worker("connection", () -> Start.ignored());
        }
    }

    public record Counter() implements GenServer<Integer, Call<?>, Increment> {
        @Override
        public Init<Integer> init() {
            return ok(0);
        }
    }

    public record Session() implements GenServer<Integer, Greet, Cast> {
        @Override
        public Init<Integer> init() {
            return ok(0);
        }
    }

    public record Stock() implements GenServer<Integer, Call<?>, Cast> {
        @Override
        public Init<Integer> init() {
            return ok(0);
        }
    }

    public record Till(int port) implements GenServer<Integer, Call<?>, Cast> {
        @Override
        public Init<Integer> init() {
            return ok(port);
        }
    }

    public record Stack(List<String> first) implements GenServer<List<String>, Call<?>, Push> {
        @Override
        public Init<List<String>> init() {
            return ok(first);
        }
    }

    // ---- work

    public static long fib(int n) {
        return n;
    }

    public static String fetch(String url) {
        return url;
    }

    public static void store(String page) {}

    public static boolean look(Object page) {
        return true;
    }

    public static User load(String name) {
        return user;
    }

    public static void welcome(User user) {}

    public static Receipt deliver(Letter letter) {
        return new Receipt();
    }

    public static void chat() {}

    public static void serve(Owned<Socket> client) {}

    public static void use(Pid pid) {}

    public static void doWithout() {}

    public static void complain() {}
}
