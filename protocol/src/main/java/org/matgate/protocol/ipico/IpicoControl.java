package org.matgate.protocol.ipico;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.Optional;
import org.matgate.protocol.ipico.IpicoCommand.Blank;
import org.matgate.protocol.ipico.IpicoCommand.GetClock;
import org.matgate.protocol.ipico.IpicoCommand.GetStatistics;
import org.matgate.protocol.ipico.IpicoCommand.Mode;
import org.matgate.protocol.ipico.IpicoCommand.Other;
import org.matgate.protocol.ipico.IpicoCommand.SetClock;
import org.matgate.protocol.ipico.IpicoCommand.SetMode;

/**
 * Control lines, which look alike in both directions.
 *
 * <table>
 * <caption>Layout, in characters; all but the first two are hexadecimal digits in lower case</caption>
 * <tr><td>0</td><td>{@code ab}</td></tr>
 * <tr><td>2</td><td>reader</td></tr>
 * <tr><td>4</td><td>bytes of data, or ff for a query without data</td></tr>
 * <tr><td>6</td><td>instruction</td></tr>
 * <tr><td>8</td><td>data</td></tr>
 * <tr><td>last 2</td><td>checksum</td></tr>
 * </table>
 *
 * @param data hexadecimal digits in lower case
 */
record IpicoControl(int reader, boolean query, int instruction, String data) {
    /** As many bytes as a line of {@value IpicoLineParser#MAX_LINE} characters can carry. */
    static final int MAX_DATA = (IpicoLineParser.MAX_LINE - 10) / 2;

    private static final int SET_CLOCK = 0x01;
    static final int GET_CLOCK = 0x02;
    private static final int SET_MODE = 0x09;
    private static final int GET_STATISTICS = 0x0A;
    private static final int QUERY = 0xFF;

    static byte[] line(int reader, int instruction, String data) {
        return new IpicoControl(reader, false, instruction, data).encode();
    }

    static byte[] command(IpicoCommand command) {
        return switch (command) {
            case GetClock c -> line(c.reader(), GET_CLOCK, "");
            case SetClock c -> line(c.reader(), SET_CLOCK, clock(c.time()));
            case SetMode c -> line(c.reader(), SET_MODE, IpicoText.hex(c.mode().code()));
            case GetStatistics c -> line(c.reader(), GET_STATISTICS, "");
            case Other c -> new IpicoControl(c.reader(), c.query(), c.instruction(), c.data()).encode();
            case Blank c -> IpicoText.bytes("");
        };
    }

    private byte[] encode() {
        int length = query ? QUERY : data.length() / 2;
        return IpicoText.bytes(IpicoText.withChecksum(
                "ab" + IpicoText.hex(reader) + IpicoText.hex(length) + IpicoText.hex(instruction) + data));
    }

    /** Whether a line is as long as some control line. */
    static boolean hasLength(String line) {
        return line.length() >= 10 && line.length() % 2 == 0;
    }

    /** The parts of a line of such a length that begins with {@code ab} and whose checksum holds; empty if they are at odds. */
    static Optional<IpicoControl> decode(String line) {
        int end = line.length() - 2;
        if (!IpicoText.isHex(line, 2, end)) {
            return Optional.empty();
        }
        int length = IpicoText.hexByte(line, 4);
        boolean query = length == QUERY;
        if (end - 8 != (query ? 0 : 2 * length)) {
            return Optional.empty();
        }
        return Optional.of(new IpicoControl(
                IpicoText.hexByte(line, 2),
                query,
                IpicoText.hexByte(line, 6),
                IpicoText.checkHex(line.substring(8, end))));
    }

    /** The reply that this line is; a query is none. */
    Optional<IpicoMessage> toReply() {
        return query ? Optional.empty() : Optional.of(new IpicoMessage.Control(reader, instruction, data));
    }

    /** The command that this line is, of a type of its own where it has exactly that type's form. */
    IpicoCommand toCommand() {
        IpicoCommand other = new Other(reader, query, instruction, data);
        if (query) {
            return other;
        }
        return switch (instruction) {
            case GET_CLOCK -> data.isEmpty() ? new GetClock(reader) : other;
            case GET_STATISTICS -> data.isEmpty() ? new GetStatistics(reader) : other;
            case SET_MODE ->
                mode().<IpicoCommand>map(mode -> new SetMode(reader, mode)).orElse(other);
            case SET_CLOCK ->
                clock().<IpicoCommand>map(time -> new SetClock(reader, time)).orElse(other);
            default -> other;
        };
    }

    private Optional<Mode> mode() {
        for (Mode mode : Mode.values()) {
            if (data.equals(IpicoText.hex(mode.code()))) {
                return Optional.of(mode);
            }
        }
        return Optional.empty();
    }

    /** YYMMDD, day of the week (Sunday is 0), HHMMSS: all as decimal digits. */
    private static String clock(LocalDateTime time) {
        int dayOfWeek = time.getDayOfWeek().getValue() % 7;
        return IpicoText.date(time) + IpicoText.hex(dayOfWeek) + IpicoText.timeOfDay(time);
    }

    /** The time that the data say, if they do. */
    Optional<LocalDateTime> clock() {
        if (data.length() != 14) {
            return Optional.empty();
        }
        try {
            LocalDateTime time = IpicoText.dateTime(data.substring(0, 6), data.substring(8));
            return clock(time).equals(data) ? Optional.of(time) : Optional.empty();
        } catch (NumberFormatException | DateTimeException e) {
            return Optional.empty();
        }
    }
}
