package io.countersign.server.declaration;

import io.countersign.core.action.ActionCatalogue;
import io.countersign.core.audit.OperationEntry;
import io.countersign.core.declaration.Declaration;
import io.countersign.core.declaration.DeclarationFault;
import io.countersign.core.declaration.DeclarationReader;
import io.countersign.core.declaration.DeclarationText;
import io.countersign.core.declaration.DeclarationWriter;
import io.countersign.core.declaration.Declared;
import io.countersign.core.declaration.DeclaredKind;
import io.countersign.core.declaration.Difference;
import io.countersign.core.declaration.TargetRules;
import io.countersign.server.audit.Actor;
import io.countersign.server.audit.AuditLog;
import io.countersign.server.declaration.DifferenceView.WarningView;
import io.countersign.server.directory.Directory;
import io.countersign.server.directory.DirectoryDeclarations;
import io.countersign.server.directory.DirectoryImage;
import io.countersign.server.directory.OwnDoor.Aim;
import io.countersign.server.directory.PresentDirectory;
import io.countersign.server.platform.Authenticator;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.OneMoment;
import io.countersign.server.platform.Permission;
import io.countersign.server.platform.ServerClock;
import io.countersign.server.policy.PolicyDeclarations;
import io.countersign.server.policy.PolicyDeclarations.PresentRules;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Compares declarations with what there is, and applies them: all of it or nothing, as one change with one new epoch, and
 * with the rights that each single change would need.
 */
@Service
public class Declarations {

    /** What an application has done. */
    public record Applied(String digest, long added, long altered, long removed, List<WarningView> warnings) {}

    private final DirectoryDeclarations people;
    private final PolicyDeclarations rules;
    private final Directory directory;
    private final Authenticator authenticator;
    private final ServerClock clock;
    private final AuditLog log;
    private final TransactionTemplate reading;

    Declarations(
            DirectoryDeclarations people,
            PolicyDeclarations rules,
            Directory directory,
            Authenticator authenticator,
            ServerClock clock,
            AuditLog log,
            PlatformTransactionManager transactions) {
        this.people = people;
        this.rules = rules;
        this.directory = directory;
        this.authenticator = authenticator;
        this.clock = clock;
        this.log = log;
        reading = OneMoment.reading(transactions);
    }

    /** What there is at one moment. */
    private record Present(PresentDirectory names, PresentRules rules, Declaration declaration) {}

    /** A difference that may be applied, and what it was made from. */
    private record Judged(Present present, Difference difference, List<DeclarationFault> warnings) {}

    /** The whole organization as one document. */
    public Map<String, Object> current(Caller caller) {
        Present present = reading.execute(_ -> present(caller.organizationId()));
        return DeclarationWriter.write(present.declaration());
    }

    /**
     * What an application would change; nothing is changed, and the caller needs no right to change anything.
     *
     * @param documents plain trees
     * @param prune whether what the documents' lists lack is removed
     * @throws io.countersign.server.platform.ProblemException 400 {@code invalid-declaration}, 409
     *     {@code declaration-refused}
     */
    public DifferenceView difference(Caller caller, List<Object> documents, boolean prune) {
        Judged judged = judged(caller, read(documents), prune);
        return DifferenceView.of(judged.difference(), prune, judged.warnings());
    }

    /** An application that may be made as far as its caller's rights go, and what it would do. */
    public record Proposal(Difference difference, DifferenceView shown) {

        /** What it does, as the rules see it. */
        public List<Aim> aims(DirectoryImage image) {
            return DeclarationAims.of(difference, image);
        }
    }

    /**
     * What the caller would change by an application.
     *
     * @param expected the digest of the difference that was shown, or none to propose whatever it is now
     * @throws io.countersign.server.platform.ProblemException what {@link #difference} throws; 403
     *     {@code permission-missing} for a change that the caller may not make; 409 {@code difference-changed} when
     *     another difference than the expected one is left
     */
    public Proposal propose(Caller caller, List<Object> documents, boolean prune, @Nullable String expected) {
        Judged judged = judged(caller, read(documents), prune);
        Difference difference = judged.difference();
        if (expected != null && !expected.equals(difference.digest())) {
            throw DeclarationRefusals.changed(difference.digest());
        }
        needed(difference).forEach(permission -> authenticator.demand(caller, permission));
        return new Proposal(difference, DifferenceView.of(difference, prune, judged.warnings()));
    }

