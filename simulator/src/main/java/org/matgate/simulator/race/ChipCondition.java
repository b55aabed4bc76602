package org.matgate.simulator.race;

/** How a chip is worn, and what is left of it. */
public enum ChipCondition {
    /** On the bib, on the chest, with nothing over it. */
    WELL_PLACED,
    /** Under a jacket or behind folded arms. */
    COVERED,
    /** Folded with the bib: its antenna is out of shape. */
    BENT,
    /** Broken: it answers nobody. */
    DEAD
}
