/** matsim: mats, readers, races, faults and an engine in software, with a referee that knows the truth. */
@NullMarked
package org.matgate.simulator;

import org.jspecify.annotations.NullMarked;
