package io.countersign.server.declaration;

import io.countersign.core.action.Place.EnvironmentFacts;
import io.countersign.core.action.ResourceLevel;
import io.countersign.core.declaration.Declared;
import io.countersign.core.declaration.Difference;
import io.countersign.core.declaration.Difference.Step;
import io.countersign.server.directory.DirectoryImage;
import io.countersign.server.directory.OwnDoor.Aim;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What an application does, as the rules see it: the same that each of its changes would do alone. */
final class DeclarationAims {

    private final DirectoryImage image;

    private DeclarationAims(DirectoryImage image) {
        this.image = image;
    }

    static List<Aim> of(Difference difference, DirectoryImage image) {
        DeclarationAims aims = new DeclarationAims(image);
        return difference.steps().stream().flatMap(aims::of).distinct().toList();
    }

    /** What an application adds is protected by nothing yet. */
    private Stream<Aim> of(Step step) {
        boolean removed = step instanceof Difference.Removal;
        return switch (step.thing()) {
            case Declared.Person _, Declared.Team _, Declared.Account _ -> Stream.of();
            case Declared.Role _ -> Stream.of(Aim.onOrganization("role.change", image));
            case Declared.Cluster cluster -> removed ? leaving(cluster.name()) : Stream.of();
            case Declared.Project project ->
                removed
                        ? image.resourceId(ResourceLevel.PROJECT, project.name()).stream()
                                .map(id -> new Aim("project.delete", ResourceLevel.PROJECT, id))
                        : Stream.of();
            case Declared.Environment environment -> environments(there -> isCalled(there, environment.name()));
            case Declared.Policy _ -> Stream.of(policy());
            case Declared.Bond bond -> Stream.concat(Stream.of(policy()), environments(there -> isBound(there, bond)));
        };
    }

    private Aim policy() {
        return Aim.onOrganization("policy.change", image);
    }

    private Stream<Aim> environments(Predicate<EnvironmentFacts> which) {
        return image.environments().stream()
                .filter(which)
                .map(there -> new Aim("environment.policy.update", ResourceLevel.ENVIRONMENT, there.id()));
    }

    private Stream<Aim> leaving(String cluster) {
        return image.resourceId(ResourceLevel.CLUSTER, cluster).stream()
                .flatMap(id -> environments(there -> id.equals(there.clusterId())));
    }

    /** Files may spell a name in another case than the directory does. */
    private boolean isCalled(EnvironmentFacts there, String name) {
        return image.nameOf(there.id()).filter(name::equalsIgnoreCase).isPresent();
    }

    private boolean isBound(EnvironmentFacts there, Declared.Bond bond) {
        return bond.level() == ResourceLevel.ENVIRONMENT
                && (bond.environmentName() != null
                        ? there.name().equals(bond.environmentName())
                        : isCalled(there, bond.to()));
    }
}
