package org.matgate.gateway.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file that comes to be there whole or not at all: it is written under another name beside its place, and whatever ends
 * the process in order, such as Ctrl-C, takes that away.
 */
final class PartFile implements AutoCloseable {
    private final Path target;
    private final boolean replace;
    private final String remedy;
    private final Path part;
    private final Thread hook;

    /**
     * Makes an empty file beside the target's place.
     *
     * @param replace whether a file of that name may be there, and is replaced
     * @param remedy what to do where one is there that must not be
     * @throws IOException if one is there that must not be, or nothing can be written there; the text says which
     */
    PartFile(Path target, boolean replace, String remedy) throws IOException {
        this.target = target.toAbsolutePath();
        this.replace = replace;
        this.remedy = remedy;
        refuseToOverwrite();
        part = this.target.resolveSibling(
                "." + this.target.getFileName() + "." + ProcessHandle.current().pid() + ".part");
        // Before there is a file: whoever ends the process right behind its making leaves none either.
        hook = new Thread(this::delete, "unfinished-file");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            Files.deleteIfExists(part);
            Files.createFile(part);
        } catch (NoSuchFileException e) {
            Runtime.getRuntime().removeShutdownHook(hook);
            throw new IOException(
                    "there is no directory " + this.target.getParent() + " to write " + target + " in", e);
        } catch (IOException e) {
            Runtime.getRuntime().removeShutdownHook(hook);
            throw new IOException(target + " cannot be written: " + e, e);
        }
    }

    private void refuseToOverwrite() throws IOException {
        if (Files.isDirectory(target)) {
            throw new IOException(target + " is a directory: name a file");
        }
        // A link is not followed: it would be replaced, and what it leads to left as it was.
        if (replace
                && Files.exists(target, LinkOption.NOFOLLOW_LINKS)
                && !Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(target + " is no ordinary file: name one, or leave out -o for standard output");
        }
        if (!replace && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(target + " is there already and is not overwritten: " + remedy);
        }
    }

    /** Where to write. */
    Path path() {
        return part;
    }

    /** Forces what was written to the disk and gives it its name. */
    void finish() throws IOException {
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        refuseToOverwrite();
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        Path directory = target.getParent();
        if (directory != null) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /** Takes away what was not finished. */
    @Override
    public void close() {
        delete();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending, and the hook does the same.
            return;
        }
    }

    private void delete() {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            // A file that cannot be taken away has a name that tells what it is.
            return;
        }
    }
}
