package org.matgate.gateway.reader;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.matgate.gateway.config.Config;
import org.matgate.gateway.reader.Dialogue.Need;
import org.matgate.protocol.r2000.R2000Code;
import org.matgate.protocol.r2000.R2000Command;
import org.matgate.protocol.r2000.R2000Message;
import org.matgate.protocol.r2000.R2000Region;

/**
 * What an R2000 module is asked outside of its rounds, and what its answers lead to. What it keeps in flash memory, which
 * wears, is changed only where it differs. Not thread-safe.
 */
final class R2000Setup {
    private static final int CENTI = 100;

    private final Config.Reader reader;
    private final SessionOutput output;
    private final Dialogue<R2000Request> dialogue;
    private final R2000Antennas antennas;
    private final R2000Health health;
    private final List<String> wishesDenied = new ArrayList<>();
    private String module = "";
    /** Whether it was told to speak at the configured rate: one that says yes and does not is read at its own. */
    private boolean toldBaud;
    /** The antenna that the module measures when asked; 0 if that is not known. */
    private int workAntenna;

    R2000Setup(
            Config.Reader reader,
            SessionOutput output,
            Dialogue<R2000Request> dialogue,
            R2000Antennas antennas,
            R2000Health health) {
        this.reader = reader;
        this.output = output;
        this.dialogue = dialogue;
        this.antennas = antennas;
        this.health = health;
    }

    /** Begins from the first question. */
    void begin(long nowNanos) {
        wishesDenied.clear();
        workAntenna = 0;
        dialogue.begin(R2000Request.plan(reader), nowNanos);
        if (reader.region().map(R2000Setup::code).orElse(R2000Region.CUSTOM) == 0) {
            wishesDenied.add("it has no region " + reader.region().get());
        }
    }

    /** A new link, perhaps to another module. */
    void forget() {
        module = "R2000 module";
    }

    /** What it is, for a person. */
    String module() {
        return module;
    }

    /** What it does not do as it was told to, for a person. */
    List<String> wishesDenied() {
        return List.copyOf(wishesDenied);
    }

    /**
     * The module has answered; what follows from that is to be asked next. The session goes on to the next question.
     *
     * @return why nothing but a new link helps, if so
     */
    Optional<String> answered(R2000Request request, R2000Message reply, long nowNanos) {
        switch (reply) {
            case R2000Message.Result result -> {
                return result.ok() ? obeyed(request) : refused(request, result.code(), nowNanos);
            }
            case R2000Message.Version version -> {
                module = "R2000 module " + version.text();
                output.learned(new Vital.Identity("R2000", version.text()));
                rateAsConfigured().ifPresent(dialogue::first);
            }
            case R2000Message.Region region -> region(region.region(), nowNanos);
            case R2000Message.Power power ->
                reader.powerCentiDbm()
                        .filter(centiDbm -> power.dbm().stream().anyMatch(dbm -> dbm != centiDbm / CENTI))
                        .ifPresent(centiDbm -> dialogue.first(R2000Request.power(centiDbm)));
            case R2000Message.AntennaDetector detector -> {
                if (detector.returnLossDb() == 0) {
                    dialogue.first(R2000Request.DETECTOR_ON);
                }
            }
            case R2000Message.Temperature temperature ->
                output.learned(new Vital.Temperature(health.temperature(temperature)));
            case R2000Message.ReturnLoss loss -> {
                if (workAntenna > 0) {
                    antennas.returnLoss(workAntenna, loss.db(), nowNanos);
                }
            }
            case R2000Message.WorkAntenna other -> {}
            case R2000Message.Inputs other -> {}
            case R2000Message.AntennaMissing other -> {}
            case R2000Message.RoundEnd other -> {}
            case R2000Message.FastSwitchEnd other -> {}
            case R2000Message.Other other -> {}
        }
        return Optional.empty();
    }

    private Optional<String> obeyed(R2000Request request) {
        if (request.command() instanceof R2000Command.SetWorkAntenna set) {
            workAntenna = set.antenna();
        } else if (request.command() instanceof R2000Command.SetBaud set) {
            toldBaud = true;
            output.lineBaud(set.baud());
            return Optional.of("from now on it speaks at " + set.baud() + " baud");
        }
        return Optional.empty();
    }

    private Optional<String> refused(R2000Request request, int code, long nowNanos) {
        if (request.command() instanceof R2000Command.SetWorkAntenna set) {
            workAntenna = 0;
            if (code == R2000Code.ANTENNA_MISSING) {
                antennas.missing(set.antenna(), nowNanos);
                return Optional.empty();
            }
        }
        return denied(request, R2000Code.text(code));
    }

    /** The module does not answer. @return why nothing but a new link helps, if so */
    Optional<String> unanswered(R2000Request request) {
        if (request.command() instanceof R2000Command.SetWorkAntenna) {
            workAntenna = 0;
        }
        return denied(request, "no answer to " + request.tries() + " tries");
    }

    private Optional<String> denied(R2000Request request, String why) {
        String text = request.what() + ": " + why;
        if (request.need() == Need.REQUIRED) {
            return Optional.of(text);
        }
        if (request.need() == Need.WISHED) {
            wishesDenied.add(text);
        }
        return Optional.empty();
    }

    /** A module that was found at another rate than the configured one, because somebody had set it so. */
    private Optional<R2000Request> rateAsConfigured() {
        boolean other = !toldBaud
                && reader.link() instanceof Config.Link.Serial serial
                && output.lineBaud().isPresent()
                && output.lineBaud().getAsInt() != serial.baud()
                && Config.Family.R2000.bauds().contains(serial.baud());
        return other ? Optional.of(R2000Request.baud(((Config.Link.Serial) reader.link()).baud())) : Optional.empty();
    }

    /** Sets the region where it is another one, and has the antennas measured in its middle. */
    private void region(R2000Region now, long nowNanos) {
        int wanted = reader.region().map(R2000Setup::code).orElse(0);
        R2000Region.Standard region = now instanceof R2000Region.Standard standard
                ? standard
                : R2000Region.Standard.all(wanted == 0 ? R2000Region.ETSI : wanted);
        if (wanted != 0 && !(now instanceof R2000Region.Standard standard && standard.region() == wanted)) {
            region = R2000Region.Standard.all(wanted);
            dialogue.first(R2000Request.region(region));
        }
        health.frequency((region.start() + region.end()) / 2);
        health.all().forEach(request -> dialogue.later(request, nowNanos));
        if (reader.antennas().size() == 1) {
            dialogue.later(R2000Request.workAntenna(reader.antennas().getFirst()), nowNanos);
        }
    }

    /** 0 if the module has no such region. */
    private static int code(Config.Region region) {
        return switch (region) {
            case NA, NA2 -> R2000Region.FCC;
            case EU3 -> R2000Region.ETSI;
            case OPEN -> 0;
        };
    }
}
