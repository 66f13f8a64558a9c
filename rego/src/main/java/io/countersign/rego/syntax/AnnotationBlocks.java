package io.countersign.rego.syntax;

import io.countersign.rego.syntax.RegoModule.Comment;
import io.countersign.rego.value.RegoArray;
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
        return new Annotation(start.loc(), name, settled(fields).with(RegoString.of("scope"), RegoString.of(name)));
    }

    /** Authors and related resources that were written as texts become objects. */
    private static RegoObject settled(RegoObject fields) {
        RegoObject settled = fields;
        if (fields.get("authors") instanceof RegoArray authors) {
            List<Value> all = new ArrayList<>();
            authors.list().forEach(author -> all.add(author instanceof RegoString s ? author(s.value()) : author));
            settled = settled.with(RegoString.of("authors"), RegoArray.of(all));
        }
        if (fields.get("related_resources") instanceof RegoArray resources) {
            List<Value> all = new ArrayList<>();
            resources
                    .list()
                    .forEach(
                            one -> all.add(one instanceof RegoString ? RegoObject.of(RegoString.of("ref"), one) : one));
            settled = settled.with(RegoString.of("related_resources"), RegoArray.of(all));
        }
        return settled;
    }

    private static Value author(String text) {
        RegoObject.Builder author = new RegoObject.Builder(2);
        int open = text.lastIndexOf('<');
        boolean mail = open >= 0 && text.endsWith(">");
        String name = (mail ? text.substring(0, open) : text).strip();
        if (!name.isEmpty()) {
            author.put("name", RegoString.of(name));
        }
        if (mail) {
            author.put("email", RegoString.of(text.substring(open + 1, text.length() - 1)));
        }
        return author.build();
    }
}
