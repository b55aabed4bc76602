/** What a results engine embeds to receive events exactly once: the server of the read stream. */
@NullMarked
package org.matgate.protocol.receiver;

import org.jspecify.annotations.NullMarked;
