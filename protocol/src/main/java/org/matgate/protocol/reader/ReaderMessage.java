package org.matgate.protocol.reader;

/** What a reader can say: that it saw a chip, which all say alike, or something in its family's own words. */
public sealed interface ReaderMessage permits TagReport, FamilyMessage {}
