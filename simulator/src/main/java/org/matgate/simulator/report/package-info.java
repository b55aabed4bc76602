/** Verdicts as pages for a browser or paper. */
@NullMarked
package org.matgate.simulator.report;

import org.jspecify.annotations.NullMarked;
