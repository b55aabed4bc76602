package org.matgate.gateway.uplink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.matgate.gateway.uplink.Fixture.NOW;
import static org.matgate.gateway.uplink.Fixture.YESTERDAY;
import static org.matgate.gateway.uplink.Fixture.entries;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.matgate.gateway.uplink.UplinkAction.ReadPage;
import org.matgate.gateway.uplink.UplinkAction.Retry;
import org.matgate.protocol.stream.Entry;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.SeqRanges;
import org.matgate.protocol.stream.StreamCodec;
import org.matgate.protocol.stream.StreamMessage;
import org.matgate.protocol.stream.StreamMessage.Ack;
import org.matgate.protocol.stream.StreamMessage.Beep;
import org.matgate.protocol.stream.StreamMessage.Events;
import org.matgate.protocol.stream.StreamMessage.JournalHeld;
import org.matgate.protocol.stream.StreamMessage.JournalSummary;
import org.matgate.protocol.stream.StreamMessage.Pong;
import org.matgate.protocol.stream.StreamMessage.Reason;
import org.matgate.protocol.stream.StreamMessage.Refuse;
import org.matgate.protocol.stream.StreamMessage.Resend;
import org.matgate.protocol.stream.StreamMessage.Unrecognised;
import org.matgate.protocol.stream.StreamMessage.Welcome;

@Timeout(60)
final class UplinkSessionTest {
    private static final long SECOND = 1_000_000_000L;

    private final UplinkSession session = new UplinkSession(
            Fixture.IDENTITY, "secret", UplinkSettings.DEFAULT, new SentRegister(), Fixture::fastPace);

    @Test
    void greetsWithAllJournalsAndSendsNothingBeforeWelcome() {
        session.journals(List.of(new JournalSummary(NOW, 1, 5), new JournalSummary(YESTERDAY, 3, 9)));
        List<UplinkAction> greeting = session.connected(0);

        assertThat(greeting)
                .containsExactly(new UplinkAction.Send(new StreamMessage.Hello(
                        1,
                        2,
                        "finish-1",
                        "matgate test",
                        List.of("finish"),
                        "secret",
                        Fixture.BOOT,
                        false,
                        List.of(new JournalSummary(NOW, 1, 5), new JournalSummary(YESTERDAY, 3, 9)))));
        assertThat(session.committed(NOW, entries(NOW, 6, 7))).isEmpty();
        assertThat(session.tick(SECOND)).isEmpty();
    }

    @Test
    void readsWhatTheEngineLacksCurrentJournalFirst() {
        session.journals(List.of(new JournalSummary(NOW, 1, 5), new JournalSummary(YESTERDAY, 3, 9)));
        session.connected(0);

        List<UplinkAction> actions = session.received(
                welcome(0, new JournalHeld(NOW, SeqRanges.of(1, 2).plus(4, 4), 0)));
        assertThat(actions).containsExactly(new UplinkAction.Welcomed("engine", 8192, 9), new ReadPage(NOW, 3, 3));
        actions = session.pageRead(entries(NOW, 3, 3));
        assertThat(sent(actions)).containsExactly(SeqRanges.of(3, 3));
        assertThat(page(actions)).isEqualTo(new ReadPage(NOW, 5, 5));
        actions = session.pageRead(entries(NOW, 5, 5));
        assertThat(page(actions)).isEqualTo(new ReadPage(YESTERDAY, 3, 9));
        actions = session.pageRead(entries(YESTERDAY, 3, 9));
        assertThat(sent(actions)).containsExactly(SeqRanges.of(3, 9));
        assertThat(page(actions)).isNull();

        session.received(new Ack(NOW, SeqRanges.of(3, 3).plus(5, 5)));
        assertThat(session.journals().delivered(Map.of(NOW, 5L))).isTrue();
        assertThat(session.journals().delivered(session.journals().committed())).isFalse();
        session.received(new Ack(YESTERDAY, SeqRanges.of(3, 9)));
        assertThat(session.journals().delivered(session.journals().committed())).isTrue();
    }

