/** Measures the product beside what bounds it, both in one run, and tells what falls short. */
@NullMarked
package org.matgate.simulator.bench;

import org.jspecify.annotations.NullMarked;
