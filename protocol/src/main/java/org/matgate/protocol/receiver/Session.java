package org.matgate.protocol.receiver;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.matgate.protocol.channel.NotTlsException;
import org.matgate.protocol.channel.PeerSilentException;
import org.matgate.protocol.channel.StreamChannel;
import org.matgate.protocol.channel.Tls;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.SeqRanges;
import org.matgate.protocol.stream.StreamFormatException;
import org.matgate.protocol.stream.StreamMessage;
import org.matgate.protocol.stream.StreamMessage.Ack;
import org.matgate.protocol.stream.StreamMessage.Events;
import org.matgate.protocol.stream.StreamMessage.Hello;
import org.matgate.protocol.stream.StreamMessage.JournalSummary;
import org.matgate.protocol.stream.StreamMessage.Reason;
import org.matgate.protocol.stream.StreamMessage.Refuse;
import org.matgate.protocol.stream.StreamMessage.Resend;
import org.matgate.protocol.stream.StreamMessage.Welcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection, from the first byte to the last. On the event loop. */
final class Session extends SimpleChannelInboundHandler<StreamMessage> {
    private static final Logger log = LoggerFactory.getLogger(Session.class);

    private static final String WRONG_KEY =
            "the box hung up: this engine's key is not the one that its configuration names; enroll it again";

    private enum Phase {
        /** Connected. */
        GREETING,
        /** Let in; the ledgers of its journals are being read. */
        OPENING,
        /** Sent its Welcome. */
        OPEN,
        /** Refused or gone; what still comes is dropped. */
        ENDED
    }

    private final Sessions sessions;
    private final Channel channel;
    private final InetSocketAddress remote;
    private final Origin origin;
    /** In the order of Hello. */
    private final Map<JournalId, JournalLane> lanes = new LinkedHashMap<>();

    private final Set<JournalId> notReady = new HashSet<>();
    private Phase phase = Phase.GREETING;
    private @Nullable BoxInfo box;
    private boolean welcomed;
    private boolean inTheClear;
    private @Nullable Future<?> handshake;
    private String endedBy = "the box closed the connection";
    private int waitingRuns;
    private int waitingEvents;

    Session(Sessions sessions, Channel channel) {
        super(StreamMessage.class);
        this.sessions = sessions;
        this.channel = channel;
        this.remote = (InetSocketAddress) channel.remoteAddress();
        this.origin = Origin.of(remote.getAddress());
    }

    /** What the box said; only once it was let in. */
    Hello hello() {
        BoxInfo known = box;
        if (known == null) {
            throw new IllegalStateException("no Hello yet from " + remote);
        }
        return known.hello();
    }

    /** Whether it was let in, at some time. */
    boolean known() {
        return box != null;
    }

    InetSocketAddress remote() {
        return remote;
    }

