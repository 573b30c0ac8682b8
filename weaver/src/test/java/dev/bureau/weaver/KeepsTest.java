package dev.bureau.weaver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.classfile.Attribute;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.TypeAnnotation;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.InvokeInstruction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

/// What weaving does not change.
class KeepsTest {
    private static final String RICH =
            """
            package rich;

            import java.io.*;
            import java.lang.annotation.*;
            import java.util.*;

            @Target(ElementType.TYPE_USE) @interface Mark { int value() default 0; String[] names() default {}; Class<?> type() default Object.class; Other other() default @Other; RetentionPolicy policy() default RetentionPolicy.CLASS; }
            @interface Other { long value() default 7; }

            public class Rich<T> {
                @Deprecated int field = 1;

                int recursive(@Mark int depth, List<? extends @Mark T> list) throws @Mark IOException {
                    try (@Mark StringReader in = new @Mark StringReader("a")) {
                        for (@Mark(value = 3, names = {"x", "y"}) int i = 0; i < depth; i++) {
                            try {
                                Object o = (@Mark(type = String.class) Object) list;
                                if (o instanceof @Mark(other = @Other(8)) ArrayList<?> some) field += some.size();
                                field += recursive(depth - 1, new ArrayList<@Mark T>()) + recursive(depth - 2, list);
                            } catch (@Mark(policy = RetentionPolicy.RUNTIME) RuntimeException e) {
                                Runnable r = @Mark Rich::new;
                                r.run();
                            }
                        }
                        return in.read();
                    } finally {
                        field++;
                    }
                }

                int often(@Mark int n, List<? extends @Mark T> list) {
                    int sum = 0;
                    try {
                        @Mark(2) List<? extends T> rest = n > 1 ? list : new @Mark ArrayList<@Mark T>();
                        @Mark int less = n - 1;
                        sum = often(less, rest) + often(less, list);
                        sum += often(less, rest) - often(less, list);
                        sum += often(less, (@Mark List<T>) list);
                    } catch (@Mark IllegalStateException e) {
                        sum++;
                    } finally {
                        field += sum;
                    }
                    return sum;
                }

                void loop(int n) {
                    List<T> kept = null;
                    try {
                        while (n > 0) {
                            try {
                                n -= field;
                            } catch (@Mark IllegalStateException e) {
                                n--;
                            }
                        }
                    } catch (@Mark(5) IllegalArgumentException e) {
                        field = n;
                    }
                }

                static int straight(int n) { return n + 1; }
            }
            """;

    /// They poll behind all other code, before an instruction, and at the start.
    private static final List<String> METHODS = List.of("loop", "recursive", "often");

    private static final int INVOKESTATIC = 0xb8;

    private final byte[] before = Snippet.compiled("Rich", RICH).get("rich.Rich");
    private final byte[] after = Weaver.standard().weave(before);

    @Test
    void aClassWithNothingToDo() {
        var classFile = Snippet.of("static int run(int n) { return n + 1; }").classFile();
        assertThat(Weaver.standard().weave(classFile)).isSameAs(classFile);
    }

    @Test
    void aClassThatIsWoven() {
        assertThat(after).isNotEqualTo(before);
        assertThat(Weaver.standard().weave(after)).isSameAs(after);
    }

    @Test
    void aModule() {
        var classFile = Snippet.compiled("module-info", "module some { }").get("module-info");
        assertThat(Weaver.standard().weave(classFile)).isSameAs(classFile);
    }

