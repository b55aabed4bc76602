package org.matgate.gateway.reader;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.matgate.gateway.config.Config;
import org.matgate.protocol.ipico.IpicoCommand;
import org.matgate.protocol.ipico.IpicoMessage;
import org.matgate.protocol.mercury.MercuryCommand;
import org.matgate.protocol.mercury.MercuryMessage;
import org.matgate.protocol.reader.FamilyMessage;
import org.matgate.protocol.reader.ReaderMessage;
import org.matgate.protocol.reader.TagReport;

/** What to ask each family. */
final class FamilyQuestions {
    private FamilyQuestions() {}

    /** The question of a family; empty if this box has no driver for it. */
    static Optional<FamilyQuestion> of(Config.Family family) {
        return switch (family) {
            case MERCURY -> Optional.of(new Mercury());
            case IPICO -> Optional.of(new Ipico());
            case LLRP, R2000, CHAFON -> Optional.empty();
        };
    }

    /** The families that can be asked. */
    static List<Config.Family> families() {
        return Arrays.stream(Config.Family.values())
                .filter(family -> of(family).isPresent())
                .toList();
    }

    /** Its version. A module in its boot loader answers too. */
    private record Mercury() implements FamilyQuestion {
        private static final String MODULE = "Mercury module";

        @Override
        public byte[] encode() {
            return new MercuryCommand.GetVersion().encode();
        }

        @Override
        public Optional<Sign> sign(ReaderMessage message) {
            return Optional.of(
                    message instanceof MercuryMessage.Version version
                            ? new Sign(Kind.SAYS_ALL, version.model() + " " + version.firmwareText())
                            : new Sign(Kind.TALKS, MODULE));
        }
    }

    /** Its clock. */
    private record Ipico() implements FamilyQuestion {
        @Override
        public byte[] encode() {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            // Whatever was said before on this line is over.
            bytes.writeBytes(new IpicoCommand.Blank().encode());
            bytes.writeBytes(new IpicoCommand.GetClock(0).encode());
            return bytes.toByteArray();
        }

        @Override
        public Optional<Sign> sign(ReaderMessage message) {
            return switch (message) {
                case TagReport report -> Optional.of(new Sign(Kind.TALKS, "IPICO reader"));
                case IpicoMessage.Control control ->
                    Optional.of(new Sign(Kind.SAYS_ALL, "IPICO reader " + control.reader()));
                case FamilyMessage blank -> Optional.empty();
            };
        }
    }
}
