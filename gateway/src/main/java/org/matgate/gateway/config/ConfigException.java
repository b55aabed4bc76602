package org.matgate.gateway.config;

import java.nio.file.Path;
import java.util.List;

/** A configuration that cannot be used; the message has a line for each thing that is wrong with it. */
public final class ConfigException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean passing;

    /** @param problems what is wrong, each with its place and what would be right */
    public ConfigException(List<String> problems) {
        this(problems, false);
    }

    private ConfigException(List<String> problems, boolean passing) {
        super(String.join(System.lineSeparator(), problems));
        this.passing = passing;
    }

    /** A file that the disk does not give just now. */
    static ConfigException unread(String problem) {
        return new ConfigException(List.of(problem), true);
    }

    /** Whether the same file may do at the next try: nothing is known to be wrong with what stands in it. */
    public boolean isPassing() {
        return passing;
    }

    /** The same of a file that goes by another name with whoever reads this. */
    public ConfigException naming(Path file, String name) {
        return new ConfigException(List.of(String.valueOf(getMessage()).replace(file.toString(), name)), passing);
    }
}
