package org.matgate.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Tells this machine from another that runs a copy of its card. */
final class MachineId {
    /** What belongs to the board comes first; the last is on the card, and so in every copy of it. */
    private static final List<String> SOURCES = List.of(
            "proc/device-tree/serial-number", // Raspberry Pi and other boards with a device tree
            "sys/class/dmi/id/product_uuid", // PCs; readable by root only
            "sys/class/dmi/id/board_serial",
            "etc/machine-id");

    private MachineId() {}

    /**
     * The best identity that can be had.
     *
     * @param root the file system's root
     */
    static String read(Path root) {
        for (String source : SOURCES) {
            try {
                // The device tree ends its strings with a NUL.
                String id =
                        Files.readString(root.resolve(source)).replace("\0", "").strip();
                if (!id.isEmpty()) {
                    return source + ":" + id;
                }
            } catch (IOException e) {
                // Not this kind of machine, or not for our eyes: the next.
            }
        }
        return "unknown";
    }
}
