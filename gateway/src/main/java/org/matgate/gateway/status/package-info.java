/** How the box stands, for the crew: what is said of each part, and the local socket through which it can be asked. */
@NullMarked
package org.matgate.gateway.status;

import org.jspecify.annotations.NullMarked;
