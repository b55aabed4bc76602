package org.matgate.gateway.config;

import java.util.List;

/** A configuration that cannot be used; the message has a line for each thing that is wrong with it. */
public final class ConfigException extends Exception {
    private static final long serialVersionUID = 1L;

    ConfigException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
    }
}
