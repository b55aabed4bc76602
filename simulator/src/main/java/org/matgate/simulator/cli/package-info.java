/** The command line. */
@NullMarked
package org.matgate.simulator.cli;

import org.jspecify.annotations.NullMarked;