    @Test
    void sendsLiveEventsAheadOfTheBacklog() {
        stream(100_000, 0);
        List<UplinkAction> actions = session.committed(NOW, entries(NOW, 100_001, 100_700));

        assertThat(sent(actions)).containsExactly(SeqRanges.of(100_001, 100_512), SeqRanges.of(100_513, 100_700));
        actions = session.pageRead(entries(NOW, 1, 1024));
        assertThat(sent(actions)).containsExactly(SeqRanges.of(1, 1024));
        assertThat(page(actions)).as("while live events flow").isNull();
        session.at(5_000_000);
        actions = session.received(new Ack(NOW, SeqRanges.of(1, 1024)));
        assertThat(page(actions)).as("after a rest").isEqualTo(new ReadPage(NOW, 1025, 2048, 5_000_000));
    }

    @Test
    void fillsALineThatIsSlowWithThePastWhileLiveEventsFlow() {
        stream(100_000, 0);
        session.committed(NOW, entries(NOW, 100_001, 100_001));
        session.pageRead(entries(NOW, 1, 1024));
        assertThat(page(session.tick(Restraint.QUICK_NANOS))).isNull();
        assertThat(page(session.tick(Restraint.QUICK_NANOS + 1))).isEqualTo(new ReadPage(NOW, 1025, 2048));
    }

    @Test
    void thePastFillsHalfTheWindowAndLiveTheRest() {
        stream(100_000, 1000);
        assertThat(session.journals().status().getFirst().lacking()).isEqualTo(100_000);
        List<UplinkAction> actions = session.pageRead(entries(NOW, 1, 500));
        assertThat(page(actions)).isNull();
        actions = session.committed(NOW, entries(NOW, 100_001, 100_600));
        assertThat(sent(actions)).containsExactly(SeqRanges.of(100_001, 100_500));
        assertThat(session.journals().status().getFirst().inFlight()).isEqualTo(1000);

        actions = session.received(new Ack(NOW, SeqRanges.of(1, 10)));
        assertThat(page(actions)).as("a page too small to be worth a read").isNull();
        actions = session.received(new Ack(NOW, SeqRanges.of(11, 250)));
        assertThat(page(actions)).isEqualTo(new ReadPage(NOW, 501, 750));
        assertThat(sent(session.committed(NOW, entries(NOW, 100_601, 100_601))))
                .as("the page has taken the room")
                .isEmpty();
    }

    @Test
    void aWindowOfOneStillDeliversEverything() {
        List<UplinkAction> actions = stream(3, 1);
        for (long seq = 1; seq <= 3; seq++) {
            assertThat(page(actions)).isEqualTo(new ReadPage(NOW, seq, seq));
            session.pageRead(entries(NOW, seq, seq));
            actions = session.received(new Ack(NOW, SeqRanges.of(seq, seq)));
        }
        assertThat(session.journals().delivered(Map.of(NOW, 3L))).isTrue();
    }

    @Test
    void askedForOnePageAtATimeAlsoAcrossConnections() {
        assertThat(page(stream(5000, 0))).isEqualTo(new ReadPage(NOW, 1, 1024));
        session.disconnected();
        session.connected(SECOND);
        assertThat(page(session.received(welcome(0)))).isNull();

        List<UplinkAction> actions = session.pageRead(entries(NOW, 1, 1024));
        assertThat(sent(actions)).as("what the former session asked for").isEmpty();
        assertThat(page(actions)).isEqualTo(new ReadPage(NOW, 1, 1024));
    }

