package org.matgate.gateway.config;

import java.nio.file.Path;
import java.util.List;

/** A configuration that cannot be used; the message has a line for each thing that is wrong with it. */
public final class ConfigException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param problems what is wrong, each with its place and what would be right */
    public ConfigException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
    }

    /** The same of a file that goes by another name with whoever reads this. */
    public ConfigException naming(Path file, String name) {
        return new ConfigException(List.of(String.valueOf(getMessage()).replace(file.toString(), name)));
    }
}
