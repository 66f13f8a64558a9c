package io.countersign.cli.declaration;

import java.io.Serial;

/** Thrown where a file is no YAML that is read here. */
final class BadYaml extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    private final transient FilePlace.Complaint complaint;

    BadYaml(FilePlace spot, String code, String sentence) {
        super(sentence);
        complaint = new FilePlace.Complaint(spot, code, sentence, null);
    }

    BadYaml(FilePlace spot, String code, String sentence, FilePlace elsewhere) {
        super(sentence);
        complaint = new FilePlace.Complaint(spot, code, sentence, elsewhere);
    }

    FilePlace.Complaint complaint() {
        return complaint;
    }
}
