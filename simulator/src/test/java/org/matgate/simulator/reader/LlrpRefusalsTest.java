package org.matgate.simulator.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.matgate.simulator.reader.LlrpBench.*;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.matgate.protocol.llrp.LlrpCommand;
import org.matgate.protocol.llrp.LlrpCommand.*;
import org.matgate.protocol.llrp.LlrpConfig.*;
import org.matgate.protocol.llrp.LlrpMessage;
import org.matgate.protocol.llrp.LlrpMessage.Reply;
import org.matgate.protocol.llrp.LlrpParameter;
import org.matgate.protocol.llrp.LlrpSpec.*;
import org.matgate.protocol.llrp.LlrpStatus;
import org.matgate.protocol.llrp.LlrpStatus.FieldError;
import org.matgate.protocol.llrp.LlrpStatus.ParameterError;
import org.matgate.protocol.llrp.LlrpVendor.Custom;

/** What an LLRP reader cannot do, it says. */
@Timeout(30)
class LlrpRefusalsTest {
    private final LlrpBench client = new LlrpBench(LlrpOptions.DEFAULT);

    @BeforeEach
    void connect() {
        client.connect(0);
    }

    /** Types from outside in, and the codes of the innermost one and its field. */
    private static ParameterError path(int code, Optional<FieldError> field, int... types) {
        ParameterError error = new ParameterError(
                types[types.length - 1],
                code,
                field.<List<LlrpParameter>>map(List::of).orElse(List.of()));
        for (int i = types.length - 2; i >= 0; i--) {
            error = new ParameterError(types[i], 200, List.of(error));
        }
        return error;
    }

    private void refuses(LongFunction<LlrpCommand> command, ParameterError error) {
        LlrpStatus status = client.ask(command).status();
        assertThat(status.code()).isEqualTo(LlrpStatus.PARAMETER_ERROR);
        assertThat(status.parameters()).containsExactly(error);
    }

    private void refuses(RoSpec spec, int code, int field, int fieldCode, int... types) {
        refuses(
                id -> new AddRoSpec(id, spec),
                path(code, field < 0 ? Optional.empty() : Optional.of(new FieldError(field, fieldCode)), types));
        assertThat(client.ask(GetRoSpecs::new).parameters()).isEmpty();
    }

    private static RoSpec looking(AntennaConfiguration configuration) {
        return roSpec(
                1,
                StartTrigger.NULL,
                new StopTrigger(StopTrigger.NULL, 0, List.of()),
                List.of(search(List.of(0), configuration)));
    }

    private static AntennaConfiguration antenna(LlrpParameter part) {
        return new AntennaConfiguration(0, List.of(part));
    }

    @Test
    void wrongIds() {
        LlrpStatus wrong = new LlrpStatus(
                LlrpStatus.FIELD_ERROR, "there is no ROSpec 9", List.of(new FieldError(0, LlrpStatus.INVALID)));
        client.done(id -> new AddRoSpec(id, roSpec(1, StartTrigger.NULL, List.of(0))));
        List<LongFunction<LlrpCommand>> commands = List.of(
                id -> new DeleteRoSpec(id, 9),
                id -> new StartRoSpec(id, 9),
                id -> new StopRoSpec(id, 9),
                id -> new EnableRoSpec(id, 9),
                id -> new DisableRoSpec(id, 9));
        commands.forEach(command -> assertThat(client.ask(command).status()).isEqualTo(wrong));
        assertThat(client.ask(id -> new DeleteAccessSpec(id, 9)).status().code())
                .isEqualTo(LlrpStatus.FIELD_ERROR);
        client.done(id -> new DeleteAccessSpec(id, LlrpCommand.ALL));
        refuses(
                id -> new AddRoSpec(id, roSpec(1, StartTrigger.NULL, List.of(0))),
                path(201, Optional.of(new FieldError(0, LlrpStatus.INVALID)), 177));
        assertThat(client.ask(id -> new AddRoSpec(id, roSpec(2, StartTrigger.NULL, List.of(0))))
                        .status()
                        .code())
                .isEqualTo(LlrpStatus.DEVICE_ERROR);
    }

    @Test
    void roSpecsThatItCannotDo() {
        int range = LlrpStatus.OUT_OF_RANGE;
        int invalid = LlrpStatus.INVALID;
        refuses(roSpec(0, StartTrigger.NULL, List.of(0)), 201, 0, invalid, 177);
        refuses(roSpec(1, StartTrigger.PERIODIC, List.of(0)), 201, 0, invalid, 177, 178, 179);
        refuses(roSpec(1, StartTrigger.NULL, List.of(5)), 201, 0, range, 177, 183);
        refuses(roSpec(1, StartTrigger.NULL, List.of(0, 1)), 201, 0, range, 177, 183);
        refuses(roSpec(1, StartTrigger.NULL, List.of()), 201, 0, range, 177, 183);
        refuses(new RoSpec(1, 2, 0, roSpec(1, 0, List.of(0)).parameters()), 201, 1, range, 177);
        refuses(new RoSpec(1, 0, 2, roSpec(1, 0, List.of(0)).parameters()), 201, 2, invalid, 177);
        refuses(new RoSpec(1, 0, 0, List.of()), 203, -1, 0, 177, 178, 179);
        refuses(
                roSpec(1, 0, new StopTrigger(StopTrigger.GPI, 0, List.of()), List.of(search(List.of(0)))),
                201,
                0,
                invalid,
                177,
                178,
                182);
        refuses(roSpec(1, 0, new StopTrigger(StopTrigger.NULL, 0, List.of()), List.of()), 203, -1, 0, 177, 183);
        AiStopTrigger seen = new AiStopTrigger(AiStopTrigger.TAG_OBSERVATION, 0, List.of());
        refuses(
                roSpec(1, 0, new StopTrigger(StopTrigger.NULL, 0, List.of()), List.of(search(List.of(0), seen))),
                201,
                0,
                invalid,
                177,
                183,
                184);
        refuses(roSpec(1, 0, List.of(0), report(3, 1)), 201, 0, invalid, 177, 237);
    }

