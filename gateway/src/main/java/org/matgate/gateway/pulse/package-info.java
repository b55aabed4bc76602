/** Signs of life of the threads that a service cannot do without, and what watches them. */
@NullMarked
package org.matgate.gateway.pulse;

import org.jspecify.annotations.NullMarked;