    @Test
    void afterAnOutageTheEnginesWordReplacesOurs() {
        stream(0, 0);
        session.committed(NOW, entries(NOW, 1, 100));
        session.received(new Ack(NOW, SeqRanges.of(1, 100)));
        session.disconnected();
        session.committed(NOW, entries(NOW, 101, 200));
        assertThat(session.journals().status().getFirst().acknowledged()).isEqualTo(100);

        session.connected(SECOND);
        List<UplinkAction> actions = session.received(welcome(0, new JournalHeld(NOW, SeqRanges.of(41, 60), 0)));
        assertThat(page(actions)).isEqualTo(new ReadPage(NOW, 1, 40));
        assertThat(page(session.pageRead(entries(NOW, 1, 40)))).isEqualTo(new ReadPage(NOW, 61, 200));
    }

    @Test
    void resendTakesOutOfHeldAndSendsAgain() {
        stream(0, 0);
        session.committed(NOW, entries(NOW, 1, 100));
        session.received(new Ack(NOW, SeqRanges.of(1, 90)));
        List<UplinkAction> actions =
                session.received(new Resend(NOW, SeqRanges.of(10, 20).plus(85, 95)));

        assertThat(page(actions)).isEqualTo(new ReadPage(NOW, 10, 20));
        actions = session.pageRead(entries(NOW, 10, 20));
        assertThat(page(actions)).as("91 and on are still under way").isEqualTo(new ReadPage(NOW, 85, 90));
        assertThat(session.journals().delivered(Map.of(NOW, 90L))).isFalse();
    }

    @Test
    void waivesWhatTheEngineDoesNotWant() {
        session.journals(List.of(new JournalSummary(NOW, 1, 100)));
        session.connected(0);
        List<UplinkAction> actions = session.received(welcome(0, new JournalHeld(NOW, SeqRanges.of(5, 6), 91)));

        assertThat(page(actions)).isEqualTo(new ReadPage(NOW, 91, 100));
        UplinkStatus.Delivery status = session.journals().status().getFirst();
        assertThat(status.acknowledged()).isEqualTo(2);
        assertThat(status.waived()).isEqualTo(88);
        session.pageRead(entries(NOW, 91, 100));
        session.received(new Ack(NOW, SeqRanges.of(91, 100)));
        assertThat(session.journals().delivered(Map.of(NOW, 100L))).isTrue();
        assertThat(page(session.received(new Resend(NOW, SeqRanges.of(7, 8))))).isEqualTo(new ReadPage(NOW, 7, 8));
        session.disconnected();
        session.connected(0);
        session.received(welcome(0, new JournalHeld(NOW, SeqRanges.of(5, 6).plus(91, 100), 91)));
        assertThat(session.journals().status().getFirst().waived())
                .as("what it asked for by name is not waived")
                .isEqualTo(86);
    }

    @Test
    void anEngineAheadOfUsGetsNothingOfThatJournal() {
        session.journals(List.of(new JournalSummary(NOW, 1, 50), new JournalSummary(YESTERDAY, 1, 9)));
        session.connected(0);
        List<UplinkAction> actions = session.received(welcome(0, new JournalHeld(NOW, SeqRanges.of(1, 60), 0)));

        assertThat(actions).contains(new UplinkAction.EngineAhead(NOW, 50, 60, true));
        assertThat(page(actions)).isEqualTo(new ReadPage(YESTERDAY, 1, 9));
        assertThat(sent(session.committed(NOW, entries(NOW, 51, 70)))).isEmpty();
        assertThat(page(session.pageRead(entries(YESTERDAY, 1, 9)))).isNull();
        assertThat(session.journals().delivered(Map.of(NOW, 50L))).isFalse();
        UplinkStatus.Delivery now = session.journals().status().getFirst();
        assertThat(now.engineAhead()).isTrue();
        assertThat(now.withheld()).isTrue();
    }

