package io.countersign.cli.declaration;

import java.io.Serial;

/** Thrown where a file is no YAML that is read here. */
final class BadYaml extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    private final transient Spot.Complaint complaint;

    BadYaml(Spot spot, String code, String sentence) {
        super(sentence);
        complaint = new Spot.Complaint(spot, code, sentence, null);
    }

    BadYaml(Spot spot, String code, String sentence, Spot elsewhere) {
        super(sentence);
        complaint = new Spot.Complaint(spot, code, sentence, elsewhere);
    }

    Spot.Complaint complaint() {
        return complaint;
    }
}
