package org.matgate.simulator.reader;

/**
 * What a mat has done since its start.
 *
 * @param taken sightings that went into the reader's memory
 * @param offered reads put on the wire, whatever became of them
 * @param destroyed of those, the ones that were damaged, cut or heard by nobody
 * @param ignored sightings while the reader was not reading, or not with that antenna, or not each sighting, or of
 *     chips that it cannot read
 * @param overflowed sightings lost because the reader's memory was full
 */
public record MatStatistics(long taken, long offered, long destroyed, long ignored, long overflowed) {}
