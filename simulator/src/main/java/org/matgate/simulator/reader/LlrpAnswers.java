package org.matgate.simulator.reader;

import java.util.List;
import org.matgate.protocol.llrp.LlrpCommand;
import org.matgate.protocol.llrp.LlrpCommand.*;
import org.matgate.protocol.llrp.LlrpMessage;
import org.matgate.protocol.llrp.LlrpMessage.Reply;
import org.matgate.protocol.llrp.LlrpMessage.VendorReply;
import org.matgate.protocol.llrp.LlrpParameter;
import org.matgate.protocol.llrp.LlrpStatus;
import org.matgate.protocol.llrp.LlrpVendor;
import org.matgate.simulator.reader.LlrpFaults.Refused;

/** What an LLRP reader does when it is told, and answers; what has to do with the connection is left to others. */
final class LlrpAnswers {
    private static final int ADD_ACCESS_SPEC = 40;
    private static final int ENABLE_ACCESS_SPEC = 42;
    private static final int DISABLE_ACCESS_SPEC = 43;
    private static final int GET_ACCESS_SPECS = 44;

    private final LlrpOptions options;
    private final LlrpVoice voice;
    private final LlrpAbilities abilities;
    private final LlrpChecks checks;
    private final LlrpSettings settings;
    private final LlrpReports reports;
    private final LlrpRoSpec roSpec;
    private final LlrpCondition condition;
    private boolean extensions;
    private long nowNanos;

    LlrpAnswers(
            LlrpOptions options,
            LlrpVoice voice,
            LlrpAbilities abilities,
            LlrpChecks checks,
            LlrpSettings settings,
            LlrpReports reports,
            LlrpRoSpec roSpec,
            LlrpCondition condition) {
        this.options = options;
        this.voice = voice;
        this.abilities = abilities;
        this.checks = checks;
        this.settings = settings;
        this.reports = reports;
        this.roSpec = roSpec;
        this.condition = condition;
    }

    /** Another host has to enable its vendor's extensions anew. */
    void listenerChanged() {
        extensions = false;
    }

    /** Does what it is told and answers, well or badly. */
    void to(LlrpCommand command, long now) {
        nowNanos = now;
        try {
            obey(command);
        } catch (Refused refused) {
            voice.say(Reply.of(command.id(), to(command), refused.status()));
        }
    }

    private void done(LlrpCommand command, LlrpParameter... parameters) {
        voice.say(new Reply(command.id(), to(command), LlrpStatus.OK, List.of(parameters)));
    }

    private static Reply.To to(LlrpCommand command) {
        return switch (command) {
            case GetReaderCapabilities c -> Reply.To.GET_READER_CAPABILITIES;
            case GetReaderConfig c -> Reply.To.GET_READER_CONFIG;
            case SetReaderConfig c -> Reply.To.SET_READER_CONFIG;
            case CloseConnection c -> Reply.To.CLOSE_CONNECTION;
            case AddRoSpec c -> Reply.To.ADD_ROSPEC;
            case DeleteRoSpec c -> Reply.To.DELETE_ROSPEC;
            case StartRoSpec c -> Reply.To.START_ROSPEC;
            case StopRoSpec c -> Reply.To.STOP_ROSPEC;
            case EnableRoSpec c -> Reply.To.ENABLE_ROSPEC;
            case DisableRoSpec c -> Reply.To.DISABLE_ROSPEC;
            case GetRoSpecs c -> Reply.To.GET_ROSPECS;
            case DeleteAccessSpec c -> Reply.To.DELETE_ACCESSSPEC;
            case GetReport c -> Reply.To.UNINTELLIGIBLE;
            case EnableEventsAndReports c -> Reply.To.UNINTELLIGIBLE;
            case KeepaliveAck c -> Reply.To.UNINTELLIGIBLE;
            case Custom c -> Reply.To.UNINTELLIGIBLE;
            case Other c ->
                switch (c.type()) {
                    case ADD_ACCESS_SPEC -> Reply.To.ADD_ACCESSSPEC;
                    case ENABLE_ACCESS_SPEC -> Reply.To.ENABLE_ACCESSSPEC;
                    case DISABLE_ACCESS_SPEC -> Reply.To.DISABLE_ACCESSSPEC;
                    case GET_ACCESS_SPECS -> Reply.To.GET_ACCESSSPECS;
                    default -> Reply.To.UNINTELLIGIBLE;
                };
        };
    }

