/** A race as the crew describes it, and the runners who run it. */
@NullMarked
package org.matgate.simulator.race;

import org.jspecify.annotations.NullMarked;
