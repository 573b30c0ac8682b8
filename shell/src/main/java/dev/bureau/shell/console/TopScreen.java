package dev.bureau.shell.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bureau.shell.AttachException;
import dev.bureau.shell.attach.NodeConnection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.Terminal.SignalHandler;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import org.jline.utils.Curses;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;
import org.jline.utils.NonBlockingReader;
import org.jspecify.annotations.Nullable;

/// `top` on the whole terminal: refreshed, sorted, filtered, with a look into the process that is selected.
///
/*
 * The calling thread reads keys and draws; another asks the node, one window after the other, and leaves the answer in
 * `answer`. What is asked is one value, `question`, replaced as a whole. When the node is gone, that is the answer.
 */
public final class TopScreen {
    private static final int KEY_WAIT_MILLIS = 100;
    private static final int MOST_WHEN_FILTERED = 1_000;
    private static final String HELP =
            """
            c  by cpu          m  by mailbox      r  by messages received a second
            e  by memory       s  by slices       up, down or j, k  select a process
            enter  its info and stack             /  only lines with a text (empty: all)
            x  kill it, after a question          space  stand still, or go on
            h or ?  this page                     q, esc or ^C  back, and out
            """;

    /// What the node is asked for.
    private record Question(String command, Map<String, String> options) {}

    /// What it has said, and to what.
    private record Answer(Question to, String text, boolean ok) {}

    private enum Page {
        LIST,
        DETAIL,
        HELP
    }

    private final Terminal terminal;
    private final TerminalModes modes;

    /// What gives the terminal its screen and its cursor back.
    private final String leaving;

    private final Display display;
    private final AtomicReference<Question> question;
    private final AtomicReference<@Nullable Answer> answer = new AtomicReference<>();
    private volatile @Nullable String lost;
    private volatile boolean paused;
    private volatile boolean interrupted;
    private final Map<String, String> base;
    private Page page = Page.LIST;
    private int selected;
    private int scrolled;
    private int height;
    private String order;
    private String filter = "";
    private @Nullable StringBuilder typing;
    private @Nullable String killing;
    private String notice = "";

    private TopScreen(Terminal terminal, TerminalModes modes, Map<String, String> options) {
        this.terminal = terminal;
        this.modes = modes;
        this.leaving =
                sequence(terminal, Capability.exit_ca_mode)
                        + sequence(terminal, Capability.cursor_normal);
        this.display = new Display(terminal, true);
        this.base = options;
        this.order = options.getOrDefault("by", "cpu");
        this.height = terminal.getHeight();
        this.question = new AtomicReference<>(list());
    }

    /// Shows it until somebody leaves; returns the exit code.
    public static int run(
            Function<Consumer<byte[]>, NodeConnection> connect, Map<String, String> options) {
        var printed = new ByteArrayOutputStream();
        try (NodeConnection node =
                        connect.apply(bytes -> {
                            synchronized (printed) {
                                printed.writeBytes(bytes);
                            }
                        });
                TerminalModes modes = TerminalModes.keep();
                Terminal terminal = SystemTerminal.open()) {
            var screen = new TopScreen(terminal, modes, options);
            Thread asking =
                    Thread.ofPlatform()
                            .daemon()
                            .name("bureau-top")
                            .start(() -> screen.ask(node, printed));
            try {
                screen.show();
            } finally {
                node.interrupt();
                asking.interrupt();
            }
            String reason = screen.lost;
            if (reason != null) throw new AttachException(reason);
            return 0;
        } catch (IOException failure) {
            throw new AttachException("cannot use this terminal: " + failure.getMessage());
        }
    }

    // ---- the thread that asks