    /**
     * Does what was proposed, or refuses it whole; in the present transaction if there is one.
     *
     * @throws io.countersign.server.platform.ProblemException 409 {@code difference-changed} when by now another
     *     difference is left
     */
    public Applied apply(Actor actor, List<Object> documents, Proposal proposal) {
        DifferenceView shown = proposal.shown();
        if (!proposal.difference().isEmpty()) {
            DeclarationText text = read(documents);
            ActionCatalogue actions = directory.fresh(actor.organizationId()).actions();
            people.change(actor, () -> {
                Judged judged = judged(actor.organizationId(), text, shown.prune(), actions);
                if (!judged.difference().digest().equals(shown.digest())) {
                    throw DeclarationRefusals.changed(judged.difference().digest());
                }
                write(actor, judged, shown.prune());
                return true;
            });
        }
        return new Applied(shown.digest(), shown.added(), shown.altered(), shown.removed(), shown.warnings());
    }

    private void write(Actor actor, Judged judged, boolean prune) {
        Difference difference = judged.difference();
        PresentDirectory before = judged.present().names();
        people.write(actor, difference, before);
        rules.write(actor, difference, before, people.present(actor.organizationId()));
        log.append(
                actor,
                new OperationEntry.DeclarationApplied(
                        difference.digest(),
                        difference.count("add"),
                        difference.count("alter"),
                        difference.count("remove"),
                        prune),
                null);
    }

    private static DeclarationText read(List<Object> documents) {
        DeclarationText text = DeclarationReader.read(documents);
        if (!text.faults().isEmpty()) {
            throw DeclarationRefusals.invalid(text.faults());
        }
        return text;
    }

    private Judged judged(Caller caller, DeclarationText text, boolean prune) {
        ActionCatalogue actions = directory.fresh(caller.organizationId()).actions();
        return reading.execute(_ -> judged(caller.organizationId(), text, prune, actions));
    }

    private Judged judged(String organizationId, DeclarationText text, boolean prune, ActionCatalogue actions) {
        Present present = present(organizationId);
        Difference difference = Difference.between(present.declaration(), text.declaration(), prune);
        List<DeclarationFault> unknown =
                text.unknown(difference.applied(present.declaration()), actions, gone(present));
        if (!unknown.isEmpty()) {
            throw DeclarationRefusals.invalid(unknown);
        }
        TargetRules target = new TargetRules(text, difference, present.declaration(), actions);
        List<DeclarationFault> problems = target.problems(clock.now());
        if (!problems.isEmpty()) {
            throw DeclarationRefusals.refused(problems);
        }
        return new Judged(present, difference, target.warnings());
    }

    /** Names of people, teams and owners that stand somewhere though they are no more. */
    private static Set<String> gone(Present present) {
        Set<String> gone = new HashSet<>(present.rules().gone());
        for (Declared thing : present.declaration().all(DeclaredKind.ACCOUNT)) {
            if (thing instanceof Declared.Account account) {
                gone.add(account.owner());
                if (account.accountable() != null) {
                    gone.add(account.accountable());
                }
            }
        }
        return gone;
    }

    private Present present(String organizationId) {
        PresentDirectory names = people.present(organizationId);
        PresentRules there = rules.present(organizationId, names);
        List<Declared> things = new ArrayList<>(names.things());
        things.addAll(there.things());
        return new Present(names, there, Declaration.whole(things));
    }

    private static Set<Permission> needed(Difference difference) {
        Set<Permission> needed = EnumSet.noneOf(Permission.class);
        difference
                .steps()
                .forEach(step -> needed.add(
                        switch (step.thing().kind()) {
                            case PERSON, TEAM, ROLE, ACCOUNT, CLUSTER -> Permission.DIRECTORY_WRITE;
                            case PROJECT, ENVIRONMENT -> Permission.PROJECTS_WRITE;
                            case TEMPLATE, BINDING -> Permission.POLICY_WRITE;
                        }));
        return needed;
    }
}