    @Test
    void closesOnAcksThatCannotBe() {
        stream(10, 0);
        assertClosed(session.received(new Ack(NOW, SeqRanges.of(1, 1))), "never sent: 1");
        assertThat(session.journals().status().getFirst().acknowledged()).isZero();
        restart();
        assertClosed(session.received(new Ack(NOW, SeqRanges.of(11, 12))), "never sent: 11-12");
        restart();
        assertClosed(session.received(new Ack(YESTERDAY, SeqRanges.of(1, 1))), "which we have not");
    }

    @Test
    void anAckSaidAgainIsNoError() {
        stream(0, 0);
        session.committed(NOW, entries(NOW, 1, 10));
        session.received(new Ack(NOW, SeqRanges.of(1, 10)));
        assertThat(session.received(new Ack(NOW, SeqRanges.of(1, 10)))).isEmpty();
    }

    @Test
    void closesOnWhatAnEngineNeverSays() {
        session.journals(List.of(new JournalSummary(NOW, 1, 10)));
        StreamMessage.Hello hello =
                ((StreamMessage.Hello) ((UplinkAction.Send) session.connected(0).getFirst()).message());
        assertClosed(session.received(new Ack(NOW, SeqRanges.of(1, 1))), "Ack before Welcome");
        restartGreeting();
        assertClosed(session.received(new Resend(NOW, SeqRanges.of(1, 1))), "Resend before Welcome");
        restartGreeting();
        assertClosed(session.received(new Welcome(3, "engine", List.of(), 0, 0)), "version 3");
        restartGreeting();
        assertClosed(session.received(new Welcome(0, "engine", List.of(), 0, 0)), "version 0");
        restart();
        assertClosed(session.received(welcome(0)), "second Welcome");
        restart();
        List<UplinkAction> actions = session.received(hello);
        assertClosed(actions, "it sent Hello");
        assertThat(actions.toString()).doesNotContain("secret");
        restart();
        assertClosed(
                session.received(
                        new Events(NOW, 1, List.of(Fixture.entry(NOW, 1).event()))),
                "it sent Events");
        assertThat(session.received(new Beep(1))).as("after the close").isEmpty();
    }

    @Test
    void aRefusalIsRetriedSlowly() {
        assertRefusal(new Refuse(Reason.TOKEN, "unknown", 0), 30);
        assertRefusal(new Refuse(Reason.BUSY, "", 1), 5);
        assertRefusal(new Refuse(Reason.STORE, "", 60), 60);
        assertRefusal(new Refuse(Reason.STORE, "", 3600), 300);
        assertRefusal(new Refuse(Reason.STORE, "", -1), 300);
    }

    private void assertRefusal(Refuse refuse, long seconds) {
        session.connected(0);
        assertThat(session.received(refuse)).singleElement().isInstanceOfSatisfying(UplinkAction.Close.class, close -> {
            assertThat(close.reason()).contains(refuse.reason().name());
            assertThat(close.retry()).isEqualTo(new Retry.After(Duration.ofSeconds(seconds)));
        });
        session.disconnected();
    }

    @Test
    void passesBeepAndClockOnAndTheUnknownOver() {
        stream(0, 0);
        assertThat(session.received(new Beep(3))).containsExactly(new UplinkAction.Beep(3));
        assertThat(session.received(new Pong(1, 42, 7))).containsExactly(new UplinkAction.EngineClock(1, 42, 7));
        assertThat(session.received(new Unrecognised())).isEmpty();
    }

    @Test
    void givesUpAnEngineThatNeverWelcomes() {
        session.connected(5 * SECOND);
        assertThat(session.tick(15 * SECOND - 1)).isEmpty();
        assertClosed(session.tick(15 * SECOND), "no Welcome");
    }