    private void ask(NodeConnection node, ByteArrayOutputStream printed) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Question now = question.get();
                if (paused && now.command().equals("top")) {
                    Thread.sleep(KEY_WAIT_MILLIS);
                    continue;
                }
                answer.set(answer(node, printed, now));
                if (!now.command().equals("top")) Thread.sleep(1_000);
            }
        } catch (AttachException gone) {
            lost = gone.getMessage();
        } catch (InterruptedException _) {
            // the screen is closed
        }
    }

    private static Answer answer(
            NodeConnection node, ByteArrayOutputStream printed, Question asked) {
        synchronized (printed) {
            printed.reset();
        }
        boolean ok = true;
        for (String command : asked.command().split("\\+")) {
            ok &= node.command(command, asked.options()).ok();
        }
        synchronized (printed) {
            return new Answer(asked, printed.toString(UTF_8), ok);
        }
    }

    // ---- the thread that reads keys and draws

    private void show() throws IOException {
        Attributes before = terminal.enterRawMode();
        terminal.handle(Signal.INT, _ -> interrupted = true);
        terminal.handle(
                Signal.TSTP, SignalHandler.SIG_IGN); // it would stop with the screen as it is
        terminal.puts(Capability.enter_ca_mode);
        terminal.puts(Capability.cursor_invisible);
        terminal.flush();
        Thread atExit = new Thread(this::toldToEnd, "bureau-top-end");
        Runtime.getRuntime().addShutdownHook(atExit);
        try {
            NonBlockingReader keys = terminal.reader();
            boolean more = true;
            while (more && lost == null && !interrupted) {
                draw();
                int key = keys.read(KEY_WAIT_MILLIS);
                if (key == -1) break; // the terminal is gone
                if (key != NonBlockingReader.READ_EXPIRED) more = pressed(key, keys);
            }
        } finally {
            leaveScreen();
            terminal.setAttributes(before);
            try {
                Runtime.getRuntime().removeShutdownHook(atExit);
            } catch (IllegalStateException _) {
                // it is on its way
            }
        }
    }

    private static String sequence(Terminal terminal, Capability what) {
        String known = terminal.getStringCapability(what);
        return known == null ? "" : Curses.tputs(known);
    }

    private void leaveScreen() {
        terminal.writer().print(leaving);
        terminal.flush();
    }

    /// From outside: the terminal is left clean, too. JLine may have closed it by then, and so it is gone around.
    private void toldToEnd() {
        try {
            terminal.close();
        } catch (IOException _) {
            // its modes are put back in any case
        }
        System.out.print(leaving);
        System.out.flush();
        modes.close();
    }

    /// Whether to go on.
    private boolean pressed(int key, NonBlockingReader keys) throws IOException {
        notice = "";
        StringBuilder text = typing;
        if (text != null) return typed(key, text);
        String victim = killing;
        if (victim != null) return answered(key, victim);
        switch (key) {
            case 'q', 3, 4 -> {
                return back();
            }
            case 27 -> {
                return escape(keys);
            }
            case 'h', '?' -> page = Page.HELP;
            case 'j' -> move(1);
            case 'k' -> move(-1);
            case ' ' -> paused = !paused;
            case '\r', '\n' -> detail();
            case '/' -> typing = new StringBuilder(filter);
            case 'x' -> killing = pidOfSelected();
            case 'c' -> sort("cpu");
            case 'm' -> sort("mailbox");
            case 'r' -> sort("messages");
            case 'e' -> sort("memory");
            case 's' -> sort("slices");
            default -> {}
        }
        return true;
    }

    private boolean escape(NonBlockingReader keys) throws IOException {
        int next = keys.read(20);
        if (next != '[' && next != 'O') return back();
        switch (keys.read(20)) {
            case 'A' -> move(-1);
            case 'B' -> move(1);
            default -> {}
        }
        return true;
    }

    private boolean back() {
        if (page == Page.LIST) return false;
        page = Page.LIST;
        scrolled = 0;
        question.set(list());
        return true;
    }

    private boolean typed(int key, StringBuilder text) {
        switch (key) {
            case '\r', '\n', 27, 3 -> {
                if (key == '\r' || key == '\n') filter = text.toString();
                typing = null;
                selected = 0;
                question.set(list());
            }
            case 127, 8 -> text.setLength(Math.max(0, text.length() - 1));
            default -> {
                if (key >= ' ') text.appendCodePoint(key);
            }
        }
        return true;
    }

    private boolean answered(int key, String victim) {
        killing = null;
        if (key == 'y') question.set(new Question("kill", Map.of("process", victim)));
        return true;
    }

    private void sort(String by) {
        order = by;
        selected = 0;
        if (page == Page.LIST) question.set(list());
    }

    private void move(int lines) {
        if (page == Page.LIST) selected = Math.max(0, selected + lines);
        else scrolled = Math.max(0, scrolled + lines);
    }

    private Question list() {
        var options = new LinkedHashMap<>(base);
        options.put("by", order);
        int rows = Math.max(1, height - 3);
        options.put("most", String.valueOf(filter.isEmpty() ? rows : MOST_WHEN_FILTERED));
        options.putIfAbsent("window", "1");
        return new Question("top", options);
    }

    private void detail() {
        String pid = pidOfSelected();
        if (pid == null || page != Page.LIST) return;
        page = Page.DETAIL;
        question.set(new Question("info+stack", Map.of("process", pid)));
    }

    private @Nullable String pidOfSelected() {
        List<String> rows = rows();
        if (page != Page.LIST || rows.isEmpty()) return null;
        return rows.get(Math.min(selected, rows.size() - 1)).split("\\s+", 2)[0];
    }

    /// The lines of the table, without its head.
    private List<String> rows() {
        Answer said = answer.get();
        if (said == null || !said.to().command().equals("top")) return List.of();
        return said.text()
                .lines()
                .skip(2)
                .filter(row ->
                        row.toLowerCase(Locale.ROOT).contains(filter.toLowerCase(Locale.ROOT)))
                .toList();
    }

    private void draw() {
        Size size = terminal.getSize();
        display.resize(size.getRows(), size.getColumns());
        if (size.getRows() != height) {
            height = size.getRows();
            if (page == Page.LIST && killing == null) question.set(list()); // of as many as fit now
        }
        List<AttributedString> lines = new ArrayList<>();
        switch (page) {
            case LIST -> drawList(lines, size);
            case DETAIL -> drawDetail(lines, size);
            case HELP -> HELP.lines().forEach(line -> lines.add(new AttributedString(line)));
        }
        while (lines.size() < size.getRows() - 1) lines.add(AttributedString.EMPTY);
        lines.add(new AttributedString(foot(), AttributedStyle.INVERSE));
        List<AttributedString> fitting = new ArrayList<>();
        for (AttributedString line : lines.subList(0, Math.min(lines.size(), size.getRows()))) {
            fitting.add(line.columnSubSequence(0, size.getColumns()));
        }
        display.update(fitting, 0);
        terminal.flush();
    }

    private void drawList(List<AttributedString> lines, Size size) {
        Answer said = answer.get();
        if (said == null) {
            lines.add(new AttributedString("looking for a second ..."));
            return;
        }
        if (said.to().command().equals("kill")) {
            notice = said.text().strip();
            question.set(list());
            lines.add(new AttributedString(notice));
            return;
        }
        said.text()
                .lines()
                .limit(2)
                .forEach(line -> lines.add(new AttributedString(line, AttributedStyle.BOLD)));
        List<String> rows = rows();
        selected = Math.clamp(selected, 0, Math.max(0, rows.size() - 1));
        int room = Math.max(1, size.getRows() - 3);
        int first = Math.max(0, selected - room + 1);
        for (int i = first; i < Math.min(rows.size(), first + room); i++) {
            AttributedStyle style =
                    i == selected ? AttributedStyle.INVERSE : AttributedStyle.DEFAULT;
            String padded = String.format("%-" + size.getColumns() + "s", rows.get(i));
            lines.add(
                    new AttributedStringBuilder().style(style).append(padded).toAttributedString());
        }
    }

    private void drawDetail(List<AttributedString> lines, Size size) {
        Answer said = answer.get();
        if (said == null || said.to().command().equals("top")) return;
        List<String> text = said.text().lines().toList();
        scrolled = Math.clamp(scrolled, 0, Math.max(0, text.size() - 1));
        text.stream()
                .skip(scrolled)
                .limit(size.getRows() - 1L)
                .forEach(line -> lines.add(new AttributedString(line)));
    }

    private String foot() {
        if (typing != null) return "only lines with: " + typing + "_";
        if (killing != null) return "kill " + killing + "? y for yes";
        return (page == Page.LIST
                        ? "q leave  h help  c/m/r/e/s sort  / filter  enter look into  x kill"
                        : "q back")
                + (filter.isEmpty() ? "" : "   [only: " + filter + "]")
                + (paused ? "   [standing still]" : "");
    }
}