    private void obey(LlrpCommand command) throws Refused {
        switch (command) {
            case GetReaderCapabilities c -> {
                checks.parts(c, extensions);
                done(c, abilities.tell(c.requested()).toArray(LlrpParameter[]::new));
            }
            case GetReaderConfig c ->
                done(c, settings.tell(c, extensions, condition).toArray(LlrpParameter[]::new));
            case SetReaderConfig c -> {
                settings.set(c, extensions);
                done(c);
            }
            case CloseConnection c -> done(c);
            case GetReport c -> report(c);
            case EnableEventsAndReports c -> {}
            case KeepaliveAck c -> {}
            case DeleteAccessSpec c -> {
                noAccessSpec(c.accessSpec());
                done(c);
            }
            case Custom c -> custom(c);
            case Other c -> other(c);
            default -> roSpec(command);
        }
    }

    private void roSpec(LlrpCommand command) throws Refused {
        LlrpParameter[] told = {};
        switch (command) {
            case AddRoSpec c -> {
                checks.roSpec(c.roSpec(), extensions);
                roSpec.add(c.roSpec());
            }
            case DeleteRoSpec c -> roSpec.delete(c.roSpec(), nowNanos);
            case StartRoSpec c -> roSpec.start(c.roSpec(), nowNanos);
            case StopRoSpec c -> roSpec.stop(c.roSpec(), nowNanos);
            case EnableRoSpec c -> roSpec.enable(c.roSpec(), nowNanos);
            case DisableRoSpec c -> roSpec.disable(c.roSpec(), nowNanos);
            case GetRoSpecs c -> told = roSpec.all().toArray(LlrpParameter[]::new);
            default -> throw new IllegalArgumentException(command + " is not about ROSpecs");
        }
        done(command, told);
    }

    /** It says at least that there is nothing. */
    private void report(GetReport command) {
        if (reports.gathered() == 0) {
            voice.say(new LlrpMessage.RoAccessReport(command.id(), List.of()));
        }
        reports.flush(nowNanos);
    }

    private static void noAccessSpec(long id) throws Refused {
        if (id != LlrpCommand.ALL) {
            throw LlrpFaults.field(0, LlrpStatus.INVALID, "there is no AccessSpec " + id);
        }
    }

    private void custom(Custom command) throws Refused {
        if (command.vendor() != options.vendor().manufacturer) {
            throw unsupported();
        }
        if (command.vendor() == LlrpVendor.IMPINJ && command.subtype() == Custom.IMPINJ_ENABLE_EXTENSIONS) {
            extensions = true;
            answer(command, VendorReply.IMPINJ_ENABLE_EXTENSIONS);
        } else if (command.vendor() == LlrpVendor.ZEBRA && command.subtype() == Custom.ZEBRA_PURGE_TAGS) {
            reports.purge();
            answer(command, VendorReply.ZEBRA_PURGE_TAGS);
        } else {
            throw unsupported();
        }
    }

    private void answer(Custom command, int subtype) {
        voice.say(new VendorReply(command.id(), command.vendor(), subtype, LlrpStatus.OK, List.of()));
    }

    private void other(Other command) throws Refused {
        switch (command.type()) {
            case ENABLE_ACCESS_SPEC, DISABLE_ACCESS_SPEC -> {
                noAccessSpec(Long.parseLong(command.data(), 16));
                done(command);
            }
            case GET_ACCESS_SPECS -> done(command);
            default -> throw unsupported();
        }
    }

    private static Refused unsupported() {
        return new Refused(LlrpStatus.of(LlrpStatus.UNSUPPORTED_MESSAGE, "this reader cannot do that"));
    }
}