    @Test
    void aJournalThatBeginsIsGreetedFirst() {
        stream(3, 0);
        JournalId fresh = new JournalId(9, 9);
        List<UplinkAction> actions = session.committed(fresh, entries(fresh, 1, 2));
        assertThat(sent(actions)).isEmpty();
        assertThat(actions).containsExactly(new UplinkAction.Close("journal " + fresh + " began", new Retry.AtOnce()));
        session.disconnected();

        // A list read just before it began does not make it forgotten.
        session.journals(List.of(new JournalSummary(NOW, 1, 3)));
        assertThat(session.connected(0).toString()).contains(fresh + ", firstSeq=1, lastSeq=2");
        session.disconnected();
        session.journals(List.of(new JournalSummary(NOW, 1, 3)));
        assertThat(session.connected(0).toString()).as("deleted since").doesNotContain(fresh.toString());
    }

    @Test
    void commitsThatWereNotHandedOverAreReadFromDisk() {
        stream(0, 0);
        assertThat(page(session.committedWithout(NOW, 300))).isEqualTo(new ReadPage(NOW, 1, 300));
        assertThat(sent(session.committed(NOW, entries(NOW, 311, 312)))).containsExactly(SeqRanges.of(311, 312));
        assertThat(page(session.pageRead(entries(NOW, 1, 300)))).isEqualTo(new ReadPage(NOW, 301, 310));
    }

    @Test
    void aFullSocketHoldsThePastBackAndLetsSomeLiveThrough() {
        stream(10_000, 0);
        session.writable(false);
        assertThat(page(session.pageRead(entries(NOW, 1, 1024)))).isNull();
        long live = 0;
        for (long seq = 10_001; seq <= 14_000; seq++) {
            live += sent(session.committed(NOW, entries(NOW, seq, seq))).size();
        }
        assertThat(live).isBetween(500L, 3000L);
        assertThat(page(session.writable(true))).isEqualTo(new ReadPage(NOW, 1025, 2048));
        assertThat(sent(session.committed(NOW, entries(NOW, 14_001, 14_001)))).hasSize(1);
    }

    @Test
    void aPageThatFailsIsAskedForAgainAfterAWhile() {
        stream(10, 0);
        session.tick(SECOND);
        assertThat(session.pageFailed()).isEmpty();
        assertThat(page(session.tick(2 * SECOND - 1))).isNull();
        assertThat(page(session.tick(2 * SECOND))).isEqualTo(new ReadPage(NOW, 1, 10));
    }

    @Test
    void aPageThatFailsAgainAndAgainDoesNotKeepWhatIsOlderWaiting() {
        session.journals(List.of(new JournalSummary(NOW, 1, 10), new JournalSummary(YESTERDAY, 1, 9)));
        session.connected(0);
        session.received(welcome(0));
        List<UplinkAction> told = new ArrayList<>();
        @Nullable ReadPage asked = new ReadPage(NOW, 1, 10);
        for (int tries = 1; tries < 99 && asked != null && asked.journal().equals(NOW); tries++) {
            told.addAll(session.pageFailed());
            asked = page(session.tick(tries * SECOND));
        }
        assertThat(asked).isEqualTo(new ReadPage(YESTERDAY, 1, 9));
        assertThat(told)
                .containsExactly(new UplinkAction.Undeliverable(NOW, SeqRanges.of(1, 10), "not readable from disk"));
        session.pageRead(entries(YESTERDAY, 1, 9));
        session.disconnected();
        session.connected(0);
        assertThat(page(session.received(welcome(0))))
                .as("the next session tries again")
                .isEqualTo(new ReadPage(NOW, 1, 10));
    }

    @Test
    void holesInAnOldJournalAreFilledThoughTheEngineIsAhead() {
        session.journals(List.of(new JournalSummary(NOW, 1, 5), new JournalSummary(YESTERDAY, 1, 990)));
        session.connected(0);
        SeqRanges theirs = SeqRanges.of(1, 499).plus(601, 1000);
        List<UplinkAction> actions = session.received(
                welcome(0, new JournalHeld(NOW, SeqRanges.of(1, 5), 0), new JournalHeld(YESTERDAY, theirs, 0)));
        assertThat(actions).contains(new UplinkAction.EngineAhead(YESTERDAY, 990, 1000, false));
        UplinkStatus.Delivery old = session.journals().status().getLast();
        assertThat(old.engineAhead()).isTrue();
        assertThat(old.withheld()).isFalse();
        assertThat(page(actions)).isEqualTo(new ReadPage(YESTERDAY, 500, 600));
        session.pageRead(entries(YESTERDAY, 500, 600));
        session.received(new Ack(YESTERDAY, SeqRanges.of(500, 600)));
        assertThat(session.journals().delivered(Map.of(YESTERDAY, 990L))).isTrue();
    }

