package org.matgate.simulator.rehearsal;

import java.util.Optional;
import org.matgate.protocol.channel.Pin;

/**
 * What a box must know to deliver to an engine.
 *
 * @param address such as {@code 127.0.0.1:40113}
 * @param pin of the engine's key, where it speaks TLS
 * @param token the box's own
 */
public record EngineAccess(String address, Optional<Pin> pin, String token) {}
