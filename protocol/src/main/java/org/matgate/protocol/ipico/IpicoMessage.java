package org.matgate.protocol.ipico;

import java.util.Optional;
import org.matgate.protocol.reader.FamilyMessage;
import org.matgate.protocol.reader.ReaderTime;

/** What an IPICO reader says besides its tag lines. */
public sealed interface IpicoMessage extends FamilyMessage {
    /** The message's line with its end, as the reader puts it on the wire. */
    default byte[] encode() {
        return switch (this) {
            case Control c -> IpicoControl.line(c.reader(), c.instruction(), c.data());
            case Blank b -> IpicoText.bytes("");
        };
    }

    /**
     * A reply to a command.
     *
     * @param reader the reader's id, 0 to 255
     * @param instruction that of the command, or F0 to F5 if the reader rejects it
     * @param data hexadecimal digits in lower case
     */
    record Control(int reader, int instruction, String data) implements IpicoMessage {
        public Control {
            IpicoText.checkByte("reader", reader);
            IpicoText.checkByte("instruction", instruction);
            data = IpicoText.checkHex(data);
        }

        /** Whether the reader rejects the command. */
        public boolean rejected() {
            return instruction >= 0xF0 && instruction <= 0xF5;
        }

        /** What the reader's clock says, to the second, rounded down; empty if this is no answer to {@code GetClock}. */
        public Optional<ReaderTime> clock() {
            return instruction == IpicoControl.GET_CLOCK
                    ? new IpicoControl(reader, false, instruction, data).clock().map(ReaderTime::civil)
                    : Optional.empty();
        }
    }

    /** An empty line: a sign of life, or the second half of a CR LF. */
    record Blank() implements IpicoMessage {}
}
