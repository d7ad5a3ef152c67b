package io.loremesh.model.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.loremesh.model.checkpoint.ModelFormatException;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdapterConfigTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "alpha_pattern|{\"q_proj\": 64}",
                "rank_pattern|{\"q_proj\": 64}",
                "init_lora_weights|\"pissa\"",
                "init_lora_weights|\"pissa_niter_16\"",
                "init_lora_weights|\"olora\"",
                "init_lora_weights|\"corda\"",
                "init_lora_weights|\"loftq\"",
                "alora_invocation_tokens|[7, 8]",
                "layer_replication|[[0, 3], [2, 6]]",
                "use_dora|true",
                "use_qalora|true",
                "lora_bias|true",
                "bias|\"all\"",
                "fan_in_fan_out|true",
                "modules_to_save|[\"lm_head\"]",
                "trainable_token_indices|[1]",
                "target_parameters|[\"x\"]",
                "task_type|\"SEQ_CLS\"",
                "peft_type|\"LOHA\"",
                "something_new|1",
                "something_new|\"on\"",
                "something_new|true",
            })
    void whatIsNotAppliedIsRefusedByItsName(String key, String value) {
        assertThatThrownBy(() -> config("\"%s\": %s".formatted(key, value)))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining(key);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"alpha_pattern\": {}, \"rank_pattern\": {}, \"modules_to_save\": null, \"layer_replication\": null",
                "\"bias\": \"none\", \"fan_in_fan_out\": false, \"use_dora\": false, \"init_lora_weights\": true",
                "\"init_lora_weights\": \"gaussian\", \"lora_dropout\": 0.1, "
                        + "\"inference_mode\": true, \"revision\": \"main\"",
                "\"megatron_config\": null, \"megatron_core\": \"megatron.core\", "
                        + "\"loftq_config\": {}, \"something_new\": []",
                "\"peft_version\": \"0.19.1\", \"qalora_group_size\": 16, \"task_type\": "
                        + "\"CAUSAL_LM\", \"auto_mapping\": null",
            })
    void whatPeftWritesByDefaultIsTaken(String settings) throws IOException {
        assertThat(config(settings).scaling()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"use_rslora\": true"})
    void aRankStabilisedAdapterIsScaledByTheRootOfItsRank(String settings) throws IOException {
        assertThat(config(settings).scaling()).isEqualTo(8 / Math.sqrt(4), within(1e-12));
    }

    private static AdapterConfig config(String settings) throws IOException {
        return AdapterConfig.of(new ObjectMapper()
                .readTree("{\"peft_type\": \"LORA\", \"r\": 4, \"lora_alpha\": 8, \"target_modules\": [\"q_proj\"], %s}"
                        .formatted(settings)
                        .replace(
                                "\"peft_type\": \"LORA\", \"r\"",
                                settings.contains("peft_type") ? "\"r\"" : "\"peft_type\": \"LORA\", \"r\"")));
    }
}