    boolean open() {
        return phase == Phase.OPEN;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        switch (sessions.add(this)) {
            case ROOM -> {}
            case FULL -> {
                refuse(
                        Reason.BUSY,
                        "this engine serves no more than " + sessions.limits().connections() + " connections");
                return;
            }
            case FULL_ADDRESS -> {
                refuse(
                        Reason.BUSY,
                        "this engine serves no more than " + sessions.limits().connectionsOfAddress()
                                + " connections from one address");
                return;
            }
            case OVERRUN -> {
                closeSilently();
                return;
            }
        }
        handshake = ctx.executor()
                .schedule(this::noHello, sessions.limits().handshake().toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Room is needed for others, and this one has not been let in yet. */
    void crowdedOut() {
        closeSilently();
    }

    private void closeSilently() {
        end("too many connections");
        StreamChannel.close(channel);
    }

    boolean sameAddress(Session other) {
        return origin.equals(other.origin);
    }

    Origin origin() {
        return origin;
    }

    private void noHello() {
        sessions.tally().silent.increment();
        refuse(
                Reason.PROTOCOL,
                "no Hello within " + sessions.limits().handshake().toMillis() + " ms");
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, StreamMessage message) {
        switch (phase) {
            case GREETING -> {
                if (message instanceof Hello hello) {
                    greet(hello);
                } else {
                    refuse(Reason.PROTOCOL, "the first message must be Hello, not " + name(message));
                }
            }
            case OPENING, OPEN -> receive(message);
            case ENDED -> {}
        }
    }

    private void receive(StreamMessage message) {
        sessions.heard(this);
        switch (message) {
            case Events events -> events(events);
            // Pings are answered in the pipeline; a newer box may say what is not known here.
            case StreamMessage.Ping unused -> {}
            case StreamMessage.Pong unused -> {}
            case StreamMessage.Unrecognised unused -> {}
            case Hello hello -> outOfPlace(hello);
            case Welcome welcome -> outOfPlace(welcome);
            case Refuse refuse -> outOfPlace(refuse);
            case Ack ack -> outOfPlace(ack);
            case Resend resend -> outOfPlace(resend);
            case StreamMessage.Beep beep -> outOfPlace(beep);
        }
    }

    private void outOfPlace(StreamMessage message) {
        refuse(Reason.PROTOCOL, name(message) + " is not for a box to send here");
    }

    private static String name(StreamMessage message) {
        return message.getClass().getSimpleName();
    }

    private void greet(Hello hello) {
        cancelHandshake();
        Refuse no = Greeting.objection(hello, sessions.setup().admission());
        if (no != null) {
            refuse(Greeting.isName(hello.box()) ? hello.box() : "", no);
            return;
        }
        box = new BoxInfo(remote, hello);
        phase = Phase.OPENING;
        sessions.letIn(this);
        channel.pipeline().remove(StrangerBytes.class);
        StreamChannel.allowFullMessages(channel.pipeline());
        Map<JournalId, JournalSummary> journals = new LinkedHashMap<>();
        hello.journals().forEach(journal -> journals.put(journal.id(), journal));
        notReady.addAll(journals.keySet());
        for (JournalSummary journal : journals.values()) {
            JournalLane lane = sessions.lanes().open(journal.id());
            lanes.put(journal.id(), lane);
            lane.attach(this, journal);
        }
        welcomeIfReady();
    }

    /** The journal's ledger is known and nobody else feeds it. */
    void ready(JournalLane lane) {
        if (notReady.remove(lane.journal())) {
            welcomeIfReady();
        }
    }

    private void welcomeIfReady() {
        if (phase != Phase.OPENING || !notReady.isEmpty()) {
            return;
        }
        phase = Phase.OPEN;
        welcomed = true;
        Welcome welcome = Greeting.welcome(
                Greeting.version(hello()),
                sessions.setup().engine(),
                List.copyOf(lanes.values()),
                sessions.setup().windowEvents(),
                sessions.setup().sinceUtcNanos());
        StreamChannel.send(channel, welcome);
        Greeting.behind(hello(), welcome).forEach(notice -> sessions.noticed(this, notice));
        sessions.welcomed(new BoxInfo(remote, hello()));
    }

    private void events(Events run) {
        JournalLane lane = lanes.get(run.journal());
        if (phase != Phase.OPEN) {
            refuse(Reason.PROTOCOL, run + " came before Welcome");
        } else if (lane == null) {
            refuse(Reason.PROTOCOL, run + " is of a journal that Hello did not name");
        } else {
            waitingRuns++;
            waitingEvents += run.events().size();
            lane.offer(run);
            readOrWait();
        }
    }

    /** The run is on its way to the store. */
    void taken(Events run) {
        waitingRuns--;
        waitingEvents -= run.events().size();
        readOrWait();
    }

    /** Reads no more while too much waits for the store, or while the box does not take what it is sent. */
    private void readOrWait() {
        boolean room = waitingRuns < sessions.limits().waitingRuns()
                && waitingEvents < sessions.limits().waitingEvents()
                && channel.isWritable();
        channel.config().setAutoRead(room || phase == Phase.ENDED);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        readOrWait();
    }

    /** These are durable. */
    void acknowledge(JournalId journal, SeqRanges received) {
        sessions.storeWorks();
        if (phase == Phase.OPEN) {
            for (SeqRanges some : Greeting.inMessages(received)) {
                StreamChannel.send(channel, new Ack(journal, some));
            }
            sessions.setup().listener().acknowledged(journal, received);
        }
    }

    void sendAgain(JournalId journal, SeqRanges ranges) {
        if (phase == Phase.OPEN) {
            for (SeqRanges some : Greeting.inMessages(ranges)) {
                StreamChannel.send(channel, new Resend(journal, some));
            }
        }
    }

    void beep(int seconds) {
        StreamChannel.send(channel, new StreamMessage.Beep(seconds));
    }

    /** A newer session feeds one of this one's journals. */
    void superseded(Session newer) {
        refuse(
                Reason.SUPERSEDED,
                "a newer connection, from box " + newer.hello().box() + " at " + newer.remote + ", took over");
    }

    /** Asks once more whether this box may be here; true if it may not, and the session is ended. */
    boolean recheck() {
        if (phase != Phase.OPENING && phase != Phase.OPEN) {
            return false;
        }
        Hello hello = hello();
        if (sessions.setup().admission().decide(hello) instanceof Admission.Refused refused) {
            refuse(
                    hello.box(),
                    new Refuse(refused.reason(), refused.text(), Greeting.retryAfterSeconds(refused.reason())));
            return true;
        }
        return false;
    }

    void storeFailed(String what, Throwable e) {
        sessions.storeFailed(what, hello().box(), e);
        refuse(Reason.STORE, "this engine could not " + what + "; its log tells why");
    }

    private void refuse(Reason reason, String text) {
        refuse(box == null ? "" : box.name(), new Refuse(reason, text, Greeting.retryAfterSeconds(reason)));
    }

    /** Says why, and leaves the box a moment to read it: a close with bytes unread would destroy the message. */
    private void refuse(String name, Refuse why) {
        if (phase == Phase.ENDED) {
            return;
        }
        end("refused: " + why.text());
        sessions.refused(this, name, why);
        if (inTheClear) {
            Tls.remove(channel);
        }
        StreamChannel.send(channel, why);
        // The channel's end makes this a task without effect.
        Future<?> unused = channel.eventLoop()
                .schedule(
                        () -> StreamChannel.close(channel),
                        sessions.limits().linger().toNanos(),
                        TimeUnit.NANOSECONDS);
    }

    private void end(String why) {
        if (phase == Phase.ENDED) {
            return;
        }
        phase = Phase.ENDED;
        endedBy = why;
        cancelHandshake();
        sessions.ended(this);
        List.copyOf(lanes.values()).forEach(lane -> lane.detach(this));
        lanes.clear();
        readOrWait();
    }

    private void cancelHandshake() {
        if (handshake != null) {
            handshake.cancel(false);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        end(endedBy);
        sessions.closed(this);
        BoxInfo known = box;
        if (welcomed && known != null) {
            sessions.left(known, endedBy);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        String tls = Tls.explain(cause).orElse(null);
        if (tls != null) {
            turnAway(tls.contains("certificate_unknown") ? WRONG_KEY : tls);
            StreamChannel.close(channel);
            return;
        }
        switch (cause) {
            case NotTlsException e -> {
                if (phase != Phase.ENDED) {
                    inTheClear = true;
                    turnAway("this engine speaks TLS only: enroll the box, with a code that the engine prints");
                }
            }
            case StreamFormatException e -> nonsense(String.valueOf(e.getMessage()));
            case PeerSilentException e -> {
                if (phase != Phase.ENDED) {
                    sessions.tally().silent.increment();
                    end(String.valueOf(e.getMessage()));
                }
            }
            case IOException e -> {
                end("connection broken: " + e.getMessage());
                StreamChannel.close(channel);
            }
            default -> {
                if (phase == Phase.ENDED && cause instanceof ChannelException) {
                    return; // what waited for TLS, which was taken out
                }
                log.error("Fault in the session of {}", remote, cause);
                end("fault in this engine: " + cause);
                StreamChannel.close(channel);
            }
        }
    }

    /** Of somebody with whom TLS did not come about. */
    private void turnAway(String what) {
        if (phase != Phase.ENDED) {
            sessions.tally().nonsense.increment();
            refuse(Reason.PROTOCOL, what);
        }
    }

    private void nonsense(String what) {
        if (phase == Phase.ENDED) {
            return;
        }
        sessions.tally().nonsense.increment();
        if (channel.isActive()) {
            refuse(Reason.PROTOCOL, what);
        } else {
            sessions.cutOff(remote, box, what);
            end(what);
        }
    }
}
