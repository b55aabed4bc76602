/** A small real results engine. */
@NullMarked
package org.matgate.simulator.engine;

import org.jspecify.annotations.NullMarked;
