package dev.bureau.weaver;

import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.util.List;
import java.util.stream.Stream;

/// A method that has code, and its instructions.
record MethodCode(MethodModel method, CodeAttribute attribute, Instructions instructions) {
    /// Those of a class, in order.
    static List<MethodCode> of(ClassModel type) {
        return type.methods().stream().flatMap(MethodCode::of).toList();
    }

    private static Stream<MethodCode> of(MethodModel method) {
        return method.code().stream()
                .map(CodeAttribute.class::cast)
                .map(code -> new MethodCode(method, code, new Instructions(code.codeArray())));
    }

    String name() {
        return method.methodName().stringValue();
    }

    /// Name and descriptor, which no other method of the class has.
    String signature() {
        return name() + method.methodType().stringValue();
    }
}
