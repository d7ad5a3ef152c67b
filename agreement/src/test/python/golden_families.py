"""Writes the golden files of FamiliesAgreeTest: a tiny random checkpoint of each family, a LoRA adapter of all its linear maps,
and what Transformers makes of them: logits without and with the adapter, and the adapter's gradients.

    pip install torch transformers safetensors
    python golden_families.py ../resources/io/loremesh/agreement/golden
"""

import copy
import json
import pathlib
import sys

import torch
from safetensors.torch import save_file
from transformers import AutoModelForCausalLM, LlamaConfig, MistralConfig, Phi3Config, Qwen2Config, Qwen3Config

LINEARS = ["self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj", "self_attn.o_proj",
           "mlp.gate_proj", "mlp.up_proj", "mlp.down_proj"]
FUSED = {"self_attn.qkv_proj": LINEARS[:3], "mlp.gate_up_proj": LINEARS[4:6]}
RANK, ALPHA, SEQ = 2, 4, 24
shape = dict(vocab_size=64, hidden_size=32, num_hidden_layers=2, num_attention_heads=2, num_key_value_heads=1,
             intermediate_size=40, max_position_embeddings=64, rms_norm_eps=1e-5, pad_token_id=0)
families = {
    "qwen2": Qwen2Config(**shape, rope_theta=1e4, tie_word_embeddings=True),
    "qwen2-yarn": Qwen2Config(**shape, rope_theta=1e4, tie_word_embeddings=False, rope_scaling={
        "rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 16}),
    "qwen3": Qwen3Config(**shape, head_dim=32, rope_theta=1e6, tie_word_embeddings=True),
    "llama3": LlamaConfig(**shape, rope_theta=5e5, tie_word_embeddings=False, rope_scaling={
        "rope_type": "llama3", "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
        "original_max_position_embeddings": 16}),
    "llama-linear": LlamaConfig(**shape, rope_theta=1e4, tie_word_embeddings=True, rope_scaling={
        "rope_type": "linear", "factor": 2.0}),
    "mistral": MistralConfig(**shape, head_dim=16, rope_theta=1e6, tie_word_embeddings=False, sliding_window=48),
    "phi3": Phi3Config(**shape, rope_theta=1e4, tie_word_embeddings=False, bos_token_id=1, eos_token_id=2),
}


def rows(config, linear):
    dim = getattr(config, "head_dim", None) or config.hidden_size // config.num_attention_heads
    return {"q": config.num_attention_heads * dim, "k": config.num_key_value_heads * dim,
            "v": config.num_key_value_heads * dim}.get(linear[10], config.intermediate_size)


for name, config in families.items():
    out = pathlib.Path(sys.argv[1]) / name
    out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(len(name))
    model = AutoModelForCausalLM.from_config(config).float().eval()
    with torch.no_grad():
        for key, parameter in model.named_parameters():
            parameter.normal_(1.0 if "norm" in key else 0.0, 0.25)  # every bias and norm must matter
            parameter.copy_(parameter.half())
    copy.deepcopy(model).half().save_pretrained(out, safe_serialization=True)  # exact: all are half-precision numbers
    (out / "generation_config.json").unlink(missing_ok=True)
    weights = {k: v.detach() for k, v in model.named_parameters()}
    adapter, adapted = {}, dict(weights)
    for layer in range(config.num_hidden_layers):
        block = f"model.layers.{layer}."
        change = {}
        for linear in LINEARS:
            fused = next((f for f, parts in FUSED.items() if linear in parts and block + f + ".weight" in weights), None)
            weight = weights[block + (fused or linear) + ".weight"]
            wide, tall = weight.shape[1], rows(config, linear) if fused else weight.shape[0]
            a = (torch.randn(RANK, wide) * 0.2).requires_grad_()
            b = (torch.randn(tall, RANK) * 0.2).requires_grad_()
            adapter[f"base_model.model.{block}{linear}.lora_A.weight"] = a
            adapter[f"base_model.model.{block}{linear}.lora_B.weight"] = b
            change[linear] = ALPHA / RANK * (b @ a)
        for target in [*LINEARS, *FUSED]:
            key = block + target + ".weight"
            if key in weights:
                adapted[key] = weights[key] + torch.cat([change[part] for part in FUSED.get(target, [target])])
    tokens = torch.randint(1, config.vocab_size, (1, SEQ))
    plain = model(tokens).logits[0].detach()
    if config.tie_word_embeddings:
        adapted["lm_head.weight"] = adapted["model.embed_tokens.weight"]
    tuned = torch.func.functional_call(model, adapted, (tokens,)).logits[0]
    seed = torch.randn_like(tuned) / tuned.numel() ** 0.5
    (tuned * seed).sum().backward()
    save_file({k: v.detach().contiguous() for k, v in adapter.items()}, out / "adapter_model.safetensors")
    (out / "adapter_config.json").write_text(json.dumps({
        "peft_type": "LORA", "task_type": "CAUSAL_LM", "r": RANK, "lora_alpha": ALPHA, "base_model_name_or_path": name,
        "target_modules": [linear.split(".")[1] for linear in LINEARS]}))
    expected = {"tokens": tokens[0].int(), "logits": plain, "adapted": tuned.detach(), "seed": seed}
    expected |= {"gradient." + k: v.grad for k, v in adapter.items()}
    save_file({k: v.contiguous() for k, v in expected.items()}, out / "expected.safetensors")
