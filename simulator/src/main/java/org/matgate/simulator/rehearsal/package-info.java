/** A whole race on one machine: mats, boxes, engine, referee. */
@NullMarked
package org.matgate.simulator.rehearsal;

import org.jspecify.annotations.NullMarked;
