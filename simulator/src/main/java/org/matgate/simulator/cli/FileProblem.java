package org.matgate.simulator.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What went wrong with a file, for a person: the exceptions of java.nio often say no more than its name. */
final class FileProblem {
    private FileProblem() {}

    static String text(IOException e) {
        String message = String.valueOf(e.getMessage());
        if (!(e instanceof FileSystemException problem) || problem.getReason() != null) {
            return message;
        }
        if (e instanceof NoSuchFileException) {
            return message + ": there is no such file or directory";
        }
        if (e instanceof AccessDeniedException) {
            return message + ": permission denied";
        }
        return message + ": " + e.getClass().getSimpleName();
    }
}
