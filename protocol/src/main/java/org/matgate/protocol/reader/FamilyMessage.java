package org.matgate.protocol.reader;

/** A message that only one family of readers has; each family's sealed message interface extends this one. */
public non-sealed interface FamilyMessage extends ReaderMessage {}
