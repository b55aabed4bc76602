package org.matgate.gateway.reader;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.matgate.protocol.mercury.MercuryCommand;
import org.matgate.protocol.mercury.MercuryCommandParser;
import org.matgate.protocol.mercury.MercuryMessage;
import org.matgate.protocol.reader.FrameParser;
import org.matgate.protocol.reader.FramePosition;
import org.matgate.protocol.reader.Skipped;

/** A Mercury module as far as its answers go: what it says to a command depends on the state that it is in. */
final class ModuleFake {
    boolean bootloader;
    boolean streaming;
    boolean silent;
    List<MercuryMessage.Port> ports = List.of(new MercuryMessage.Port(1, true), new MercuryMessage.Port(2, false));
    /** What it says instead, by opcode. */
    final Map<Integer, List<MercuryMessage>> instead = new HashMap<>();
    /** And by command, where several have one opcode. */
    final Map<Class<?>, List<MercuryMessage>> insteadTo = new HashMap<>();

    final List<MercuryCommand> heard = new ArrayList<>();
    private final MercuryCommandParser parser = new MercuryCommandParser();

    List<byte[]> answer(byte[] bytes) {
        List<byte[]> replies = new ArrayList<>();
        parser.parse(bytes, 0, bytes.length, new FrameParser.Sink<>() {
            @Override
            public void message(MercuryCommand command, FramePosition position) {
                heard.add(command);
                if (!silent) {
                    reply(command).forEach(message -> replies.add(message.encode()));
                }
            }

            @Override
            public void skipped(Skipped skipped) {
                throw new AssertionError("the gateway sent " + skipped);
            }
        });
        return replies;
    }

    private List<MercuryMessage> reply(MercuryCommand command) {
        int op = command.encode()[2] & 0xFF;
        if (instead.containsKey(op)) {
            return instead.get(op);
        }
        if (insteadTo.containsKey(command.getClass())) {
            return insteadTo.get(command.getClass());
        }
        if (streaming && !(command instanceof MercuryCommand.StopStreaming)) {
            return List.of(new MercuryMessage.CycleEnd(java.util.OptionalLong.of(1000)));
        }
        if (bootloader && op != 0x03 && op != 0x04 && op != 0x0C) {
            return List.of(MercuryMessage.Reply.of(op, 0x0101));
        }
        return switch (command) {
            case MercuryCommand.GetVersion c ->
                List.of(new MercuryMessage.Version(1, 0x30000001, 0x20200101, 0x01090000, 16, ""));
            case MercuryCommand.BootApplication c -> {
                boolean booted = bootloader;
                bootloader = false;
                yield List.of(booted ? new MercuryMessage.Booted() : MercuryMessage.Reply.of(4, 0x0101));
            }
            case MercuryCommand.GetCurrentProgram c ->
                List.of(new MercuryMessage.CurrentProgram(bootloader ? 0x11 : 0x12));
            case MercuryCommand.DetectAntennas c -> List.of(new MercuryMessage.AntennaPorts(ports));
            case MercuryCommand.StartStreaming c -> {
                streaming = true;
                yield List.of(new MercuryMessage.StartAck());
            }
            case MercuryCommand.StopStreaming c -> {
                streaming = false;
                yield List.of(new MercuryMessage.StopAck());
            }
            default -> List.of(MercuryMessage.Reply.of(op, 0));
        };
    }
}
