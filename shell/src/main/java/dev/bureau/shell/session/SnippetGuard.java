package dev.bureau.shell.session;

import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import dev.bureau.shell.SnippetExit;
import dev.bureau.weaver.Weaver;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.List;

/// Makes the code of a line harmless to the node: its loops can be ended, and `System.exit` is refused.
final class SnippetGuard {
    private static final ClassDesc SYSTEM = ClassDesc.of("java.lang.System");
    private static final ClassDesc RUNTIME = ClassDesc.of("java.lang.Runtime");
    private static final ClassDesc REFUSING = SnippetExit.class.describeConstable().orElseThrow();
    private static final MethodTypeDesc OF_SYSTEM = MethodTypeDesc.of(CD_void, CD_int);
    private static final MethodTypeDesc OF_RUNTIME = MethodTypeDesc.of(CD_void, RUNTIME, CD_int);

    private SnippetGuard() {}

    static byte[] guard(byte[] classFile) {
        return Weaver.standard().weave(withoutExit(classFile));
    }

    private static byte[] withoutExit(byte[] classFile) {
        var classFiles = ClassFile.of();
        return classFiles.transformClass(
                classFiles.parse(classFile),
                ClassTransform.transformingMethodBodies(SnippetGuard::replace));
    }

    private static void replace(CodeBuilder code, CodeElement element) {
        switch (element) {
            case InvokeInstruction call
                    when isExit(
                            call.owner().asSymbol(),
                            call.name().stringValue(),
                            call.type().stringValue()) ->
                    code.invokestatic(REFUSING, "refuse", refusing(call.owner().asSymbol()));
            case InvokeDynamicInstruction call
                    when call.bootstrapArgs().stream().anyMatch(SnippetGuard::isExit) ->
                    code.invokedynamic(
                            DynamicCallSiteDesc.of(
                                    call.bootstrapMethod(),
                                    call.name().stringValue(),
                                    call.typeSymbol(),
                                    harmless(call.bootstrapArgs())));
            default -> code.with(element);
        }
    }

    private static ConstantDesc[] harmless(List<ConstantDesc> arguments) {
        return arguments.stream()
                .map(argument ->
                        isExit(argument) ? refusing((DirectMethodHandleDesc) argument) : argument)
                .toArray(ConstantDesc[]::new);
    }

    private static ConstantDesc refusing(DirectMethodHandleDesc exit) {
        return MethodHandleDesc.ofMethod(
                DirectMethodHandleDesc.Kind.STATIC, REFUSING, "refuse", refusing(exit.owner()));
    }

    private static MethodTypeDesc refusing(ClassDesc owner) {
        return owner.equals(SYSTEM) ? OF_SYSTEM : OF_RUNTIME;
    }

    /// A method reference: `System::exit`.
    private static boolean isExit(ConstantDesc argument) {
        return argument instanceof DirectMethodHandleDesc handle
                && isExit(handle.owner(), handle.methodName(), handle.lookupDescriptor());
    }

    private static boolean isExit(ClassDesc owner, String name, String descriptor) {
        return descriptor.equals("(I)V")
                && ((owner.equals(SYSTEM) && name.equals("exit"))
                        || (owner.equals(RUNTIME) && (name.equals("exit") || name.equals("halt"))));
    }
}