    @Test
    void nothingOfWhatIsNoClassFile() {
        for (var bytes : List.of(new byte[0], new byte[100], Arrays.copyOf(before, 200))) {
            assertThatThrownBy(() -> Weaver.standard().weave(bytes))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void theInstructionsButWhereTheyJumpBackTo() {
        var old = code(before, "loop").codeArray();
        var now = Arrays.copyOf(code(after, "loop").codeArray(), old.length);
        int changed = 0;
        for (int at = 0; at < old.length; at++) if (old[at] != now[at]) changed++;
        assertThat(changed).isBetween(1, 4);
        assertThat(code(after, "straight").codeArray())
                .isEqualTo(code(before, "straight").codeArray());
    }

    @Test
    void whatTheMethodNeeds() {
        for (var name : METHODS) {
            assertThat(code(after, name).maxStack()).isEqualTo(code(before, name).maxStack());
            assertThat(code(after, name).maxLocals()).isEqualTo(code(before, name).maxLocals());
        }
    }

    @Test
    void whatTablesSayAboutTheCode() {
        saysTheSame(before, after);
    }

    /// Which javac makes only where there are no annotations on types.
    @Test
    void rangesOfCharacters() {
        var plain = RICH.replaceAll("@Mark([(]([^()]|[(][^()]*[)])*[)])?", "");
        var ranged = Snippet.compiled("Rich", plain, "-Xjcov").get("rich.Rich");
        assertThat(names(code(ranged, "loop").attributes())).contains("CharacterRangeTable");
        saysTheSame(ranged, Weaver.standard().weave(ranged));
    }

    private static void saysTheSame(byte[] before, byte[] after) {
        for (var name : METHODS) {
            var old = facts(code(before, name), place -> place);
            var inserted = inserted(code(after, name));
            assertThat(inserted)
                    .hasSize(name.equals("loop") ? 0 : 1)
                    .allMatch(at -> (at == 0) == name.equals("often"));
            var now = facts(code(after, name), place -> before(place, inserted));
            assertThat(old).hasSizeGreaterThan(20);
            assertThat(now).containsAll(old);
        }
    }

    @Test
    void attributesOfClassFieldsAndMethods() {
        var old = ClassFile.of().parse(before);
        var now = ClassFile.of().parse(after);
        assertThat(names(now.attributes()))
                .containsExactlyInAnyOrderElementsOf(names(old.attributes()));
        assertThat(names(now.fields().getFirst().attributes()))
                .isEqualTo(names(old.fields().getFirst().attributes()));
        for (int method = 0; method < old.methods().size(); method++) {
            assertThat(names(now.methods().get(method).attributes()))
                    .isEqualTo(names(old.methods().get(method).attributes()));
        }
        assertThat(names(code(after, "recursive").attributes()))
                .isEqualTo(names(code(before, "recursive").attributes()))
                .contains("RuntimeInvisibleTypeAnnotations", "LocalVariableTypeTable");
    }

    private static List<String> names(List<Attribute<?>> attributes) {
        return attributes.stream()
                .map(attribute -> attribute.attributeName().stringValue())
                .toList();
    }

    private static CodeAttribute code(byte[] classFile, String name) {
        return ClassFile.of().parse(classFile).methods().stream()
                .filter(method -> method.methodName().equalsString(name))
                .map(MethodModel::code)
                .map(code -> (CodeAttribute) code.orElseThrow())
                .findFirst()
                .orElseThrow();
    }

    /// The places of the polls that stand between instructions: with a nop behind them.
    private static List<Integer> inserted(CodeAttribute code) {
        var bytes = code.codeArray();
        var polls = new ArrayList<Integer>();
        int at = 0;
        for (var element : code) {
            if (!(element instanceof Instruction instruction)) continue;
            boolean poll =
                    instruction instanceof InvokeInstruction call
                            && call.owner()
                                    .name()
                                    .equalsString("dev/bureau/scheduler/woven/YieldPoint");
            if (poll && (bytes[at] & 0xff) == INVOKESTATIC && bytes[at + 3] == 0) polls.add(at);
            at += instruction.sizeInBytes();
        }
        return polls;
    }

    /// Where a place was before these came.
    private static int before(int place, List<Integer> inserted) {
        return place - 4 * (int) inserted.stream().filter(at -> at < place).count();
    }

    /// All that tables say, as text, with places in the code as they were.
    private static List<String> facts(CodeAttribute code, IntUnaryOperator was) {
        var facts = new ArrayList<String>();
        code.findAttribute(Attributes.lineNumberTable())
                .orElseThrow()
                .lineNumbers()
                .forEach(line ->
                        facts.add(
                                "line "
                                        + line.lineNumber()
                                        + " "
                                        + was.applyAsInt(line.startPc())));
        code.findAttribute(Attributes.localVariableTable())
                .orElseThrow()
                .localVariables()
                .forEach(v ->
                        facts.add(
                                "variable "
                                        + v.name()
                                        + v.type()
                                        + v.slot()
                                        + " "
                                        + was.applyAsInt(v.startPc())
                                        + was.applyAsInt(v.startPc() + v.length())));
        code.findAttribute(Attributes.localVariableTypeTable())
                .orElseThrow()
                .localVariableTypes()
                .forEach(v ->
                        facts.add(
                                "type "
                                        + v.name()
                                        + v.signature()
                                        + v.slot()
                                        + " "
                                        + was.applyAsInt(v.startPc())
                                        + was.applyAsInt(v.startPc() + v.length())));
        code.findAttribute(Attributes.characterRangeTable()).stream()
                .flatMap(table -> table.characterRangeTable().stream())
                .forEach(r ->
                        facts.add(
                                "range "
                                        + r.characterRangeStart()
                                        + r.characterRangeEnd()
                                        + r.flags()
                                        + " "
                                        + was.applyAsInt(r.startPc())
                                        + (was.applyAsInt(r.endPc() + 1) - 1)));
        code.findAttribute(Attributes.runtimeInvisibleTypeAnnotations()).stream()
                .flatMap(table -> table.annotations().stream())
                .forEach(annotation ->
                        facts.add(
                                annotation.annotation()
                                        + " "
                                        + annotation.targetPath()
                                        + where(code, annotation.targetInfo(), was)));
        code.exceptionHandlers()
                .forEach(h ->
                        facts.add(
                                "handler "
                                        + h.catchType()
                                        + was.applyAsInt(code.labelToBci(h.tryStart()))
                                        + " "
                                        + was.applyAsInt(code.labelToBci(h.tryEnd()))
                                        + " "
                                        + was.applyAsInt(code.labelToBci(h.handler()))));
        return facts;
    }

    private static String where(
            CodeAttribute code, TypeAnnotation.TargetInfo target, IntUnaryOperator was) {
        return target.targetType()
                + switch (target) {
                    case TypeAnnotation.LocalVarTarget variable ->
                            variable.table().stream()
                                    .map(range ->
                                            range.index()
                                                    + ":"
                                                    + was.applyAsInt(
                                                            code.labelToBci(range.startLabel()))
                                                    + "-"
                                                    + was.applyAsInt(
                                                            code.labelToBci(range.endLabel())))
                                    .toList()
                                    .toString();
                    case TypeAnnotation.CatchTarget handler -> {
                        var entry = code.exceptionHandlers().get(handler.exceptionTableIndex());
                        yield entry.catchType()
                                + " "
                                + was.applyAsInt(code.labelToBci(entry.tryStart()));
                    }
                    case TypeAnnotation.OffsetTarget place ->
                            "" + was.applyAsInt(code.labelToBci(place.target()));
                    case TypeAnnotation.TypeArgumentTarget place ->
                            place.typeArgumentIndex()
                                    + ":"
                                    + was.applyAsInt(code.labelToBci(place.target()));
                    default -> throw new AssertionError(target);
                };
    }
}
