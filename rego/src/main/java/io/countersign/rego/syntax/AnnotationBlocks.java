package io.countersign.rego.syntax;

import io.countersign.rego.syntax.RegoModule.Comment;
import io.countersign.rego.value.RegoObject;
import io.countersign.rego.value.RegoString;
import io.countersign.rego.value.Value;
import io.countersign.rego.value.YamlFault;
import io.countersign.rego.value.YamlReader;
import java.util.ArrayList;
import java.util.List;

/** The metadata blocks among the comments of a file, handed out to the statements they stand before. */
final class AnnotationBlocks {

    private final List<Comment> comments;
    private int next;

    AnnotationBlocks(List<Comment> comments) {
        this.comments = comments;
    }

    /** The blocks between the last statement asked for and this one. */
    List<Annotation> before(Location statement, boolean ofPackage) {
        List<Annotation> found = new ArrayList<>();
        while (next < comments.size() && comments.get(next).loc().row() < statement.row()) {
            Comment comment = comments.get(next++);
            if (comment.text().strip().equals("METADATA") && comment.loc().column() == 1) {
                found.add(block(comment, ofPackage));
            }
        }
        return found;
    }

    private Annotation block(Comment start, boolean ofPackage) {
        StringBuilder yaml = new StringBuilder();
        int row = start.loc().row();
        while (next < comments.size()
                && comments.get(next).loc().row() == row + 1
                && comments.get(next).loc().column() == start.loc().column()) {
            yaml.append(comments.get(next++).text()).append('\n');
            row++;
        }
        Value content;
        try {
            content = YamlReader.read(yaml.toString());
        } catch (YamlFault fault) {
            throw new RegoFailure(Lexer.PARSE_ERROR, "metadata: " + fault.getMessage(), start.loc());
        }
        RegoObject fields = content instanceof RegoObject object ? object : RegoObject.EMPTY;
        Value scope = fields.get("scope");
        String name = scope instanceof RegoString s ? s.value() : ofPackage ? "package" : "rule";
        if (scope == null && fields.get("entrypoint") != null && !ofPackage) {
            name = "document";
        }
        return new Annotation(start.loc(), name, fields.with(RegoString.of("scope"), RegoString.of(name)));
    }
}
