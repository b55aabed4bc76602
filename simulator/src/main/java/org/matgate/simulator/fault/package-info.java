/** What goes wrong on purpose, and the log of what did. */
@NullMarked
package org.matgate.simulator.fault;

import org.jspecify.annotations.NullMarked;
