/** The command line. */
@NullMarked
package org.matgate.gateway.cli;

import org.jspecify.annotations.NullMarked;
