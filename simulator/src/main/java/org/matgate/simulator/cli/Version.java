package org.matgate.simulator.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** Name and version, as the build wrote them into the jar. */
public final class Version implements IVersionProvider {
    /** Such as {@code matsim 0.1.0}. */
    public static String software() {
        return "matsim "
                + Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                        .orElse("(not packaged)");
    }

    @Override
    public String[] getVersion() {
        return new String[] {software()};
    }
}
