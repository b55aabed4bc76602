package org.matgate.gateway.reader;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import org.matgate.gateway.config.Config;
import org.matgate.protocol.chafon.ChafonCommand;
import org.matgate.protocol.chafon.ChafonMessage;
import org.matgate.protocol.ipico.IpicoCommand;
import org.matgate.protocol.ipico.IpicoMessage;
import org.matgate.protocol.llrp.LlrpCapability;
import org.matgate.protocol.llrp.LlrpCommand;
import org.matgate.protocol.llrp.LlrpEvent;
import org.matgate.protocol.llrp.LlrpMessage;
import org.matgate.protocol.llrp.LlrpVendor;
import org.matgate.protocol.mercury.MercuryCommand;
import org.matgate.protocol.mercury.MercuryMessage;
import org.matgate.protocol.r2000.R2000Addressed;
import org.matgate.protocol.r2000.R2000Command;
import org.matgate.protocol.r2000.R2000Message;
import org.matgate.protocol.reader.FamilyMessage;
import org.matgate.protocol.reader.ReaderMessage;
import org.matgate.protocol.reader.TagReport;

/** What to ask each family. */
final class FamilyQuestions {
    private FamilyQuestions() {}

    /** The question of a family. */
    static FamilyQuestion of(Config.Family family) {
        return switch (family) {
            case MERCURY -> new Mercury();
            case IPICO -> new Ipico();
            case LLRP -> new Llrp();
            case R2000 -> new R2000();
            case CHAFON -> new Chafon();
        };
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

    /** Its version. */
    private record R2000() implements FamilyQuestion {
        private static final String MODULE = "R2000 module";

        @Override
        public byte[] encode() {
            return new R2000Command.GetVersion().encode(R2000Addressed.ANY);
        }

        @Override
        public Optional<Sign> sign(ReaderMessage message) {
            return switch (message) {
                case TagReport report -> Optional.of(new Sign(Kind.TALKS, MODULE));
                case R2000Message.RoundEnd end -> Optional.of(new Sign(Kind.TALKS, MODULE));
                case R2000Message.FastSwitchEnd end -> Optional.of(new Sign(Kind.TALKS, MODULE));
                case R2000Message.Version version ->
                    Optional.of(new Sign(Kind.SAYS_ALL, MODULE + " " + version.text()));
                case FamilyMessage other -> Optional.empty();
            };
        }
    }

    /** What it is and is set to. */
    private record Chafon() implements FamilyQuestion {
        private static final String READER = "Chafon reader";

        @Override
        public byte[] encode() {
            return new ChafonCommand.GetInformation(ChafonCommand.ANY).encode();
        }

        @Override
        public Optional<Sign> sign(ReaderMessage message) {
            return switch (message) {
                case ChafonMessage.ReaderInformation reader ->
                    Optional.of(new Sign(Kind.SAYS_ALL, reader.model() + " " + reader.firmwareText()));
                case ChafonMessage.RealTimeTag tag -> Optional.of(new Sign(Kind.TALKS, READER));
                case ChafonMessage.Heartbeat alive -> Optional.of(new Sign(Kind.TALKS, READER));
                case ChafonMessage.Inventory inventory -> Optional.of(new Sign(Kind.TALKS, READER));
                case ChafonMessage.Statistics statistics -> Optional.of(new Sign(Kind.TALKS, READER));
                case TagReport report -> Optional.empty();
                case FamilyMessage other -> Optional.empty();
            };
        }
    }

    /** What it can; it greets whoever connects, and tells whether another client has it. */
    private record Llrp() implements FamilyQuestion {
        private static final String READER = "LLRP reader";

        @Override
        public byte[] encode() {
            return new LlrpCommand.GetReaderCapabilities(1, LlrpCommand.GetReaderCapabilities.GENERAL_DEVICE, List.of())
                    .encode();
        }

        @Override
        public Optional<Sign> sign(ReaderMessage message) {
            return switch (message) {
                case LlrpMessage.ReaderEvent event ->
                    event.first(LlrpEvent.ConnectionAttempt.class).map(Llrp::greeting);
                case LlrpMessage.Reply reply ->
                    reply.first(LlrpCapability.GeneralDevice.class)
                            .map(device -> new Sign(Kind.SAYS_ALL, name(device)));
                case LlrpMessage.RoAccessReport report -> Optional.of(new Sign(Kind.TALKS, READER));
                case TagReport report -> Optional.empty();
                case FamilyMessage other -> Optional.empty();
            };
        }

        private static Sign greeting(LlrpEvent.ConnectionAttempt attempt) {
            return attempt.status() == LlrpEvent.ConnectionAttempt.SUCCESS
                    ? new Sign(Kind.GREETS, READER)
                    : new Sign(Kind.SAYS_ALL, READER + " in use by another client, so not asked");
        }

        private static String name(LlrpCapability.GeneralDevice device) {
            String vendor = device.manufacturer() == LlrpVendor.IMPINJ
                    ? "Impinj"
                    : device.manufacturer() == LlrpVendor.ZEBRA
                            ? "Zebra"
                            : READER + " of vendor " + device.manufacturer();
            return vendor + ", model " + device.model() + ", firmware " + device.firmware();
        }

        @Override
        public byte[] farewell() {
            return new LlrpCommand.CloseConnection(2).encode();
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
