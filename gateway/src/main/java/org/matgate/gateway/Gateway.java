package org.matgate.gateway;

/** Composition: written when the parts are there. */
final class Gateway {
    private Gateway() {}
}
