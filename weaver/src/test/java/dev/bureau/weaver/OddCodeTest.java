package dev.bureau.weaver;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_Throwable;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bureau.weaver.LeftAlone.Reason;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.DiscontinuedInstruction.JsrInstruction;
import java.lang.classfile.instruction.DiscontinuedInstruction.RetInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Code that no compiler writes, or that Java's does not.
class OddCodeTest {
    private static final ClassDesc CODE = ClassDesc.of("Code");
    private static final MethodTypeDesc RUN = MethodTypeDesc.of(CD_int, CD_int);

    @Test
    void jumpsBackToTheStartOfAMethod() {
        var code =
                run(b -> {
                    b.iinc(0, -1).iload(0).ifgt(b.startLabel()).iload(0).ireturn();
                });
        assertThat(code.call("run", 10).polls()).isEqualTo(9);
    }

    @Test
    void jumpsBackToTheStartOfAMethodThatCallsItself() {
        var code =
                run(b -> {
                    var end = b.newLabel();
                    b.iinc(0, -1).iload(0).ifle(end);
                    b.iload(0).iconst_2().irem().ifne(b.startLabel());
                    b.iload(0).invokestatic(CODE, "run", RUN).ireturn();
                    runAgainIfGreat(b.labelBinding(end));
                    b.iload(0).ireturn();
                });
        assertThat(code.call("run", 10).polls()).isEqualTo(10);
    }

    @Test
    void keepsWhatIsOnTheStack() {
        var code =
                run(b -> {
                    var head = b.newLabel();
                    b.lconst_1().iconst_0();
                    b.labelBinding(head).iload(0).iadd().iinc(0, -1).iload(0).ifgt(head);
                    b.istore(0).l2i().iload(0).iadd().ireturn();
                });
        assertThat(code.call("run", 10).polls()).isEqualTo(9);
        assertThat(code.call("run", 10).result()).isEqualTo(56);
    }

    @Test
    void keepsAnObjectThatWaitsForItsConstructor() {
        var code =
                run(b -> {
                    var head = b.newLabel();
                    b.new_(ClassDesc.of("java.lang.Integer")).dup();
                    b.labelBinding(head).iinc(0, -1).iload(0).ifgt(head);
                    b.iload(0)
                            .invokespecial(
                                    ClassDesc.of("java.lang.Integer"),
                                    "<init>",
                                    MethodTypeDesc.of(CD_void, CD_int));
                    b.invokevirtual(
                                    ClassDesc.of("java.lang.Integer"),
                                    "intValue",
                                    MethodTypeDesc.of(CD_int))
                            .ireturn();
                });
        assertThat(code.call("run", 10).polls()).isEqualTo(9);
    }

    @Test
    void keepsAnObjectThatWaitsInAMethodThatPollsAtEntry() {
        var code =
                run(b -> {
                    var head = b.newLabel();
                    var end = b.newLabel();
                    b.iload(0).ifle(end);
                    b.new_(ClassDesc.of("java.lang.Integer")).dup();
                    b.labelBinding(head).iinc(0, -1).iload(0).iconst_3().irem().ifne(head);
                    b.iload(0).invokestatic(CODE, "run", RUN);
                    b.invokespecial(
                            ClassDesc.of("java.lang.Integer"),
                            "<init>",
                            MethodTypeDesc.of(CD_void, CD_int));
                    b.invokevirtual(
                                    ClassDesc.of("java.lang.Integer"),
                                    "intValue",
                                    MethodTypeDesc.of(CD_int))
                            .ireturn();
                    runAgainIfGreat(b.labelBinding(end));
                    b.iload(0).ireturn();
                });
        assertThat(code.call("run", 10).polls()).isEqualTo(5 + 6);
    }

    /// Makes the method one that may call itself so often that it polls when it starts.
    private static void runAgainIfGreat(CodeBuilder b) {
        var no = b.newLabel();
        b.iload(0).bipush(100).if_icmple(no);
        for (int i = 0; i < 6; i++) b.iload(0).invokestatic(CODE, "run", RUN).istore(0);
        b.labelBinding(no);
    }

    /// Makes it one that polls between instructions.
    private static void runTwiceIfGreat(CodeBuilder b) {
        var no = b.newLabel();
        b.iload(0).bipush(100).if_icmple(no);
        for (int i = 0; i < 2; i++) b.iload(0).invokestatic(CODE, "run", RUN).istore(0);
        b.labelBinding(no);
    }

