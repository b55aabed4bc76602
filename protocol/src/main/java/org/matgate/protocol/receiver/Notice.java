package org.matgate.protocol.receiver;

/**
 * Something odd about the boxes that connect, for whoever looks after the race.
 *
 * @param text names boxes, journals and addresses, and what to do
 */
public record Notice(Kind kind, String text) {
    /** What it is. */
    public enum Kind {
        /** A box that was here before goes on in a new journal: after a power cut, or because the crew began one. */
        JOURNAL_BEGUN,
        /** Under the name of a box that has gone comes one with none of its journals: another machine, or a new disk. */
        BOX_SWAPPED,
        /** Two boxes use one name at the same time. */
        ONE_NAME_TWICE,
        /** Two machines take turns with one journal: one runs a copy of the other's disk. */
        CLONED,
        /** The engine holds more of a journal than its box, whose disk was set back or is an older copy. */
        BOX_BEHIND
    }
}
