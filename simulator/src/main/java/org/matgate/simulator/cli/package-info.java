/** The command line of matsim. */
@NullMarked
package org.matgate.simulator.cli;

import org.jspecify.annotations.NullMarked;