    @Test
    void followsSwitchesBack() {
        var code =
                run(b -> {
                    Label head = b.newLabel(), end = b.newLabel(), other = b.newLabel();
                    b.labelBinding(head).iinc(0, -1).iload(0);
                    b.tableswitch(
                            0,
                            3,
                            head,
                            List.of(
                                    SwitchCase.of(0, end),
                                    SwitchCase.of(1, head),
                                    SwitchCase.of(2, other),
                                    SwitchCase.of(3, head)));
                    b.labelBinding(other).iload(0);
                    b.lookupswitch(
                            other,
                            List.of(
                                    SwitchCase.of(-100, end),
                                    SwitchCase.of(2, head),
                                    SwitchCase.of(77, head)));
                    b.labelBinding(end).iload(0).ireturn();
                });
        assertThat(code.call("run", 10).polls()).isEqualTo(9);
        assertThat(code.kill(4, "run", 10).wasKilled()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void keepsThePaddingOfSwitchesBehindAPoll(boolean atEntry) {
        for (int nops = 0; nops < 4; nops++) {
            int padding = nops;
            var code =
                    run(b -> {
                        Label end = b.newLabel(), again = b.newLabel();
                        if (atEntry) runAgainIfGreat(b);
                        else runTwiceIfGreat(b);
                        for (int nop = 0; nop < padding; nop++) b.nop();
                        b.iload(0)
                                .tableswitch(
                                        0,
                                        1,
                                        again,
                                        List.of(SwitchCase.of(0, end), SwitchCase.of(1, end)));
                        b.labelBinding(again)
                                .iload(0)
                                .iconst_1()
                                .isub()
                                .invokestatic(CODE, "run", RUN)
                                .ireturn();
                        b.labelBinding(end)
                                .iload(0)
                                .lookupswitch(
                                        again,
                                        List.of(
                                                SwitchCase.of(0, b.startLabel()),
                                                SwitchCase.of(1, again)));
                    });
            assertThat(code.kill(30, "run", 10).wasKilled()).isTrue();
        }
    }

    @Test
    void goesIntoTheMiddleOfALoop() {
        var code =
                run(b -> {
                    Label head = b.newLabel(), middle = b.newLabel();
                    b.iload(0).iconst_5().if_icmpgt(middle);
                    b.labelBinding(head).iinc(0, -1);
                    b.labelBinding(middle).iinc(0, -1).iload(0).ifgt(head);
                    b.iload(0).ireturn();
                });
        assertThat(code.call("run", 10).polls()).isEqualTo(5);
        assertThat(code.call("run", 5).polls()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void endsALoopWhoseJumpsAreWithinItsTry(boolean typed) {
        var code =
                run(b -> {
                    Label head = b.newLabel(), end = b.newLabel(), handler = b.newLabel();
                    if (typed) b.exceptionCatch(head, end, handler, CD_Throwable);
                    else b.exceptionCatchAll(head, end, handler);
                    b.labelBinding(head).iinc(0, -1).iload(0).ifgt(head).iload(0).ireturn();
                    b.labelBinding(end);
                    b.labelBinding(handler).pop().goto_(head);
                });
        assertThat(code.call("run", 10).polls()).isEqualTo(9);
        assertThat(code.kill(3, "run", 10).wasKilled()).isTrue();
    }

    @Test
    void endsALoopWhoseHandlerStandsBeforeIt() {
        var code =
                run(b -> {
                    Label head = b.newLabel(), end = b.newLabel(), handler = b.newLabel();
                    b.exceptionCatch(head, end, handler, CD_Throwable);
                    b.goto_(head);
                    b.labelBinding(handler).pop();
                    b.labelBinding(head).iinc(0, -1).iload(0).ifgt(head);
                    b.labelBinding(end).iload(0).ireturn();
                });
        assertThat(code.call("run", 10).polls()).isEqualTo(9);
        assertThat(code.kill(3, "run", 10).wasKilled()).isTrue();
    }

    @Test
    void releasesAMonitorAroundALoopWithTwoWaysIn() {
        var code =
                of(
                        ClassFile.latestMajorVersion(),
                        type -> {
                            method(
                                    type,
                                    "run",
                                    RUN,
                                    b -> {
                                        Label outer = b.newLabel(),
                                                start = b.newLabel(),
                                                one = b.newLabel(),
                                                two = b.newLabel(),
                                                end = b.newLabel();
                                        Label release = b.newLabel(),
                                                released = b.newLabel(),
                                                thrown = b.newLabel(),
                                                swallow = b.newLabel();
                                        b.exceptionCatchAll(start, end, release)
                                                .exceptionCatchAll(release, released, release);
                                        b.exceptionCatch(start, thrown, swallow, CD_Throwable);
                                        b.labelBinding(outer)
                                                .ldc(CODE)
                                                .dup()
                                                .astore(1)
                                                .monitorenter();
                                        b.labelBinding(start).iload(0).ifeq(two);
                                        b.labelBinding(one).iinc(0, 1);
                                        b.labelBinding(two).iinc(0, 2).goto_(one);
                                        b.labelBinding(end);
                                        b.labelBinding(release).astore(2).aload(1).monitorexit();
                                        b.labelBinding(released).aload(2).athrow();
                                        b.labelBinding(thrown);
                                        b.labelBinding(swallow).pop().goto_(outer);
                                    });
                            method(
                                    type,
                                    "locked",
                                    MethodTypeDesc.of(CD_boolean),
                                    b ->
                                            b.ldc(CODE)
                                                    .invokestatic(
                                                            ClassDesc.of("java.lang.Thread"),
                                                            "holdsLock",
                                                            MethodTypeDesc.of(
                                                                    CD_boolean, CD_Object))
                                                    .ireturn());
                        });
        for (int start : new int[] {0, 1}) {
            assertThat(code.kill(3, "run", start).wasKilled()).isTrue();
            assertThat(code.ask("locked")).isEqualTo(false);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {49, 50, 51, 52, 61, 69})
    void isOfAnyVersion(int version) {
        var code =
                of(
                        version,
                        type ->
                                method(
                                        type,
                                        "run",
                                        RUN,
                                        b -> {
                                            var head = b.newLabel();
                                            b.labelBinding(head)
                                                    .iinc(0, -1)
                                                    .iload(0)
                                                    .ifgt(head)
                                                    .iload(0)
                                                    .ireturn();
                                            if (version < 50)
                                                b.labelBinding(b.newLabel()).goto_(head); // dead
                                        }));
        assertThat(code.call("run", 10).polls()).isEqualTo(9);
        assertThat(code.kill(3, "run", 10).wasKilled()).isTrue();
    }

    @Test
    void usesSubroutinesAndIsLeftAlone() {
        var code =
                of(
                        48,
                        type ->
                                method(
                                        type,
                                        "run",
                                        RUN,
                                        b -> {
                                            Label head = b.newLabel(), routine = b.newLabel();
                                            b.labelBinding(head)
                                                    .with(JsrInstruction.of(Opcode.JSR, routine))
                                                    .iload(0)
                                                    .ifgt(head)
                                                    .iload(0)
                                                    .ireturn();
                                            b.labelBinding(routine)
                                                    .astore(1)
                                                    .iinc(0, -1)
                                                    .with(RetInstruction.of(Opcode.RET, 1));
                                        }));
        assertThat(reasons(code)).containsExactly(Reason.SUBROUTINES);
    }

    @Test
    void loopsOverMoreThanAShortJump() {
        var code =
                run(b -> {
                    Label head = b.newLabel(), end = b.newLabel();
                    b.labelBinding(head).iinc(0, -1).iload(0).ifle(end);
                    for (int nop = 0; nop < 32_800; nop++) b.nop();
                    b.with(BranchInstruction.of(Opcode.GOTO_W, head));
                    b.labelBinding(end).iload(0).ireturn();
                });
        assertThat(code.call("run", 3).polls()).isEqualTo(2);
        assertThat(code.kill(1, "run", 3).wasKilled()).isTrue();
    }

    @Test
    void isLeftAloneWhereTheEndIsTooFar() {
        var code = longRun(40_000);
        assertThat(reasons(code)).containsExactly(Reason.TOO_FAR);
        assertThat(code.call("run", 10).polls()).isZero();
    }

    @Test
    void isLeftAloneWhereItWouldBeTooLong() {
        var code =
                run(b -> {
                    var head = b.newLabel();
                    for (int nop = 0; nop < 65_524; nop++) b.nop();
                    b.labelBinding(head).iinc(0, -1).iload(0).ifgt(head).iload(0).ireturn();
                });
        assertThat(reasons(code)).containsExactly(Reason.TOO_LONG);
        assertThat(code.call("run", 10).polls()).isZero();
    }

    @Test
    void isLeftAloneWhereItWouldNoLongerBeCompiled() {
        assertThat(reasons(longRun(7_980))).isEmpty();
        assertThat(reasons(longRun(7_990))).containsExactly(Reason.NOT_COMPILED_THEN);
        assertThat(reasons(longRun(8_010))).isEmpty();
    }

    /// A loop, and then many instructions that do nothing.
    private static Snippet longRun(int nops) {
        return run(b -> {
            var head = b.newLabel();
            b.labelBinding(head).iinc(0, -1).iload(0).ifgt(head);
            for (int nop = 0; nop < nops; nop++) b.nop();
            b.iload(0).ireturn();
        });
    }

    private static List<Reason> reasons(Snippet code) {
        return Weaver.standard().inspect(code.classFile()).leftAlone().stream()
                .map(LeftAlone::reason)
                .toList();
    }

    private static Snippet run(Consumer<CodeBuilder> body) {
        return of(ClassFile.latestMajorVersion(), type -> method(type, "run", RUN, body));
    }

    private static Snippet of(int version, Consumer<ClassBuilder> members) {
        var files =
                ClassFile.of(
                        ClassFile.DeadCodeOption.KEEP_DEAD_CODE,
                        version < 50
                                ? ClassFile.StackMapsOption.DROP_STACK_MAPS
                                : ClassFile.StackMapsOption.STACK_MAPS_WHEN_REQUIRED);
        return Snippet.of(
                files.build(
                        CODE,
                        type -> {
                            type.withVersion(version, 0)
                                    .withFlags(ClassFile.ACC_PUBLIC | ClassFile.ACC_SUPER);
                            members.accept(type);
                        }));
    }

    private static void method(
            ClassBuilder type, String name, MethodTypeDesc descriptor, Consumer<CodeBuilder> body) {
        type.withMethodBody(name, descriptor, ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC, body);
    }
}
