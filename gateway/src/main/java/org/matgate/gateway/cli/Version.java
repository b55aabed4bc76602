package org.matgate.gateway.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** Name and version, as the build wrote them into the jar. */
public final class Version implements IVersionProvider {
    /** Such as {@code matgate 0.1.0}. */
    public static String software() {
        return "matgate "
                + Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                        .orElse("(not packaged)");
    }

    @Override
    public String[] getVersion() {
        return new String[] {software()};
    }
}
