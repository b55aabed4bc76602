package org.matgate.simulator.race;

import java.util.ArrayList;
import java.util.List;

/**
 * Names that a file gives to things, for other tables to refer to.
 *
 * @param kind of the tables that give them
 * @param all in their order
 * @param complete whether each of these tables could be read; else an unknown name may be one of those that could not,
 *     and is no mistake by itself
 */
record Names(String kind, List<String> all, boolean complete) {
    Names {
        all = List.copyOf(all);
    }

    /** What all tables of one kind call themselves; one at least is due. */
    static Names of(TomlSection root, String kind) {
        List<TomlSection> sections = root.sections(kind);
        List<String> names = new ArrayList<>();
        for (TomlSection section : sections) {
            String name = section.textIfAny("name");
            if (!name.isEmpty()) {
                names.add(name);
            }
        }
        return new Names(kind, names, root.sound(kind) && !names.isEmpty() && names.size() == sections.size());
    }

    /** Some of them, under the same name. */
    Names only(List<String> some, boolean allKnown) {
        return new Names(kind, some, complete && allKnown);
    }

    /** What is wanted. */
    String want() {
        return all.isEmpty() ? "the name of a [[" + kind + "]]" : "one of " + String.join(", ", all);
    }
}
