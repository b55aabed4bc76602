package org.matgate.protocol.stream;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.matgate.protocol.stream.wire.Wire;

/** The boots and sources of a batch, each once; events name them by their index. Not thread-safe. */
final class Names {
    private final Map<UUID, Integer> bootNumbers = new HashMap<>();
    private final Map<Source, Integer> sourceNumbers = new HashMap<>();
    private @Nullable UUID lastBoot;
    private int lastBootNumber;

    int boot(UUID boot) {
        // Nearly always that of the event before.
        if (!boot.equals(lastBoot)) {
            lastBootNumber = bootNumbers.computeIfAbsent(boot, added -> bootNumbers.size());
            lastBoot = boot;
        }
        return lastBootNumber;
    }

    int source(Source source) {
        return sourceNumbers.computeIfAbsent(source, added -> sourceNumbers.size());
    }

    /** In the order of their indexes. */
    List<ByteString> boots() {
        ByteString[] boots = new ByteString[bootNumbers.size()];
        bootNumbers.forEach((boot, number) -> boots[number] = EventListCodec.bytes(boot));
        return List.of(boots);
    }

    /** In the order of their indexes. */
    List<Wire.Source> sources() {
        Wire.Source[] sources = new Wire.Source[sourceNumbers.size()];
        sourceNumbers.forEach((source, number) -> sources[number] = EventCodec.source(source));
        return List.of(sources);
    }

    static List<UUID> boots(List<ByteString> wire) throws StreamFormatException {
        List<UUID> boots = new ArrayList<>(wire.size());
        for (ByteString boot : wire) {
            boots.add(EventListCodec.uuid(boot));
        }
        return boots;
    }

    static List<Source> sources(List<Wire.Source> wire) {
        return wire.stream().map(EventCodec::source).toList();
    }
}
