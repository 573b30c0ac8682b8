package dev.bureau.cli;

import java.io.IOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/// The version of Bureau, as the build wrote it down, and the JDK it runs on.
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
        var properties = new Properties();
        try (var in = Version.class.getResourceAsStream("version.properties")) {
            if (in != null) properties.load(in);
        }
        var version = properties.getProperty("version", "of an unknown version");
        return new String[] {"bureau " + version + " (JDK " + Runtime.version() + ")"};
    }
}