    @Test
    void aJournalThatGrowsByASalvageIsGreetedAnew() {
        session.journals(List.of(new JournalSummary(NOW, 1, 5), new JournalSummary(YESTERDAY, 1, 10)));
        session.connected(0);
        session.received(welcome(0));
        List<UplinkAction> actions = session.saved();
        assertThat(actions)
                .last()
                .isInstanceOfSatisfying(
                        UplinkAction.Close.class,
                        close -> assertThat(close.retry()).isEqualTo(new Retry.AtOnce()));
        session.disconnected();
        session.journals(List.of(new JournalSummary(NOW, 1, 5), new JournalSummary(YESTERDAY, 1, 50)));
        session.connected(SECOND);
        actions = session.received(welcome(
                0, new JournalHeld(NOW, SeqRanges.of(1, 5), 0), new JournalHeld(YESTERDAY, SeqRanges.of(1, 40), 0)));
        assertThat(actions).as("a former process has sent it").noneMatch(UplinkAction.Foreign.class::isInstance);
    }

    @Test
    void whatIsNotOnDiskIsToldAndPassedOver() {
        stream(10, 0);
        List<Entry> holed = new ArrayList<>(entries(NOW, 1, 3));
        holed.addAll(entries(NOW, 6, 10));
        List<UplinkAction> actions = session.pageRead(holed);

        assertThat(actions).contains(new UplinkAction.Undeliverable(NOW, SeqRanges.of(4, 5), "not on disk"));
        assertThat(sent(actions)).containsExactly(SeqRanges.of(1, 3), SeqRanges.of(6, 10));
        assertThat(page(actions)).isNull();
        session.received(new Ack(NOW, SeqRanges.of(1, 3).plus(6, 10)));
        assertThat(session.journals().delivered(Map.of(NOW, 10L))).isFalse();
        assertThat(session.journals().status().getFirst().undeliverable()).isEqualTo(2);
    }

    @Test
    void cutsBatchesByBytesAndPassesOverWhatFitsNone() {
        stream(0, 0);
        List<UplinkAction> actions = session.committed(
                NOW,
                List.of(
                        Fixture.large(1, 100_000),
                        Fixture.large(2, 100_000),
                        Fixture.large(3, 100_000),
                        Fixture.large(4, 1 << 20),
                        Fixture.large(5, 1_000_000)));
        assertThat(sent(actions)).containsExactly(SeqRanges.of(1, 2), SeqRanges.of(3, 3), SeqRanges.of(5, 5));
        assertThat(actions)
                .contains(new UplinkAction.Undeliverable(NOW, SeqRanges.of(4, 4), "too large for a message"));
        for (UplinkAction action : actions) {
            if (action instanceof UplinkAction.Send send) {
                assertThat(StreamCodec.encode(send.message())).hasSizeLessThanOrEqualTo(StreamCodec.MAX_MESSAGE_BYTES);
            }
        }
    }

    @Test
    void anEngineThatConfirmsNothingIsDialledAnew() {
        stream(0, 0);
        session.committed(NOW, entries(NOW, 1, 10));
        for (long second = 1; second < 60; second++) {
            assertThat(session.tick(second * SECOND)).as("after %d s", second).isEmpty();
        }
        assertClosed(session.tick(60 * SECOND), "took 10 events and acknowledged none for 60 s");
    }

