package org.matgate.simulator.rehearsal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Shell scripts that stand in for matgate. */
final class FakeMatgate {
    private FakeMatgate() {}

    static Path script(Path directory, String body) throws IOException {
        Path script = Files.writeString(directory.resolve("matgate"), "#!/bin/sh\n" + body);
        if (!script.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + script + " executable");
        }
        return script;
    }
}
