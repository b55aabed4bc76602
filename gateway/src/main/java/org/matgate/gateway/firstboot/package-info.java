/** What a crew drops on the boot partition for a box that has no keyboard: taken in, checked and answered. */
@NullMarked
package org.matgate.gateway.firstboot;

import org.jspecify.annotations.NullMarked;
