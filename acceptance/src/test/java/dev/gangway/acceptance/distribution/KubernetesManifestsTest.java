package dev.gangway.acceptance.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.kubernetes.client.openapi.models.V1CronJob;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Role;
import io.kubernetes.client.openapi.models.V1RoleBinding;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The YAML in examples/kubernetes, against the schema of the API as Kubernetes' own client has it. */
class KubernetesManifestsTest {
    private static final Path FILES = RepositoryFiles.ROOT.resolve("examples/kubernetes");

    /** An unknown, misspelt or missing field, or one of another type, makes a manifest invalid. */
    @Test
    void manifests_areValidByTheSchema() throws Exception {
        List<JsonObject> all = new ArrayList<>(documents("deployment.yaml"));
        all.addAll(documents("rotate-keys.yaml"));
        all.addAll(documents("key-store.yaml"));
        assertThat(all).hasSize(9);
        for (JsonObject manifest : all) {
            validate(manifest);
        }
        JsonObject misspelt = documents("deployment.yaml").get(0);
        misspelt.getAsJsonObject("spec").addProperty("replica", 3);
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> validate(misspelt)))
                .hasMessageContaining("replica");
    }

    @Test
    void deployment_isRestrictedAndFollowsItsSecrets() throws Exception {
        JsonObject pod = documents("deployment.yaml")
                .get(0)
                .getAsJsonObject("spec")
                .getAsJsonObject("template")
                .getAsJsonObject("spec");
        JsonObject security = pod.getAsJsonObject("securityContext");
        assertThat(security.get("runAsNonRoot").getAsBoolean()).isTrue();
        assertThat(security.get("fsGroup")).isEqualTo(security.get("runAsGroup"));
        JsonObject container = pod.getAsJsonArray("containers").get(0).getAsJsonObject();
        assertThat(container
                        .getAsJsonObject("securityContext")
                        .get("readOnlyRootFilesystem")
                        .getAsBoolean())
                .isTrue();
        for (JsonElement volume : pod.getAsJsonArray("volumes")) {
            JsonObject secret = volume.getAsJsonObject().getAsJsonObject("secret");
            if (secret != null) {
                assertThat(secret.get("defaultMode").getAsInt()).isEqualTo(0440);
            }
        }
        for (JsonElement mount : container.getAsJsonArray("volumeMounts")) {
            boolean isScratch =
                    mount.getAsJsonObject().get("name").getAsString().equals("scratch");
            assertThat(mount.getAsJsonObject().has("subPath")).isEqualTo(isScratch);
        }
    }

    private static void validate(JsonObject manifest) throws IOException {
        switch (manifest.get("kind").getAsString()) {
            case "Deployment" -> V1Deployment.validateJsonElement(manifest);
            case "Service" -> V1Service.validateJsonElement(manifest);
            case "CronJob" -> V1CronJob.validateJsonElement(manifest);
            case "ServiceAccount" -> V1ServiceAccount.validateJsonElement(manifest);
            case "Role" -> V1Role.validateJsonElement(manifest);
            case "RoleBinding" -> V1RoleBinding.validateJsonElement(manifest);
            default -> throw new IOException("unknown kind of " + manifest);
        }
    }

    private static List<JsonObject> documents(String file) throws IOException {
        Gson gson = new Gson();
        List<JsonObject> all = new ArrayList<>();
        for (Object document : new Yaml().loadAll(Files.readString(FILES.resolve(file)))) {
            all.add(gson.toJsonTree(document).getAsJsonObject());
        }
        return all;
    }
}