    @Test
    void settingsOfAntennasThatItCannotDo() {
        int range = LlrpStatus.OUT_OF_RANGE;
        refuses(looking(antenna(new RfTransmitter(1, 0, 92))), 201, 2, range, 177, 183, 186, 222, 224);
        refuses(looking(antenna(new RfTransmitter(1, 0, 0))), 201, 2, range, 177, 183, 186, 222, 224);
        refuses(looking(antenna(new RfTransmitter(0, 1, 91))), 201, 1, range, 177, 183, 186, 222, 224);
        refuses(looking(antenna(new RfReceiver(43))), 201, 0, range, 177, 183, 186, 222, 223);
        refuses(looking(new AntennaConfiguration(5, List.of())), 201, 0, range, 177, 183, 186, 222);
        refuses(
                looking(antenna(new InventoryCommand(false, List.of(new RfControl(7, 0))))),
                201,
                0,
                range,
                177,
                183,
                186,
                222,
                330,
                335);
        refuses(
                looking(antenna(new InventoryCommand(true, List.of()))),
                201,
                0,
                LlrpStatus.INVALID,
                177,
                183,
                186,
                222,
                330);
        client.done(id -> new AddRoSpec(id, looking(antenna(new RfTransmitter(1, 0, 91)))));
    }

    @Test
    void configurationsThatItCannotDoLeaveAllAsItWas() {
        EventsAndReports hold = new EventsAndReports(true);
        refuses(
                id -> new SetReaderConfig(id, true, List.of(hold, new KeepaliveSpec(KeepaliveSpec.PERIODIC, 0))),
                path(201, Optional.of(new FieldError(1, LlrpStatus.OUT_OF_RANGE)), 220));
        refuses(
                id -> new SetReaderConfig(id, false, List.of(hold, new GpoWriteData(5, true))),
                path(201, Optional.of(new FieldError(0, LlrpStatus.OUT_OF_RANGE)), 219));
        refuses(
                id -> new SetReaderConfig(id, false, List.of(hold, new Custom(4711, 1, ""))),
                path(209, Optional.empty(), 1023));
        refuses(
                id -> new SetReaderConfig(id, false, List.of(hold, new LlrpParameter.Other(400, "00"))),
                path(209, Optional.empty(), 400));
        refuses(
                id -> new SetReaderConfig(id, false, List.of(hold, new AntennaProperties(true, 1, 0))),
                path(209, Optional.empty(), 221));
        assertThat(client.ask(id -> GetReaderConfig.of(id, GetReaderConfig.EVENTS_AND_REPORTS))
                        .parameters())
                .containsExactly(new EventsAndReports(false));
    }

    @Test
    void messagesThatItDoesNotKnow() {
        List<Integer> known = List.of(1, 2, 3, 14, 20, 21, 22, 23, 24, 25, 41, 42, 43, 60, 64, 72);
        for (int type = 0; type <= 1022; type++) {
            if (known.contains(type)) {
                continue;
            }
            byte[] frame = new LlrpCommand.Other(7, type, type == 47 ? "02" : "").encode();
            LlrpBench reader = new LlrpBench(LlrpOptions.DEFAULT);
            reader.connect(0);
            reader.reader.heard(frame, frame.length, START);
            List<LlrpMessage> said = reader.said();
            assertThat(said).as("message %d", type).singleElement().isInstanceOf(Reply.class);
        }
    }

    @Test
    void accessSpecs() {
        assertThat(client.ask(id -> new Other(id, 40, "")).status().code()).isEqualTo(LlrpStatus.UNSUPPORTED_MESSAGE);
        assertThat(client.ask(id -> new Other(id, 42, "00000001")).to()).isEqualTo(Reply.To.ENABLE_ACCESSSPEC);
        client.done(id -> new Other(id, 42, "00000000"));
        client.done(id -> new Other(id, 44, ""));
        assertThat(client.ask(id -> new LlrpCommand.Custom(id, 4711, 1, "")).to())
                .isEqualTo(Reply.To.UNINTELLIGIBLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "474554202F20485454502F312E310D0A0D0A",
                "0403FFFFFFFF00000001",
                "0414000000100000000100B100FF0000"
            })
    void whatIsNoMessageEndsTheConnection(String hex) {
        byte[] noise = HexFormat.of().parseHex(hex);
        client.reader.heard(noise, noise.length, START);
        Outgoing error = client.bench.outbox.poll().orElseThrow();
        assertThat(error.frame()).startsWith(0x04, 100);
        assertThat(client.bench.outbox.poll().orElseThrow().kind()).isEqualTo(Outgoing.Kind.HANG_UP);
        assertThat(client.bench.outbox.isEmpty()).isTrue();
    }

    @Test
    void aClientThatLeavesIsAnsweredFirst() {
        assertThat(client.ask(CloseConnection::new).to()).isEqualTo(Reply.To.CLOSE_CONNECTION);
    }
}
