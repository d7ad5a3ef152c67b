"""Writes the golden file of DecoderGoldenTest: a tiny random Qwen2 and the logits that Transformers gives.

    pip install torch transformers safetensors
    python golden_qwen2.py ../resources/io/loremesh/trainer/decoder/golden
"""

import json
import pathlib
import sys

import torch
import transformers
from transformers import Qwen2Config, Qwen2ForCausalLM

out = pathlib.Path(sys.argv[1])
out.mkdir(parents=True, exist_ok=True)
torch.manual_seed(17)
config = Qwen2Config(
    vocab_size=96,
    hidden_size=32,
    num_hidden_layers=2,
    num_attention_heads=4,
    num_key_value_heads=2,
    intermediate_size=48,
    max_position_embeddings=64,
    rope_theta=1e4,
    rms_norm_eps=1e-6,
    tie_word_embeddings=True,
)
model = Qwen2ForCausalLM(config).float().eval()
with torch.no_grad():
    for name, parameter in model.named_parameters():
        parameter.normal_(1.0 if "norm" in name else 0.0, 0.3)  # every bias and norm must matter
    tokens = torch.randint(0, config.vocab_size, (2, 12))
    logits = model(tokens).logits
model.save_pretrained(out, safe_serialization=True)
(out / "generation_config.json").unlink(missing_ok=True)
(out / "logits.json").write_text(
    json.dumps(
        {
            "transformers": transformers.__version__,
            "torch": torch.__version__,
            "tokens": tokens.tolist(),
            "logits": [round(x, 6) for x in logits.flatten().tolist()],
        }
    )
)