    @Test
    void aBoxThatWasStoppedHasNotWaited() {
        stream(0, 0);
        session.committed(NOW, entries(NOW, 1, 10));
        assertThat(session.tick(3600 * SECOND)).isEmpty();
        session.received(new Ack(NOW, SeqRanges.of(1, 3)));
        for (long second = 3601; second < 3659; second++) {
            assertThat(session.tick(second * SECOND)).isEmpty();
        }
        session.received(new Ack(NOW, SeqRanges.of(4, 10)));
        assertThat(session.tick(3660 * SECOND)).isEmpty();
    }

    @Test
    void whatAnEngineForgotIsToldAndSentAgain() {
        stream(0, 0);
        session.committed(NOW, entries(NOW, 1, 100));
        session.received(new Ack(NOW, SeqRanges.of(1, 100)));
        session.disconnected();
        session.connected(SECOND);
        List<UplinkAction> actions = session.received(welcome(0, new JournalHeld(NOW, SeqRanges.of(1, 40), 0)));
        assertThat(actions).contains(new UplinkAction.Forgotten(NOW, SeqRanges.of(41, 100)));
        assertThat(page(actions)).isEqualTo(new ReadPage(NOW, 41, 100));
    }

    @Test
    void whatAnEngineHasOfOurNumbersFromAnotherBoxIsTold() {
        stream(10, 0);
        session.disconnected();
        session.committed(NOW, entries(NOW, 11, 30));
        session.connected(SECOND);
        assertThat(session.received(welcome(0, new JournalHeld(NOW, SeqRanges.of(1, 10), 0))))
                .as("what an earlier process may have sent")
                .noneMatch(UplinkAction.Foreign.class::isInstance);
        session.disconnected();
        session.connected(SECOND);
        assertThat(session.received(welcome(0, new JournalHeld(NOW, SeqRanges.of(1, 20), 0))))
                .contains(new UplinkAction.Foreign(NOW, SeqRanges.of(11, 20), true, 30));
    }

    @Test
    void whatAnEngineHasOfOurNumbersIsToldAlsoWhenTheyWereGivenBeforeItWasReached() {
        session.journals(List.of(new JournalSummary(YESTERDAY, 1, 10)));
        session.committed(YESTERDAY, entries(YESTERDAY, 11, 20));
        session.connected(0);
        assertThat(session.received(welcome(0, new JournalHeld(YESTERDAY, SeqRanges.of(1, 15), 0))))
                .contains(new UplinkAction.Foreign(YESTERDAY, SeqRanges.of(11, 15), true, 20));
        session.disconnected();
        session.committed(NOW, entries(NOW, 1, 5));
        session.connected(0);
        assertThat(session.received(welcome(0, new JournalHeld(NOW, SeqRanges.of(1, 3), 0))))
                .as("a journal that begins here")
                .contains(new UplinkAction.Foreign(NOW, SeqRanges.of(1, 3), true, 5));
    }

    @Test
    void anEngineThatTakesTurnsWithAnotherBoxIsTold() {
        session.connected(0);
        assertThat(session.received(new Refuse(Reason.SUPERSEDED, "box x", 30)))
                .contains(new UplinkAction.Superseded(1, "box x"));
        restartGreeting();
        assertThat(session.received(new Refuse(Reason.SUPERSEDED, "box x", 30)))
                .contains(new UplinkAction.Superseded(2, "box x"));
    }

