package io.countersign.server.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SecretsTest {

    @Test
    void drawsAnotherSecretEachTime() {
        assertThat(Secrets.draw("cs_t_")).matches("cs_t_[0-9a-z]{52}").isNotEqualTo(Secrets.draw("cs_t_"));
    }

    @Test
    void storesOnlyTheHash() {
        assertThat(Secrets.hash("abc")).isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void comparesWhole() {
        assertThat(Secrets.same("cs_t_a", "cs_t_a")).isTrue();
        assertThat(Secrets.same("cs_t_a", "cs_t_b")).isFalse();
    }
}
