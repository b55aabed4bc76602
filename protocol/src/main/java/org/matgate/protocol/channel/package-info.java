/** The read stream on a Netty channel: framing, codec and liveness, the same at both ends. */
@NullMarked
package org.matgate.protocol.channel;

import org.jspecify.annotations.NullMarked;
