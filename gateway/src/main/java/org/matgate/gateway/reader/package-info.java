/** One session a reader: what to say to it, and what its reports mean. */
@NullMarked
package org.matgate.gateway.reader;

import org.jspecify.annotations.NullMarked;
