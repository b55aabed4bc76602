package org.matgate.gateway.gpio;

/** Why a pin cannot be used, for a person: what is wrong, and what to do about it. */
final class PinTrouble extends Exception {
    private static final long serialVersionUID = 1L;

    private final String todo;

    PinTrouble(String what, String todo) {
        super(what);
        this.todo = todo;
    }

    String what() {
        return String.valueOf(getMessage());
    }

    String todo() {
        return todo;
    }
}
