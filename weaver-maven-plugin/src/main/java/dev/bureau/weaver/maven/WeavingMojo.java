package dev.bureau.weaver.maven;

import dev.bureau.weaver.Selection;
import dev.bureau.weaver.Weaver;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/// Weaves all classes in a folder, in place. What is woven stays as it is, so a second run changes nothing.
abstract class WeavingMojo extends AbstractMojo {
    private static final String SUFFIX = ".class";

    /** Names of classes to weave, or the start of one and a star; all if there are none. */
    @Parameter(property = "bureau.weave.includes")
    List<String> includes = List.of();

    /** Names of classes to leave alone, or the start of one and a star. */
    @Parameter(property = "bureau.weave.excludes")
    List<String> excludes = List.of();

    /** Whether to do nothing. */
    @Parameter(property = "bureau.weave.skip")
    boolean skip;

    abstract @Nullable File folder();

    @Override
    public void execute() throws MojoExecutionException, MojoFailureException {
        var folder = folder();
        if (skip || folder == null || !folder.isDirectory()) return;
        var selection = selection();
        int woven = 0;
        try (var files = Files.walk(folder.toPath())) {
            for (var file : (Iterable<Path>) files::iterator) {
                if (selects(selection, folder.toPath(), file) && weave(file)) woven++;
            }
        } catch (IOException failure) {
            throw new MojoExecutionException("cannot weave the classes in " + folder, failure);
        }
        if (woven > 0) getLog().info("wove " + woven + " classes in " + folder);
    }

    private Selection selection() throws MojoFailureException {
        try {
            return Selection.of(String.join(",", includes)).without(String.join(",", excludes));
        } catch (IllegalArgumentException failure) {
            throw new MojoFailureException(failure.getMessage(), failure);
        }
    }

    private static boolean selects(Selection selection, Path folder, Path file) {
        var name = folder.relativize(file).toString().replace(File.separatorChar, '/');
        return name.endsWith(SUFFIX)
                && selection.selects(name.substring(0, name.length() - SUFFIX.length()));
    }

    private boolean weave(Path file) throws IOException {
        var classFile = Files.readAllBytes(file);
        try {
            var woven = Weaver.standard().weave(classFile);
            if (woven == classFile) return false;
            Files.write(file, woven);
            return true;
        } catch (IllegalArgumentException failure) {
            getLog().warn("left as it is, since it cannot be read: " + file, failure);
            return false;
        }
    }
}
