/** What a timekeeper makes of what an engine holds: passings, splits, times. */
@NullMarked
package org.matgate.simulator.results;

import org.jspecify.annotations.NullMarked;
