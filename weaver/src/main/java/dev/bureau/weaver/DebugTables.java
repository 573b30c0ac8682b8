package dev.bureau.weaver;

import java.lang.classfile.BufWriter;
import java.lang.classfile.attribute.CharacterRangeTableAttribute;
import java.lang.classfile.attribute.LineNumberInfo;
import java.lang.classfile.attribute.LineNumberTableAttribute;
import java.lang.classfile.attribute.LocalVariableTableAttribute;
import java.lang.classfile.attribute.LocalVariableTypeTableAttribute;
import java.util.List;

/// Writes the bodies of the tables debuggers and stack traces use. A poll before an instruction belongs to the line that starts with
/// that, one at entry to the first and sees the parameters; a detour has the line of its first jump.
final class DebugTables {
    private DebugTables() {}

    static void write(BufWriter out, LineNumberTableAttribute table, Polls polls) {
        var lines = table.lineNumbers();
        var detours = lines.isEmpty() ? List.<Polls.Detour>of() : polls.detours();
        out.writeU2(lines.size() + detours.size());
        for (var line : lines) {
            out.writeU2(start(line.startPc(), polls));
            out.writeU2(line.lineNumber());
        }
        for (var detour : detours) {
            out.writeU2(polls.moved(detour.at()));
            out.writeU2(lineOf(detour.jumps().getFirst().at(), lines));
        }
    }

    private static int lineOf(int at, List<LineNumberInfo> lines) {
        var best = lines.getFirst();
        for (var line : lines) {
            boolean closer = best.startPc() > at || line.startPc() >= best.startPc();
            if (line.startPc() <= at && closer) best = line;
        }
        return best.lineNumber();
    }

    static void write(BufWriter out, LocalVariableTableAttribute table, Polls polls) {
        out.writeU2(table.localVariables().size());
        for (var variable : table.localVariables()) {
            writeRange(out, variable.startPc(), variable.length(), polls);
            out.writeIndex(variable.name());
            out.writeIndex(variable.type());
            out.writeU2(variable.slot());
        }
    }

    static void write(BufWriter out, LocalVariableTypeTableAttribute table, Polls polls) {
        out.writeU2(table.localVariableTypes().size());
        for (var variable : table.localVariableTypes()) {
            writeRange(out, variable.startPc(), variable.length(), polls);
            out.writeIndex(variable.name());
            out.writeIndex(variable.signature());
            out.writeU2(variable.slot());
        }
    }

    static void write(BufWriter out, CharacterRangeTableAttribute table, Polls polls) {
        out.writeU2(table.characterRangeTable().size());
        for (var range : table.characterRangeTable()) {
            out.writeU2(polls.moved(range.startPc()));
            out.writeU2(polls.moved(range.endPc() + 1) - 1);
            out.writeInt(range.characterRangeStart());
            out.writeInt(range.characterRangeEnd());
            out.writeU2(range.flags());
        }
    }

    /// Where something starts and for how long it goes on; what starts with the method still does.
    static void writeRange(BufWriter out, int start, int length, Polls polls) {
        int moved = start(start, polls);
        out.writeU2(moved);
        out.writeU2(polls.moved(start + length) - moved);
    }

    private static int start(int place, Polls polls) {
        return place == 0 ? 0 : polls.moved(place);
    }
}
