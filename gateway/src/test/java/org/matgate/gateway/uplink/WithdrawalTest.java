package org.matgate.gateway.uplink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.matgate.gateway.uplink.Fixture.NOW;
import static org.matgate.gateway.uplink.Fixture.YESTERDAY;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.matgate.gateway.uplink.UplinkAction.ReadPage;
import org.matgate.gateway.uplink.UplinkAction.Retry;
import org.matgate.protocol.stream.SeqRanges;
import org.matgate.protocol.stream.StreamMessage.Hello;
import org.matgate.protocol.stream.StreamMessage.JournalHeld;
import org.matgate.protocol.stream.StreamMessage.JournalSummary;
import org.matgate.protocol.stream.StreamMessage.Welcome;

/** A journal that the crew deletes, as an engine hears of it. */
final class WithdrawalTest {
    private static final List<JournalSummary> JOURNALS =
            List.of(new JournalSummary(NOW, 1, 5), new JournalSummary(YESTERDAY, 3, 9));

    private final UplinkSession session = new UplinkSession(
            Fixture.IDENTITY, "secret", UplinkSettings.DEFAULT, new SentRegister(), Fixture::fastPace);

    @Test
    void theEngineHearsThatNothingIsThereAndSaysWhatItLacks() {
        session.journals(JOURNALS);
        connected();
        session.received(welcome(9));
        assertThat(session.leaving(YESTERDAY, true))
                .last()
                .isInstanceOfSatisfying(
                        UplinkAction.Close.class,
                        close -> assertThat(close.retry()).isEqualTo(new Retry.AtOnce()));
        assertThat(session.journals().left(YESTERDAY)).isFalse();
        session.disconnected();
        session.journals(JOURNALS);
        assertThat(connected()).containsExactly(new JournalSummary(NOW, 1, 5), new JournalSummary(YESTERDAY, 10, 9));

        // A seq was given up, and asked for, as it was told.
        assertThat(session.received(welcome(8))).noneMatch(ReadPage.class::isInstance);
        assertThat(session.journals().left(YESTERDAY)).isTrue();
        assertThat(session.journals().status().getLast().lacking()).isEqualTo(1);

        session.leaving(YESTERDAY, false);
        assertThat(session.journals().left(YESTERDAY)).isFalse();
        session.disconnected();
        assertThat(connected()).isEqualTo(JOURNALS);
        assertThat(session.received(welcome(8))).contains(new ReadPage(YESTERDAY, 9, 9));
    }

    @Test
    void aListFromBeforeTheDeletionBringsNothingBack() {
        session.journals(JOURNALS);
        session.leaving(YESTERDAY, true);
        session.journals().deleted(YESTERDAY);
        session.journals(JOURNALS);
        assertThat(connected()).containsExactly(new JournalSummary(NOW, 1, 5), new JournalSummary(YESTERDAY, 10, 9));
        session.disconnected();
        session.journals(JOURNALS.subList(0, 1));
        assertThat(connected()).containsExactly(new JournalSummary(NOW, 1, 5));
    }

    @Test
    void whatWasSavedWhileTheNameWasLookedUpIsListedFirst() {
        session.listing();
        session.journals(JOURNALS.subList(0, 1));
        assertThat(session.saved()).isEmpty();
        assertThat(session.connected(0)).singleElement().isInstanceOf(UplinkAction.Close.class);
        session.disconnected();
        session.listing();
        session.journals(JOURNALS);
        assertThat(connected()).isEqualTo(JOURNALS);
    }

    @Test
    void whatIsSavedAgainWhileItsFileIsGoneDoesNotStandBeforeTheCurrentJournal() {
        session.committed(YESTERDAY, Fixture.entries(YESTERDAY, 1, 5));
        session.committed(NOW, Fixture.entries(NOW, 1, 5));
        session.journals(JOURNALS.subList(0, 1));
        assertThat(connected()).containsExactly(new JournalSummary(NOW, 1, 5));
    }

    /** What Hello names. */
    private List<JournalSummary> connected() {
        return session.connected(0).stream()
                .filter(UplinkAction.Send.class::isInstance)
                .map(action -> ((Hello) ((UplinkAction.Send) action).message()).journals())
                .findFirst()
                .orElseThrow();
    }

    /** It holds all of the current journal, and of the older one up to this seq. */
    private static Welcome welcome(long last) {
        return new Welcome(
                1,
                "engine",
                List.of(
                        new JournalHeld(NOW, SeqRanges.of(1, 5), 0),
                        new JournalHeld(YESTERDAY, SeqRanges.of(3, last), 0)),
                0,
                0);
    }
}
