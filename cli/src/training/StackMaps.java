import module java.base;

/// Run by the build: gives the classes of a jar that were compiled for a Java before 6, as picocli's are, the stack maps of
/// today. Without them an AOT cache leaves them out, and each start reads and verifies them anew.
void main(String[] args) throws IOException {
    var jar = Path.of(args[0]);
    var files =
            ClassFile.of(
                    ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
                    ClassFile.ClassHierarchyResolverOption.of(
                            ClassHierarchyResolver.ofResourceParsing(
                                            new URLClassLoader(new URL[] {jar.toUri().toURL()}))
                                    .orElse(ClassHierarchyResolver.defaultResolver())));
    var toJava8 =
            ClassTransform.transformingMethodBodies(CodeBuilder::with)
                    .andThen(
                            ClassTransform.endHandler(
                                    type -> type.withVersion(ClassFile.JAVA_8_VERSION, 0)));
    try (var inside = FileSystems.newFileSystem(jar);
            var all = Files.walk(inside.getPath("/"))) {
        for (Path file : all.filter(it -> it.toString().endsWith(".class")).toList()) {
            var type = files.parse(Files.readAllBytes(file));
            if (type.majorVersion() < ClassFile.JAVA_6_VERSION) {
                Files.write(file, files.transformClass(type, toJava8));
            }
        }
    }
}
