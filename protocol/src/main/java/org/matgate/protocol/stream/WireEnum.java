package org.matgate.protocol.stream;

import java.util.EnumMap;
import java.util.Map;
import org.matgate.protocol.reader.ReaderTime;

/**
 * Maps an enum to the numbers of its twin in read_stream.proto, where constants stand in the same order from 0 on. A
 * number that a newer peer sends and this version does not know becomes the first constant.
 */
final class WireEnum<E extends Enum<E>> {
    static final WireEnum<Source.Line> LINE = new WireEnum<>(Source.Line.class);
    static final WireEnum<ReaderTime.Base> READER_TIME_BASE = new WireEnum<>(ReaderTime.Base.class);
    static final WireEnum<Event.ClockSource> CLOCK_SOURCE = new WireEnum<>(Event.ClockSource.class);
    static final WireEnum<Event.ReaderPhase> READER_PHASE = new WireEnum<>(Event.ReaderPhase.class);
    static final WireEnum<Event.AntennaCondition> ANTENNA_CONDITION = new WireEnum<>(Event.AntennaCondition.class);
    static final WireEnum<Event.BoxCondition> BOX_CONDITION = new WireEnum<>(Event.BoxCondition.class);
    static final WireEnum<Gap.Cause> GAP_CAUSE = new WireEnum<>(Gap.Cause.class);
    static final WireEnum<StreamMessage.Reason> REASON = new WireEnum<>(StreamMessage.Reason.class);

    private final E[] constants;
    private final Map<E, Integer> numbers;

    private WireEnum(Class<E> type) {
        constants = type.getEnumConstants();
        numbers = new EnumMap<>(type);
        for (int number = 0; number < constants.length; number++) {
            numbers.put(constants[number], number);
        }
    }

    int number(E constant) {
        return numbers.getOrDefault(constant, 0);
    }

    E constant(int number) {
        return number > 0 && number < constants.length ? constants[number] : constants[0];
    }
}