    @Test
    void whatIsTooOldForTheEngineIsLookedThroughOnceAndWaived() {
        session.journals(List.of(new JournalSummary(NOW, 1, 3000)));
        session.connected(0);
        long since = entries(NOW, 2001, 2001).getFirst().event().stamp().utcNanos() + 1_000_000;
        Welcome welcome = new Welcome(1, "engine", List.of(), 0, since);
        List<UplinkAction> actions = session.received(welcome);
        assertThat(page(actions)).isEqualTo(new ReadPage(NOW, 1, 1024));
        actions = session.pageRead(entries(NOW, 1, 1024));
        assertThat(sent(actions)).isEmpty();
        actions = session.pageRead(entries(NOW, 1025, 2048));
        assertThat(sent(actions)).containsExactly(SeqRanges.of(2001, 2048));
        assertThat(session.journals().status().getFirst().waived()).isEqualTo(2000);

        session.received(new Ack(NOW, SeqRanges.of(2001, 2048)));
        session.disconnected();
        session.connected(SECOND);
        actions = session.received(
                new Welcome(1, "engine", List.of(new JournalHeld(NOW, SeqRanges.of(2001, 2048), 0)), 0, since));
        assertThat(page(actions)).as("one page at a time").isNull();
        actions = session.pageRead(entries(NOW, 2049, 3000));
        assertThat(page(actions)).as("looked through once").isEqualTo(new ReadPage(NOW, 2049, 3000));

        session.pageRead(entries(NOW, 2049, 3000));
        session.received(new Resend(NOW, SeqRanges.of(5, 6)));
        assertThat(sent(session.pageRead(entries(NOW, 5, 6))))
                .as("asked for by name")
                .containsExactly(SeqRanges.of(5, 6));
    }

    @Test
    void liveEventsThatFoundNoRoomGoBeforeThePast() {
        stream(100_000, 1000);
        session.pageRead(entries(NOW, 1, 500));
        session.committed(NOW, entries(NOW, 100_001, 100_600));
        List<UplinkAction> actions = session.received(new Ack(NOW, SeqRanges.of(1, 500)));
        assertThat(page(actions)).as("the past keeps its part").isEqualTo(new ReadPage(NOW, 501, 1000));
        session.pageRead(entries(NOW, 501, 1000));
        actions = session.received(new Ack(NOW, SeqRanges.of(501, 1000)));
        assertThat(page(actions)).as("what found no room").isEqualTo(new ReadPage(NOW, 100_501, 100_600));
        session.pageRead(entries(NOW, 100_501, 100_600));
        actions = session.received(new Ack(NOW, SeqRanges.of(100_501, 100_600)));
        assertThat(page(actions)).isEqualTo(new ReadPage(NOW, 1001, 1500));
    }

    /** A session in which the engine, which holds nothing, has just let us in. */
    private List<UplinkAction> stream(long lastSeq, int window) {
        session.journals(List.of(new JournalSummary(NOW, 1, lastSeq)));
        session.connected(0);
        return session.received(welcome(window));
    }

    private void restart() {
        restartGreeting();
        session.received(welcome(0));
    }

    private void restartGreeting() {
        session.disconnected();
        session.connected(0);
    }

    private static Welcome welcome(int window, JournalHeld... held) {
        return new Welcome(1, "engine", List.of(held), window, 0);
    }

    private static List<SeqRanges> sent(List<UplinkAction> actions) {
        List<SeqRanges> runs = new ArrayList<>();
        for (UplinkAction action : actions) {
            if (action instanceof UplinkAction.Send send && send.message() instanceof Events events) {
                runs.add(SeqRanges.of(events.firstSeq(), events.lastSeq()));
            }
        }
        return runs;
    }

    private static @Nullable ReadPage page(List<UplinkAction> actions) {
        List<ReadPage> pages = actions.stream()
                .filter(ReadPage.class::isInstance)
                .map(ReadPage.class::cast)
                .toList();
        assertThat(pages).hasSizeLessThanOrEqualTo(1);
        return pages.isEmpty() ? null : pages.getFirst();
    }

    private static void assertClosed(List<UplinkAction> actions, String why) {
        assertThat(actions).last().isInstanceOfSatisfying(UplinkAction.Close.class, close -> {
            assertThat(close.reason()).contains(why);
            assertThat(close.retry()).isEqualTo(new Retry.BackOff());
        });
    }
}
